import type { AlertDetails, AlertStatus, LoggedNews } from '../escalation';
import type { Trouble } from './poster';

/** How people and alerts are written, already escaped. */
export type Names = {
  name(member: number): string;
  /** Notifies the member if Slack knows them; a name does not notify. */
  mention(member: number): string;
  /** An alert in a few words. */
  alert(id: string): string;
  /** Alerts that one line has room for. */
  readonly listed: number;
};

/** How a page stands; once it is over, what became of its alerts. */
export type PageStanding =
  | {
      readonly kind: 'calling';
      readonly member: number;
      readonly place: number;
      readonly members: number;
      readonly round: number;
    }
  | { readonly kind: 'pausing' }
  /** `isLater`: they took it on a later page. */
  | { readonly kind: 'taken'; readonly by: number; readonly isTest?: boolean; readonly isLater?: boolean }
  | { readonly kind: 'all-passed' }
  /** `hasPasses`: somebody answered, and passed it on. */
  | { readonly kind: 'nobody'; readonly hasPasses: boolean }
  | { readonly kind: 'rung-again' }
  | { readonly kind: 'closed' }
  /** Closed after the page was over; `by` had taken it. */
  | { readonly kind: 'closed-since'; readonly by?: number; readonly hasPasses?: boolean };

/** One line for each kind of news; null if the page's own message says it already. */
export type Lines = {
  readonly [Kind in LoggedNews['kind']]: (
    news: Extract<LoggedNews, { kind: Kind }>,
    names: Names,
  ) => string | null;
};

export const lineFrom = (lines: Lines, news: LoggedNews, names: Names): string | null =>
  (lines[news.kind] as (news: LoggedNews, names: Names) => string | null)(news, names);

/** What Slack shows, in one language. In Slack's mark-up. */
export type Phrases = {
  readonly testPage: string;
  readonly alertOfUnknownName: string;
  alertGroup(name: string): string;
  readonly graph: string;
  openSince(when: string): string;
  andMore(alerts: number): string;
  standing(standing: PageStanding, names: Names): string;
  /**
   * @param people the members that are named
   * @param of how many members there are, if more than are named
   */
  order(people: string, of: number | null, rounds: number): string;
  /** One piece of news as a line; null if the page's own message says it already. */
  line(news: LoggedNews, names: Names): string | null;
  /** Mackerel's test button was pressed. */
  readonly connected: string;
  /** What belongs to no page, in one line. */
  trouble(what: Trouble): string;
  /** The workspace does not let us mention everybody in the channel. */
  readonly mentionForbidden: string;
  /** For when Slack takes nothing else: no names, no mark-up except an emoji. */
  readonly plain: { readonly [what in 'calling' | 'taken' | 'closed' | 'nobody']: string };
};

/** `2 min 5 s`, in the units given. */
export function duration(seconds: number, minuteUnit: string, secondUnit: string): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest}${secondUnit}`;
  return rest === 0 ? `${minutes}${minuteUnit}` : `${minutes}${minuteUnit}${rest}${secondUnit}`;
}

/** As many names as a message has room for, and the number of the rest. */
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
