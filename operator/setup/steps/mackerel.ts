/** What Mackerel's API lets us set up: the webhook channel, a group for the phone, and the clock with a group of its own. */
import {
  type Mackerel,
  type MackerelChannel,
  MackerelRefusal,
  type NotificationGroup,
} from '../../service/mackerel';
import { type Text, text } from '../../text';
import { change, type Setup, type Step } from '../setup';

export const mackerelStep: Step = { title: text('Mackerel’s side', 'Mackerel 側の設定'), run };

const NAME = 'mackerel-kaden';
const WATCH = 'mackerel-kaden (health)';

async function run(setup: Setup): Promise<void> {
  const { env, found, tell, todo } = setup;
  const key = env.get('MACKEREL_API_KEY');
  if (!key || !found.domain) return;
  if (!found.mayWriteMackerel) {
    tell.hint(
      text('the key may not write, so this is left to you', 'キーに書き込み権限がないため、手作業になります'),
    );
    todo.push(byHand(setup));
    return;
  }
  const api = setup.mackerel(key);
  const channels = await api.channels();
  const webhook = await webhookChannel(setup, api, channels);
  const twilios = setup.list.start === 'call' ? channels.filter(({ type }) => type === 'twilio') : [];
  await phoneGroup(setup, api, [...webhook, ...twilios.map(({ id }) => id)]);
  await clock(setup, api, channels);
}

const byHand = ({ found: { domain } }: Setup): Text =>
  text(
    `In Mackerel: a webhook channel to https://USER:PASSWORD@${domain}/mackerel-webhook (both in .env), a notification group for it, and an external monitor of https://${domain}/health (docs/set-up.md)`,
    `Mackerel で: https://USER:PASSWORD@${domain}/mackerel-webhook（値は .env）への Webhook チャンネル、専用の通知グループ、https://${domain}/health の外形監視を作る（docs/set-up.ja.md）`,
  );

async function webhookChannel(
  setup: Setup,
  api: Mackerel,
  channels: readonly MackerelChannel[],
): Promise<readonly string[]> {
  const { env, found, tell } = setup;
  const there = channels.find(
    ({ type, url }) => type === 'webhook' && url?.includes(`${found.domain}/mackerel-webhook`),
  );
  if (there) {
    tell.right(text(`webhook channel ${there.name}`, `Webhook チャンネル ${there.name}`));
    return [there.id];
  }
  const [user, password] = [env.get('MACKEREL_WEBHOOK_USER'), env.get('MACKEREL_WEBHOOK_PASSWORD')];
  const made: string[] = [];
  await change(
    setup,
    {
      may: text('Create the webhook channel in Mackerel?', 'Webhook チャンネルを作成しますか？'),
      done: text(
        `webhook channel ${NAME}, outside the default group`,
        `Webhook チャンネル ${NAME}（デフォルトグループには入れない）`,
      ),
    },
    async () => {
      const { id } = await api.addChannel({
        type: 'webhook',
        name: NAME,
        url: `https://${user}:${password}@${found.domain}/mackerel-webhook`,
        enabledGraphImage: false,
        events: ['alert', 'alertGroup'],
        addToDefaultNotificationGroup: false,
      });
      made.push(id);
    },
  );
  return made;
}

/** Which alerts ring is for people to say: of services, for the monitors of one come along. */
async function phoneGroup(setup: Setup, api: Mackerel, channels: readonly string[]): Promise<void> {
  const { ask, tell, todo } = setup;
  const there = (await api.groups()).find(({ name }) => name === NAME);
  if (there) {
    const missing = channels.filter((id) => !there.childChannelIds.includes(id));
    if (missing.length === 0) {
      tell.right(text(`notification group ${NAME}`, `通知グループ ${NAME}`));
      return;
    }
    const { id, type: _, ...kept } = there;
    await change(
      setup,
      {
        may: text(
          `Add ${missing.length} channel(s) to the group ${NAME}?`,
          `通知グループ ${NAME} にチャンネルを追加しますか？`,
        ),
        done: text(
          `${missing.length} channel(s) more in the group ${NAME}`,
          `通知グループ ${NAME} にチャンネルを ${missing.length} 件追加`,
        ),
      },
      () => api.putGroup(id, { ...kept, childChannelIds: [...kept.childChannelIds, ...missing] }),
    );
    return;
  }
  const names = await api.services();
  const services = await ask.several(
    'services',
    text('Which services’ alerts should ring?', 'どのサービスのアラートで電話を鳴らしますか？'),
    names.map((name) => ({ value: name, label: name })),
  );
  if (services.length === 0)
    todo.push(
      text(
        `Choose which alerts ring: put services or monitors into the notification group ${NAME}: https://mackerel.io/my/channels`,
        `電話を鳴らすアラートを選ぶ: 通知グループ ${NAME} にサービスか監視ルールを追加する: https://mackerel.io/my/channels`,
      ),
    );
  await change(
    setup,
    {
      may: text(`Create the notification group ${NAME}?`, `通知グループ ${NAME} を作成しますか？`),
      done: text(`notification group ${NAME}`, `通知グループ ${NAME}`),
    },
    () =>
      api.addGroup({
        name: NAME,
        notificationLevel: 'all',
        childNotificationGroupIds: [],
        childChannelIds: channels,
        services: services.map((name) => ({ name })),
      }),
  );
}

async function clock(setup: Setup, api: Mackerel, channels: readonly MackerelChannel[]): Promise<void> {
  const { env, found, tell, todo } = setup;
  const url = `https://${found.domain}/health`;
  const [monitors, groups] = await Promise.all([api.monitors(), api.groups()]);
  const there = monitors.find((monitor) => monitor.type === 'external' && monitor.url === url);
  if (there) {
    tell.right(text('external monitor of /health', '/health の外形監視'));
    await watchGroup(setup, api, channels, groups, there.id);
    return;
  }
  const credentials = Buffer.from(`${env.get('CLOCK_USER')}:${env.get('CLOCK_PASSWORD')}`).toString('base64');
  await change(
    setup,
    {
      may: text(
        'Create the external monitor of /health? It is the clock, and tells when the phone would not ring. It counts as one of your paid monitors, and asks 43,200 times a month.',
        '/health の外形監視を作成しますか？ 時計を兼ね、電話が鳴らない状態を知らせます。課金対象の監視 1 件で、月に約 43,200 回アクセスします。',
      ),
      done: text('external monitor of /health, once a minute', '/health の外形監視（毎分）'),
    },
    async () => {
      const made = await api
        .addMonitor({
          type: 'external',
          name: NAME,
          memo: 'mackerel-kaden: the phone would not ring, and the clock.',
          url,
          method: 'GET',
          headers: [
            { name: 'Authorization', value: `Basic ${credentials}` },
            { name: 'Cache-Control', value: 'no-cache' },
          ],
          containsString: '"ok":true',
          // Without it, an answer that sends elsewhere counts as good.
          expectedStatusCode: 200,
          maxCheckAttempts: 3,
          notificationInterval: 60,
        })
        .catch((fault: Error) => {
          if (fault instanceof MackerelRefusal) return fault;
          throw fault;
        });
      if (!(made instanceof Error)) return watchGroup(setup, api, channels, groups, made.id);
      tell.wrong(text(`Mackerel refuses it: ${made.message}`, `Mackerel に拒否されました: ${made.message}`));
      todo.push(
        text(
          'External monitors are for Mackerel’s paid plan: without one there is no clock, and all else works',
          '外形監視は有料プランの機能です。なければ時計はありませんが、ほかはすべて動きます',
        ),
      );
    },
  );
}

/** Its alert must not go through the phone that it says is dead: to all other channels. */
async function watchGroup(
  setup: Setup,
  api: Mackerel,
  channels: readonly MackerelChannel[],
  groups: readonly NotificationGroup[],
  monitor: string,
): Promise<void> {
  if (
    groups.some(({ monitors = [] }) => monitors.some(({ id, skipDefault }) => id === monitor && skipDefault))
  ) {
    setup.tell.right(text('its alert does not go to the phone', 'その通知は電話を経由しません'));
    return;
  }
  const others = channels.filter(({ type, url }) => type !== 'twilio' && !url?.includes('/mackerel-webhook'));
  await change(
    setup,
    {
      may: text(
        `Let its alert go to all channels but the phone (group ${WATCH})?`,
        `その通知を電話以外のチャンネルに送りますか（グループ ${WATCH}）？`,
      ),
      done: text(
        `notification group ${WATCH}: ${others.map(({ name }) => name).join(', ')}`,
        `通知グループ ${WATCH}: ${others.map(({ name }) => name).join('、')}`,
      ),
    },
    () =>
      api.addGroup({
        name: WATCH,
        notificationLevel: 'all',
        childNotificationGroupIds: [],
        childChannelIds: others.map(({ id }) => id),
        monitors: [{ id: monitor, skipDefault: true }],
      }),
  );
}
