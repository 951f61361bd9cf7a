/** Sync, where a page is remembered. twilio.com/docs/sync/api */
import { asIs, text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

const DOCUMENT = 'mackerel-kaden';
/** Bytes; from here on Sync takes two writes a second only: docs/sync/limits */
const SLOW_FROM = 10 * 1024;

export async function sync({ client, env }: Patient): Promise<Finding[]> {
  const reached = about('sync.service', text('Sync', 'Sync'));
  const service = client.sync.v1.services(env.SYNC_SERVICE_SID ?? 'default');
  const found = await service.fetch().catch((fault: Error) => fault);
  if (found instanceof Error)
    return [
      reached.wrong(
        asIs(found.message),
        text('npm run setup provides the service.', 'npm run setup でサービスを用意できます。'),
      ),
    ];
  return [reached.right(asIs(found.uniqueName ?? found.sid)), await state(service), await objects(service)];
}

async function state(service: ReturnType<Patient['client']['sync']['v1']['services']>): Promise<Finding> {
  const { right, wrong } = about('sync.state', text('State', '状態'));
  const document = await service
    .documents(DOCUMENT)
    .fetch()
    .catch((fault: { status?: number; message: string }) => fault);
  if (!('data' in document)) {
    return document.status === 404
      ? right(text('none yet; the first page creates it', '未作成（最初のページで作られます）'))
      : wrong(asIs(document.message));
  }
  const bytes = Buffer.byteLength(JSON.stringify(document.data));
  const size = text(
    `readable, ${(bytes / 1024).toFixed(1)} KiB`,
    `読み取り可、${(bytes / 1024).toFixed(1)} KiB`,
  );
  return bytes < SLOW_FROM
    ? right(size)
    : wrong(size, text('From 10 KiB on, Sync is slow.', '10 KiB を超えると Sync が遅くなります。'));
}

/** Made with the first page, and filled by each. */
async function objects(service: ReturnType<Patient['client']['sync']['v1']['services']>): Promise<Finding> {
  const { right, wrong } = about('sync.objects', text('Maps', 'マップ'));
  const maps = await service.syncMaps.list({ limit: 100 }).catch((fault: Error) => fault);
  if (maps instanceof Error) return wrong(asIs(maps.message));
  const ours = maps.map(({ uniqueName }) => uniqueName).filter((name) => name?.startsWith(`${DOCUMENT}.`));
  if (ours.length === 0)
    return right(text('none yet; pages create them', '未作成（呼び出しが始まると作られます）'));
  return right(asIs(ours.map((name) => name.slice(DOCUMENT.length + 1)).join(', ')));
}
