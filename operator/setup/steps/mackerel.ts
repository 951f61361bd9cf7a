/** What Mackerel's API lets us set up: the webhook channel, a group for the phone, and the clock with its own group. */
import type { Mackerel, MackerelChannel } from '../../service/mackerel';
import { type Text, text } from '../../text';
import { change, type Setup, type Step } from '../setup';
import { clock } from './clock';

export const mackerelStep: Step = { title: text('Mackerel’s side', 'Mackerel 側の設定'), run };

/** Of the channel and of the phone's group. */
const NAME = 'mackerel-kaden';

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

/** People decide which alerts ring: which services', since those include their monitors. */
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
