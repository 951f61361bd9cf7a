/** Mackerel: whether its alerts reach the phone. mackerel.io/api-docs */
import {
  type Mackerel,
  type MackerelChannel,
  MackerelRefusal,
  type NotificationGroup,
} from '../../service/mackerel';
import { asIs, text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

export async function mackerel(patient: Patient): Promise<Finding[]> {
  const { mackerel: api, deployment, list } = patient;
  const key = about('mackerel.key', text('Mackerel API key', 'Mackerel の API キー'));
  if (!api)
    return [
      key.unknown(
        text('not set, so Mackerel’s side cannot be looked at', '未設定のため、Mackerel 側は確認できません'),
        text('Set MACKEREL_API_KEY.', 'MACKEREL_API_KEY を設定してください。'),
      ),
    ];
  const org = await api.org().catch((fault: Error) => fault);
  if (org instanceof Error)
    return [
      key.wrong(
        asIs(org.message),
        org instanceof MackerelRefusal
          ? text(
              'Copy the key anew, and look at the API’s IP restriction.',
              'キーを確認し、API の IP アドレス制限も確認してください。',
            )
          : text('Check whether Mackerel is up.', 'Mackerel の稼働状況を確認してください。'),
      ),
    ];
  const [mayWrite, restriction, channels, groups, monitors] = await Promise.all([
    api.mayWrite(),
    api.apiRestriction().catch(() => null),
    api.channels(),
    api.groups(),
    api.monitors(),
  ]);
  const ours = channels.filter((channel) => isOurs(channel, deployment?.domain, list.start));
  return [
    key.right(
      mayWrite
        ? text(`${org.name}, reads and writes`, `${org.name}（読み書き可）`)
        : text(`${org.name}, reads`, `${org.name}（読み取りのみ）`),
    ),
    restricted(restriction),
    fromFunctions(patient.health),
    channelFinding(ours),
    ...events(ours, patient.env.CALLER_ID),
    ...(ours.length > 0 ? [grouped(ours, groups)] : []),
    resends(monitors),
    clock(monitors, deployment?.domain),
  ];
}

/** The Twilio channel shows neither its number nor its URL; the webhook channel shows its URL. */
function isOurs(
  { type, url }: MackerelChannel,
  domain: string | undefined,
  start: 'call' | 'webhook',
): boolean {
  if (type === 'twilio') return start === 'call';
  return type === 'webhook' && domain !== undefined && (url ?? '').includes(domain);
}

function restricted(cidrs: readonly string[] | null): Finding {
  const { right, wrong, unknown } = about(
    'mackerel.ip-restriction',
    text('API’s IP restriction', 'API の IP アドレス制限'),
  );
  if (cidrs === null) return unknown(text('not shown to this key', 'このキーでは確認できません'));
  if (cidrs.length === 0) return right(text('none', 'なし'));
  return wrong(
    text(
      'set, and Functions have no fixed address: Mackerel refuses them',
      'Functions のアドレスは固定ではないため、拒否されます',
    ),
    text('Lift the restriction, or do without the key.', '制限を外すか、キーなしで使ってください。'),
  );
}

/** Asked from here it may answer, and not from where Functions run. */
function fromFunctions(health: Patient['health']): Finding {
  const { right, wrong, unknown } = about(
    'mackerel.from-functions',
    text('API as Functions see it', 'Functions から見た API'),
  );
  if (typeof health === 'string') return unknown(text('/health does not say', '/health から取得できません'));
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
}

/** A group's alerts come as a group alone where group notification is on: mackerel.io/docs/entry/howto/alert-groups */
function events(ours: readonly MackerelChannel[], callerId: string | undefined): Finding[] {
  const told = ours
    .filter(({ type }) => type === 'webhook')
    .flatMap(({ events: kinds = ['alert'] }) => [kinds]);
  if (told.length === 0) return [];
  const { right, wrong } = about('mackerel.events', text('Events of the webhook', 'Webhook のイベント'));
  if (!told.some((kinds) => kinds.includes('alert')))
    return [
      wrong(
        text('alerts are not among them', 'アラートが含まれていません'),
        text(
          'Tick “alert” in the webhook channel.',
          'Webhook チャンネルで「アラート」を有効にしてください。',
        ),
      ),
    ];
  if (told.some((kinds) => kinds.includes('alertGroup')) && !callerId)
    return [
      wrong(
        text(
          'groups come, and no number rings for them',
          'アラートグループの通知が来ますが、発信できる番号がありません',
        ),
        text('Set CALLER_ID.', 'CALLER_ID を設定してください。'),
      ),
    ];
  return [right(asIs([...new Set(told.flat())].join(', ')))];
}

function channelFinding(ours: readonly MackerelChannel[]): Finding {
  const { right, wrong } = about('mackerel.channels', text('Channels', '通知チャンネル'));
  if (ours.length === 0)
    return wrong(
      text('none that reaches us', 'こちらに届くチャンネルがありません'),
      text(
        'Add the Twilio channel: docs/set-up.md',
        'Twilio チャンネルを追加してください: docs/set-up.ja.md',
      ),
    );
  const suspended = ours.filter(({ suspendedAt }) => suspendedAt !== null);
  if (suspended.length > 0)
    return wrong(
      text(
        `suspended: ${suspended.map(({ name }) => name).join(', ')}`,
        `停止中: ${suspended.map(({ name }) => name).join('、')}`,
      ),
      text(
        'Click the ⚠️ beside it in Mackerel’s list of channels.',
        'チャンネル一覧の ⚠️ をクリックして再開してください。',
      ),
    );
  return right(asIs(ours.map(({ name, type }) => `${name} (${type})`).join(', ')));
}

function grouped(ours: readonly MackerelChannel[], groups: readonly NotificationGroup[]): Finding {
  const { right, wrong } = about('mackerel.group', text('Notification group', '通知グループ'));
  const holding = (id: string) => groups.filter(({ childChannelIds }) => childChannelIds.includes(id));
  const nowhere = ours.filter(({ id }) => holding(id).length === 0);
  if (nowhere.length > 0)
    return wrong(
      text(
        `in no group: ${nowhere.map(({ name }) => name).join(', ')}`,
        `どのグループにも入っていません: ${nowhere.map(({ name }) => name).join('、')}`,
      ),
      text('Put it into a notification group.', '通知グループに追加してください。'),
    );
  const everywhere = ours.filter(({ id }) => holding(id).some(({ type }) => type === 'group-default'));
  if (everywhere.length > 0)
    return wrong(
      text(
        'in the default group: every alert is a phone call',
        'デフォルトグループにあり、すべてのアラートで電話が鳴ります',
      ),
      text('Move it into a group of its own.', '専用の通知グループに移してください。'),
    );
  const names = new Set(ours.flatMap(({ id }) => holding(id).map(({ name }) => name)));
  return right(asIs([...names].join(', ')));
}

function resends(monitors: Awaited<ReturnType<Mackerel['monitors']>>): Finding {
  const { right, wrong, unknown } = about('mackerel.resends', text('Re-sends', '再通知'));
  const rules = monitors.filter(({ isMute, type }) => !isMute && type !== 'check');
  if (rules.length === 0) return unknown(text('no monitors', '監視ルールがありません'));
  const without = rules.filter(({ notificationInterval }) => notificationInterval === undefined);
  if (without.length === 0)
    return right(text(`${rules.length} monitors re-send`, `${rules.length} 件すべてで有効`));
  const some = without.slice(0, 3).map(({ name, type }) => name ?? type);
  const more = without.length - some.length;
  return wrong(
    text(
      `${without.length} of ${rules.length} monitors do not re-send: ${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      `${rules.length} 件中 ${without.length} 件が再通知しません: ${some.join('、')}${more > 0 ? ` ほか ${more} 件` : ''}`,
    ),
    text('Let them re-send every 10 minutes.', '10 分ごとの再通知を設定してください。'),
  );
}

function clock(monitors: Awaited<ReturnType<Mackerel['monitors']>>, domain: string | undefined): Finding {
  const { right, wrong } = about('mackerel.clock', text('External monitor of /health', '/health の外形監視'));
  const found = monitors.find(({ type, url }) => type === 'external' && url === `https://${domain}/health`);
  if (!found)
    return wrong(
      text(
        'none: nobody notices at noon that the phone would not ring, and the service has no clock',
        'ありません。電話が鳴らない状態に昼間気づけず、時計もありません',
      ),
      text('npm run setup adds it.', 'npm run setup で追加できます。'),
    );
  if (found.isMute)
    return wrong(text('muted', 'ミュート中'), text('Unmute it.', 'ミュートを解除してください。'));
  if (found.expectedStatusCode !== 200)
    return wrong(
      text('counts any answer below 400 as good', '400 未満の応答をすべて正常とみなします'),
      text('Set its expected status to 200.', '期待するステータスコードを 200 にしてください。'),
    );
  return right(text('once a minute', '毎分'));
}
