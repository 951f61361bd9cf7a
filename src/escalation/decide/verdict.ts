/** What a notification leads to: the most important rule of the product, and the order in which its parts count. */
import type { DialList } from '../../dial-list/list';
import { PAGE } from '../../platform/budget';
import { isWorse, type TrackedAlert, UNKNOWN_ID, withFacts } from '../alert';
import { alertIn, alertsOf, isOnPage, latestPageOf } from '../alerts';
import type { Notify } from '../command';
import { isGoingOn, type Page } from '../page';
import type { State } from '../state';
import { settledAs } from './flapping';
import { begunAt, isTimeToRepeat } from './repeat';
import { isJustTaken } from './take';

export type Verdict =
  /** The call that carries the page asks again. */
  | 'asked-again'
  /** The call ended before its page began, so the page goes on without it. */
  | 'begun-too-late'
  /** A call that has asked before asks again. */
  | 'was-here'
  | 'closed'
  /** Somebody has the alert, and nobody is rung for a while. */
  | 'quiet'
  /** It flaps: the member who took it before has it again. */
  | 'settles'
  /** It joins a page whose call has died unnoticed, and carries that page on. */
  | 'revives'
  /** It is on the page that goes on, or joins it. */
  | 'joins'
  /** A member has just taken the page and is still on the phone, so no call of ours would reach them: it is theirs. */
  | 'joins-behind'
  /** It was open when somebody took the page, and its own call was only late: it is theirs. */
  | 'joins-late'
  /** Nobody answered the last time, and it is not yet time to ring again. */
  | 'too-soon'
  | 'starts';

/** A notification, with what is known of its alert. */
export type Notified = {
  readonly list: DialList;
  readonly state: State;
  readonly command: Notify;
  /** The alert as it was known before; undefined if it is new. */
  readonly before: TrackedAlert | undefined;
  /** The alert with what the notification brings. */
  readonly alert: TrackedAlert;
};

/** The first that applies is the verdict; if none does, the alert starts a page. */
const VERDICTS: readonly (readonly [Verdict, (notified: Notified) => boolean])[] = [
  ['asked-again', ({ state, command }) => command.way === 'bridge' && isOnLine(state.page, command)],
  ['begun-too-late', ({ state, command }) => isOnLine(state.page, command)],
  ['was-here', wasHere],
  ['closed', ({ alert, command }) => command.isClosed === true || alert.closedAt !== undefined],
  ['quiet', (notified) => quietUntil(notified) > notified.command.at],
  [
    'settles',
    ({ list, state, alert, command }) => settledAs(list, state, { alert, at: command.at }) !== null,
  ],
  ['revives', ({ state, command }) => isSilent(state.page, command.at)],
  ['joins', ({ state }) => isGoingOn(state.page)],
  ['joins-behind', isTakerListening],
  ['joins-late', isLate],
  ['too-soon', isTooSoon],
];

export const verdictOf = (list: DialList, state: State, command: Notify): Verdict =>
  verdictOn(notifiedOf(list, state, command));

export const verdictOn = (notified: Notified): Verdict =>
  VERDICTS.find(([, holds]) => holds(notified))?.[0] ?? 'starts';

/** Whether no phone would ring for it, because a page or a taker already has it. */
export const wouldOnlyJoin = (list: DialList, state: State, command: Notify): boolean =>
  ['joins', 'joins-behind', 'joins-late'].includes(verdictOf(list, state, command));

export function notifiedOf(list: DialList, state: State, command: Notify): Notified {
  const { alert: fresh, at } = command;
  const before = alertIn(state, fresh.id);
  const notifiedAt = before && saysNoStatus(command) ? { notifiedAt: at } : {};
  const alert = {
    ...withFacts(before ?? { id: fresh.id, heardAt: fresh.heardAt }, fresh, at),
    ...notifiedAt,
  };
  return { list, state, command, before, alert };
}

/** Whether a call is the one that carries a page. */
export const isOnLine = (page: Page | null, { call }: { readonly call: string }) =>
  call !== '' && page?.way === 'bridge' && page.call === call;

/** The end of a call's SID tells it from others. */
export const callName = (call: string) => call.slice(-8);

function wasHere({ alert, command: { call } }: Notified): boolean {
  const hasCome = alert.page !== undefined || alert.closedAt !== undefined;
  return call !== '' && hasCome && alert.call === callName(call);
}

/** Whether a page that goes on has shown no sign of life for too long. */
export const isSilent = (page: Page | null, at: number) => isGoingOn(page) && at > page.until;

/**
 * Seconds since the epoch until which nobody is rung because somebody has the alert; 0 if nobody has it, or it got
 * worse.
 */
export function quietUntil(notified: Notified): number {
  const { list, alert } = notified;
  // The alert of unknown id that they took may have been another one.
  if (!alert.taken || alert.id === UNKNOWN_ID) return 0;
  return hasGotWorse(alert) || mayBeWorse(notified) ? 0 : alert.taken.at + list.quietMinutes * 60;
}

/** The alert is worse than when somebody took it. */
export const hasGotWorse = ({ taken, status }: TrackedAlert) =>
  taken !== undefined && isWorse(status, taken.status);

/** A call of Mackerel's, while neither its API nor its webhook says how bad the alert is. */
const saysNoStatus = ({ alert, way }: Notify) => way === 'bridge' && alert.status === undefined;

/**
 * Mackerel calls before a re-send is due, so the alert's status has changed. If nothing says how, it may have got
 * worse, unless it was critical before.
 */
export function mayBeWorse({ before, alert: { taken, status }, command }: Notified): boolean {
  if (!before || !taken || command.isNew || !saysNoStatus(command)) return false;
  const last = before.notifiedAt ?? before.heardAt;
  const isSooner = command.at < last + PAGE.soonestResendSeconds - PAGE.earlySeconds;
  return isSooner && (taken.status ?? status) !== 'critical';
}

/** Whether the alert was on a page before this notification. */
export const wasOn = ({ before }: Notified, page: Page) => before !== undefined && isOnPage(before, page);

function isTakerListening({ state: { page }, command: { at, shut } }: Notified): boolean {
  return isJustTaken(page, at) && page.id !== shut;
}

/**
 * The alert was open when somebody took the page, and its call comes only now: Twilio dials one call a second unless
 * it was asked for more (docs/glossary/cps), so in a storm Mackerel's calls queue. Nobody is rung twice for one
 * outage, unless this alert is worse than what the taker has, or the taker has nothing open any more.
 */
function isLate({ list, state, alert, command: { at } }: Notified): boolean {
  const { page } = state;
  const { openedAt } = alert;
  if (page?.end?.kind !== 'taken' || page.isTest || openedAt === undefined || alert.page) return false;
  const [worst] = alertsOf(state, page);
  if (!worst || isWorse(alert.status, worst.status)) return false;
  const wasOpen = openedAt >= page.startedAt - PAGE.togetherSeconds && openedAt <= page.end.at;
  return wasOpen && at < page.end.at + Math.min(list.quietMinutes * 60, PAGE.togetherSeconds);
}

/** If the webhook starts pages, re-sends may come more often than people want to be rung. */
function isTooSoon({ list, state, before, command: { alert, at } }: Notified): boolean {
  if (list.start === 'call' || before?.page === undefined || before.taken) return false;
  if (isWorse(alert.status, before.status)) return false;
  const rungAt = latestPageOf(state, before.page)?.startedAt ?? begunAt(before.page);
  return !isTimeToRepeat(list, rungAt, at);
}
