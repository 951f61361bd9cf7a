/** Mackerel: which alerts ring, for how long, and who notices that the phone would not. */
import type { NotificationGroup } from '../../service/mackerel';
import { asIs, text } from '../../text';
import { type Check, right, unknown, wrong } from '../check';
import type { MackerelSide } from '../patient';
import { ofMackerel, phoneSide } from './of-mackerel';

const group: Check = {
  id: 'mackerel.group',
  what: text('Notification group', '通知グループ'),
  async look(patient) {
    const side = await phoneSide(patient);
    return side && side.channels.length > 0 ? grouped(side) : null;
  },
};

function grouped({ channels, groups }: MackerelSide) {
  const holding = (id: string): readonly NotificationGroup[] =>
    groups.filter(({ childChannelIds }) => childChannelIds.includes(id));
  const nowhere = channels.filter(({ id }) => holding(id).length === 0);
  if (nowhere.length > 0)
    return wrong(
      text(
        `in no group: ${nowhere.map(({ name }) => name).join(', ')}`,
        `どのグループにも入っていません: ${nowhere.map(({ name }) => name).join('、')}`,
      ),
      text('Put it into a notification group.', '通知グループに追加してください。'),
    );
  if (channels.some(({ id }) => holding(id).some(({ type }) => type === 'group-default')))
    return wrong(
      text(
        'in the default group: every alert is a phone call',
        'デフォルトグループにあり、すべてのアラートで電話が鳴ります',
      ),
      text('Move it into a group of its own.', '専用の通知グループに移してください。'),
    );
  const names = new Set(channels.flatMap(({ id }) => holding(id).map(({ name }) => name)));
  return right(asIs([...names].join(', ')));
}

const resends: Check = {
  id: 'mackerel.resends',
  what: text('Re-sends', '再通知'),
  async look(patient) {
    const side = await ofMackerel(patient);
    if (!side) return null;
    const rules = side.monitors.filter(({ isMute, type }) => !isMute && type !== 'check');
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
  },
};

const clock: Check = {
  id: 'mackerel.clock',
  what: text('Monitor of /health', '/health の外形監視'),
  async look(patient) {
    const side = await phoneSide(patient);
    if (!side) return null;
    const domain = (await patient.asked.deployment())?.domain;
    const found = side.monitors.find(
      ({ type, url }) => type === 'external' && url === `https://${domain}/health`,
    );
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
    if (isToldByPhone(side, found.id))
      return wrong(
        text('its alert goes to the phone that it says is dead', '鳴らない電話自身に通知しようとします'),
        text(
          'Put it into a group of its own, without the phone’s channels and the default group.',
          '電話以外のチャンネルだけの専用グループに入れ、デフォルトグループへの通知を外してください。',
        ),
      );
    return right(text('once a minute', '毎分'));
  },
};

/** In a group with the phone's channels; or in none, and so in the default group, which has them. */
function isToldByPhone({ channels, groups }: MackerelSide, monitor: string): boolean {
  const own = groups.filter(({ monitors = [] }) => monitors.some(({ id }) => id === monitor));
  const skipsDefault = own.some(({ monitors = [] }) =>
    monitors.some(({ id, skipDefault }) => id === monitor && skipDefault),
  );
  const told = [...own, ...(skipsDefault ? [] : groups.filter(({ type }) => type === 'group-default'))];
  return told.some(({ childChannelIds }) => channels.some(({ id }) => childChannelIds.includes(id)));
}

export const mackerelRules: readonly Check[] = [group, resends, clock];
