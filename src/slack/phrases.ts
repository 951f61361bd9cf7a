import type { AlertDetails, AlertStatus, LoggedNews, Page } from '../escalation';
import type { Trouble } from './poster';

/** How people and alerts are written; all comes escaped. */
export type Names = {
  name(member: number): string;
  /** Calls the member, where Slack knows them; a name does not. */
  mention(member: number): string;
  /** An alert in a few words. */
  alert(id: string): string;
  /** Alerts that one line has room for by name. */
  readonly listed: number;
};

/** What became of a page's alerts after it; `isLater`, at a call of another page. */
export type Afterwards =
  | { readonly kind: 'rung-again' }
  | { readonly kind: 'taken'; readonly by: number; readonly isLater: boolean }
  | { readonly kind: 'closed'; readonly by?: number };

/** What Slack shows, in one language. In Slack's mark-up. */
export type Phrases = {
  readonly testPage: string;
  readonly alertOfUnknownName: string;
  alertGroup(name: string): string;
  readonly graph: string;
  openSince(when: string): string;
  andMore(alerts: number): string;
  /**
   * How the page stands, in one line.
   *
   * @param isAllClosed nothing that it was about is open any more, whoever had taken it
   */
  standing(page: Page, names: Names, isAllClosed: boolean): string;
  /** The same of a page that is over, by what became of its alerts. */
  afterwards(what: Afterwards, names: Names): string;
  /** @param shown members that are named */
  order(page: Page, rounds: number, names: Names, shown: number): string;
  /** One piece of news as a line; null for what the page's own message tells already. */
  line(news: LoggedNews, names: Names): string | null;
  /** Mackerel's test button was pressed. */
  readonly connected: string;
  /** What stands in no page, told in one line. */
  trouble(what: Trouble): string;
  /** The workspace does not let us call everybody in the channel. */
  readonly mentionForbidden: string;
  /** What is told where Slack takes nothing else: no name, no mark-up but an emoji. */
  readonly plain: { readonly [what in 'calling' | 'taken' | 'closed' | 'nobody']: string };
};

/** `2 min 5 s`, in the units given. */
export function duration(seconds: number, minuteUnit: string, secondUnit: string): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest}${secondUnit}`;
  return rest === 0 ? `${minutes}${minuteUnit}` : `${minutes}${minuteUnit}${rest}${secondUnit}`;
}

/** By name, as many as a message has room for; of the rest the number. */
export function listed(
  alerts: readonly string[],
  { alert, listed: most }: Names,
  more: (others: number) => string,
  besides = 0,
): string {
  const others = Math.max(0, alerts.length - most) + besides;
  return alerts.slice(0, most).map(alert).join(', ') + (others > 0 ? more(others) : '');
}

const STATUS: Readonly<Record<AlertStatus, string>> = {
  critical: ':red_circle: CRITICAL',
  warning: ':large_yellow_circle: WARNING',
  unknown: ':white_circle: UNKNOWN',
};

export const statusOf = ({ status }: Pick<AlertDetails, 'status'>) =>
  status ? STATUS[status] : ':rotating_light:';
