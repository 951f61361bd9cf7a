/** Mackerel's external monitor of /health, which is the clock, and whom its alert goes to. */
import {
  type Mackerel,
  type MackerelChannel,
  MackerelRefusal,
  type NotificationGroup,
} from '../../service/mackerel';
import { text } from '../../text';
import { change, type Setup } from '../setup';

const NAME = 'mackerel-kaden';
const WATCH = 'mackerel-kaden (health)';

export async function clock(
  setup: Setup,
  api: Mackerel,
  channels: readonly MackerelChannel[],
): Promise<void> {
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
  const made: string[] = [];
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
      const answer = await api.addMonitor(monitorOf(url, credentials)).catch(ifRefused);
      const isRefused = answer instanceof MackerelRefusal;
      if (!isRefused) made.push(answer.id);
      else {
        tell.wrong(
          text(`Mackerel refuses it: ${answer.message}`, `Mackerel に拒否されました: ${answer.message}`),
        );
        todo.push(NO_CLOCK);
      }
      return !isRefused;
    },
  );
  for (const id of made) await watchGroup(setup, api, channels, groups, id);
}

const NO_CLOCK = text(
  'External monitors are for Mackerel’s paid plan: without one there is no clock, and all else works',
  '外形監視は有料プランの機能です。なければ時計はありませんが、ほかはすべて動きます',
);

function ifRefused(fault: Error): MackerelRefusal {
  if (fault instanceof MackerelRefusal) return fault;
  throw fault;
}

const monitorOf = (url: string, credentials: string) => ({
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
  // Without it, an answer that redirects counts as good.
  expectedStatusCode: 200,
  maxCheckAttempts: 3,
  notificationInterval: 60,
});

/** The clock's alert must not go through the phone that it reports as dead: it goes to all other channels. */
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
