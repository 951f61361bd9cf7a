/** Mackerel: whether its alerts reach us. mackerel.io/api-docs */
import { type MackerelChannel, MackerelRefusal } from '../../service/mackerel';
import { asIs, text } from '../../text';
import { type Check, right, unknown, wrong } from '../check';
import { ofMackerel, phoneSide } from './of-mackerel';

const key: Check = {
  id: 'mackerel.key',
  what: text('Mackerel API key', 'Mackerel の API キー'),
  async look({ mackerel: api }) {
    if (!api)
      return unknown(
        text('not set, so Mackerel’s side cannot be looked at', '未設定のため、Mackerel 側は確認できません'),
        text('Set MACKEREL_API_KEY.', 'MACKEREL_API_KEY を設定してください。'),
      );
    try {
      const { name } = await api.org();
      return right(
        (await api.mayWrite())
          ? text(`${name}, reads and writes`, `${name}（読み書き可）`)
          : text(`${name}, reads`, `${name}（読み取りのみ）`),
      );
    } catch (fault) {
      if (!(fault instanceof MackerelRefusal)) throw fault;
      return wrong(
        asIs(fault.message),
        text(
          'Copy the key anew, and look at the API’s IP restriction.',
          'キーを確認し、API の IP アドレス制限も確認してください。',
        ),
      );
    }
  },
};

const restricted: Check = {
  id: 'mackerel.ip-restriction',
  what: text('API’s IP restriction', 'API の IP アドレス制限'),
  async look(patient) {
    if (!(await ofMackerel(patient))) return null;
    const cidrs = await patient.mackerel?.apiRestriction().catch((fault: Error) => {
      if (fault instanceof MackerelRefusal) return null;
      throw fault;
    });
    if (!cidrs) return unknown(text('not shown to this key', 'このキーでは確認できません'));
    if (cidrs.length === 0) return right(text('none', 'なし'));
    return wrong(
      text(
        'set, and Functions have no fixed address: Mackerel refuses them',
        'Functions のアドレスは固定ではないため、拒否されます',
      ),
      text('Lift the restriction, or do without the key.', '制限を外すか、キーなしで使ってください。'),
    );
  },
};

/** It may answer here, and refuse where Functions run. */
const fromFunctions: Check = {
  id: 'mackerel.from-functions',
  what: text('API from Functions', 'Functions から見た API'),
  async look({ asked, mackerel: api }) {
    if (!api) return null;
    const health = await asked.health();
    if (typeof health === 'string')
      return unknown(
        text('/health does not say', '/health から取得できません'),
        text(
          'See what is said of the list and private code.',
          '「リストと内部コード」の項目を確認してください。',
        ),
      );
    if (health.mackerel?.ok) return right(text('answers', '応答あり'));
    return wrong(
      health.mackerel
        ? text(`does not answer: ${health.mackerel.why}`, `応答なし: ${health.mackerel.why}`)
        : text('they have no key', 'キーがデプロイされていません'),
      text(
        'Look at the key, at the IP restriction, and deploy again.',
        'キーと IP アドレス制限を確認し、再デプロイしてください。',
      ),
    );
  },
};

const channels: Check = {
  id: 'mackerel.channels',
  what: text('Channels', '通知チャンネル'),
  async look(patient) {
    const side = await phoneSide(patient);
    if (!side) return null;
    if (side.channels.length === 0)
      return wrong(
        text('none that reaches us', 'こちらに届くチャンネルがありません'),
        text(
          'Add the Twilio channel: docs/set-up.md',
          'Twilio チャンネルを追加してください: docs/set-up.ja.md',
        ),
      );
    const suspended = side.channels.filter(({ suspendedAt }) => suspendedAt !== null);
    if (suspended.length > 0) return isSuspended(suspended);
    return right(asIs(side.channels.map(({ name, type }) => `${name} (${type})`).join(', ')));
  },
};

const isSuspended = (suspended: readonly MackerelChannel[]) =>
  wrong(
    text(
      `suspended: ${suspended.map(({ name }) => name).join(', ')}`,
      `停止中: ${suspended.map(({ name }) => name).join('、')}`,
    ),
    text(
      'Click the ⚠️ beside it in Mackerel’s list of channels.',
      'チャンネル一覧の ⚠️ をクリックして再開してください。',
    ),
  );

/** If group notification is on, alerts come only as groups: mackerel.io/docs/entry/howto/alert-groups */
const events: Check = {
  id: 'mackerel.events',
  what: text('Events of the webhook', 'Webhook のイベント'),
  async look(patient) {
    const side = await phoneSide(patient);
    const told = (side?.channels ?? [])
      .filter(({ type }) => type === 'webhook')
      .map(({ events: kinds = ['alert'] }) => kinds);
    if (told.length === 0) return null;
    if (!told.some((kinds) => kinds.includes('alert')))
      return wrong(
        text('alerts are not among them', 'アラートが含まれていません'),
        text(
          'Tick “alert” in the webhook channel.',
          'Webhook チャンネルで「アラート」を有効にしてください。',
        ),
      );
    if (told.some((kinds) => kinds.includes('alertGroup')) && !patient.env.CALLER_ID)
      return wrong(
        text(
          'groups come, and no number rings for them',
          'アラートグループの通知が来ますが、発信できる番号がありません',
        ),
        text('Set CALLER_ID.', 'CALLER_ID を設定してください。'),
      );
    return right(asIs([...new Set(told.flat())].join(', ')));
  },
};

/** Where each page's figures go, if they are to go anywhere. */
const service: Check = {
  id: 'mackerel.service',
  what: text('Figures of each page', '呼び出しの記録'),
  async look({ env, mackerel: api }) {
    const name = env.MACKEREL_SERVICE;
    if (!name || !api) return null;
    try {
      const [services, mayWrite] = await Promise.all([api.services(), api.mayWrite()]);
      if (!services.includes(name))
        return wrong(
          text(`Mackerel has no service ${name}`, `Mackerel に ${name} というサービスがありません`),
          text('Correct MACKEREL_SERVICE.', 'MACKEREL_SERVICE を直してください。'),
        );
      if (mayWrite === false)
        return wrong(
          text('the key may not write, so none are posted', 'キーに書き込み権限がなく、投稿されません'),
          text('Set a key that may write.', '書き込み権限のあるキーを設定してください。'),
        );
      return right(asIs(name));
    } catch (fault) {
      if (fault instanceof MackerelRefusal && fault.status < 500) return null;
      throw fault;
    }
  },
};

export const mackerel: readonly Check[] = [key, restricted, fromFunctions, channels, events, service];
