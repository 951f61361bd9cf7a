/** Adds a line to an alert's memo in Mackerel when somebody takes it. */

import type { DialList } from '../dial-list/list';
import { type LoggedNews, namedAlertsOf, pageOf, type State } from '../escalation';
import type { MackerelApi } from '../mackerel/api';
import { MEMO } from '../platform/budget';

type Taken = Extract<LoggedNews, { kind: 'taken' }>;

/** The lines that we wrote, by alert, the latest alerts last. Mackerel may not show them. */
export type Lines = Readonly<Record<string, readonly string[]>>;

type Desk = {
  readonly list: DialList;
  readonly mackerel: MackerelApi;
  readonly warn: (message: string) => void;
};

/** Writes the lines that the news calls for. Gives all lines that we have written. Never fails. */
export async function writeMemos(
  { list, mackerel, warn }: Desk,
  state: State,
  news: readonly LoggedNews[],
  known: Lines = {},
): Promise<{ readonly lines: Lines; readonly isRefused: boolean }> {
  const taken = takenIn(state, news);
  if (!taken || state.mayWrite !== true) return { lines: known, isRefused: false };
  const line = memoLine(list, taken);
  const alerts = namedAlertsOf(state, pageOf(state, taken.page))
    .filter(({ id }) => !known[id]?.includes(line))
    .slice(0, MEMO.most);
  const added = await Promise.all(
    alerts.map(async ({ id }) => {
      const ours = known[id] ?? [];
      return { id, lines: [...ours, line], result: await addLine(mackerel, id, ours, line, taken.at) };
    }),
  );
  const hidden = added.filter(({ result }) => result === 'hidden').length;
  if (hidden > 0)
    warn(
      `No memo was written to ${hidden} alerts: Mackerel does not show what people may have written there`,
    );
  const written = added.filter(({ result }) => result === 'written');
  const fresh = Object.fromEntries(written.map(({ id, lines }) => [id, lines.slice(-MEMO.linesKept)]));
  const others = Object.entries(known).filter(([id]) => !(id in fresh));
  const lines = Object.fromEntries([...others, ...Object.entries(fresh)].slice(-MEMO.alertsKept));
  return { lines, isRefused: added.some(({ result }) => result === 'refused') };
}

/** The take in the news; or the earlier take of a page that an alert has joined. */
function takenIn(state: State, news: readonly LoggedNews[]): Taken | undefined {
  const isTaken = (item: LoggedNews): item is Taken => item.kind === 'taken';
  const joined = news.find(({ kind }) => kind === 'joined')?.page;
  return news.find(isTaken) ?? state.news.filter(isTaken).findLast(({ page }) => page === joined);
}

type Added = 'written' | 'kept' | 'hidden' | 'refused';

/**
 * Mackerel's documentation does not agree on whether writing a memo adds or replaces, or say whether an alert shows
 * its memo. So we write what the alert shows, and what we wrote before, together with the new line. If the alert
 * shows no memo, one may be hidden, and we write nothing, except for an alert of the last hour, which hardly has one.
 */
async function addLine(
  mackerel: MackerelApi,
  id: string,
  ours: readonly string[],
  line: string,
  at: number,
): Promise<Added> {
  const answer = await mackerel.alert(id);
  if (!answer.ok) return 'kept';
  const { memo, openedAt } = answer.value;
  if (memo?.includes(line) || (memo === undefined && ours.includes(line))) return 'kept';
  const isFresh = openedAt !== undefined && at - openedAt <= MEMO.freshSeconds;
  // If our own line is not shown, other people's may be hidden as well.
  if (memo === undefined && (ours.length > 0 || !isFresh)) return 'hidden';
  const missing = [...ours, line].filter((one) => !memo?.includes(one));
  const written = await mackerel.writeMemo(id, [...(memo ? [memo] : []), ...missing].join('\n'));
  if (written.ok) return 'written';
  return written.why === 'forbidden' ? 'refused' : 'kept';
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
