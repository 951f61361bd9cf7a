/** Mackerel's own record of an alert: one line more when somebody takes it. */

import type { DialList } from '../core/dial-list';
import { alertsOf } from '../core/escalation/book';
import type { LoggedNews } from '../core/escalation/news';
import type { State } from '../core/escalation/state';
import type { MackerelApi } from '../mackerel/api';

/** Alerts that get the line; in a storm of more, Slack and the history have it. */
const MOST_WRITTEN = 10;

type Taken = Extract<LoggedNews, { kind: 'taken' }>;

/** Writes what the news has for the memo. Never fails. */
export async function writeMemos(
  { list, mackerel }: { list: DialList; mackerel: MackerelApi },
  state: State,
  news: readonly LoggedNews[],
): Promise<void> {
  const taken = news.find((item): item is Taken => item.kind === 'taken');
  if (!taken || state.mayWrite !== true) return;
  const line = memoLine(list, taken);
  const alerts = alertsOf(state, { id: taken.page }).slice(0, MOST_WRITTEN);
  await Promise.all(alerts.map(({ id }) => addLine(mackerel, id, line, taken.at)));
}

/** Seconds. A memo that Mackerel does not show is believed to be empty only of an alert that nobody can have worked on. */
const FRESH_SECONDS = 60 * 60;

/**
 * Mackerel's own pages disagree on whether writing a memo adds or replaces, and do not say whether an alert shows
 * it: what stands there is written with it, and where it may be hidden, nothing is written.
 */
async function addLine(mackerel: MackerelApi, id: string, line: string, at: number): Promise<void> {
  const answer = await mackerel.alert(id);
  if (!answer.ok) return;
  const { memo, openedAt } = answer.value;
  const mayBeHidden = memo === undefined && (openedAt === undefined || at - openedAt > FRESH_SECONDS);
  if (mayBeHidden || memo?.includes(line)) return;
  await mackerel.writeMemo(id, memo ? `${memo}\n${line}` : line);
}

/** `14:03 Sato took it, ring 2, 48 s`. */
export function memoLine(list: DialList, { at, member, attempt, seconds }: Taken): string {
  const name = list.members[member]?.name ?? `#${member + 1}`;
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: list.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at * 1000);
  return list.language === 'ja'
    ? `${time} ${name}が対応, ${attempt + 1}回目の呼び出し, ${seconds}秒`
    : `${time} ${name} took it, ring ${attempt + 1}, ${seconds} s`;
}
