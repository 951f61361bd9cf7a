/** Sync, which remembers pages. twilio.com/docs/sync/api */
import { asIs, text } from '../../text';
import { type Check, right, wrong } from '../check';
import type { Patient } from '../patient';

const DOCUMENT = 'mackerel-kaden';
/** Bytes; from here on, Sync takes only two writes a second: docs/sync/limits */
const SLOW_FROM = 10 * 1024;

const serviceOf = ({ client, env }: Patient) => client.sync.v1.services(env.SYNC_SERVICE_SID || 'default');

const service: Check = {
  id: 'sync.service',
  what: text('Sync', 'Sync'),
  async look(patient) {
    const found = await serviceOf(patient).fetch().catch(ifMissing);
    if (found) return right(asIs(found.uniqueName ?? found.sid));
    return wrong(
      text('this account has no such service', 'サービスがありません'),
      text('npm run setup provides it.', 'npm run setup でサービスを用意できます。'),
    );
  },
};

const state: Check = {
  id: 'sync.state',
  what: text('State', '状態'),
  async look(patient) {
    const document = await serviceOf(patient).documents(DOCUMENT).fetch().catch(ifMissing);
    if (!document)
      return right(text('none yet; the first page creates it', '未作成（最初のページで作られます）'));
    const bytes = Buffer.byteLength(JSON.stringify(document.data));
    const kib = (bytes / 1024).toFixed(1);
    const size = text(`readable, ${kib} KiB`, `読み取り可、${kib} KiB`);
    return bytes < SLOW_FROM
      ? right(size)
      : wrong(
          size,
          text(
            'From 10 KiB on, Sync is slow. When no phone rings, delete the document; the next page creates it.',
            '10 KiB を超えると Sync が遅くなります。電話が鳴っていない間にドキュメントを削除してください（次の呼び出しで作られます）。',
          ),
        );
  },
};

/** Pages create them, so none of them can be missing. */
const objects: Check = {
  id: 'sync.objects',
  what: text('Maps', 'マップ'),
  async look(patient) {
    const maps = (await serviceOf(patient).syncMaps.list({ pageSize: 100 }).catch(ifMissing)) ?? [];
    const ours = maps.flatMap(({ uniqueName }) =>
      uniqueName?.startsWith(`${DOCUMENT}.`) ? [uniqueName.slice(DOCUMENT.length + 1)] : [],
    );
    if (ours.length === 0)
      return right(text('none yet; pages create them', '未作成（呼び出しが始まると作られます）'));
    return right(asIs(ours.join(', ')));
  },
};

function ifMissing(fault: Error & { status?: number }): null {
  if (fault.status === 404) return null;
  throw fault;
}

export const sync: readonly Check[] = [service, state, objects];
