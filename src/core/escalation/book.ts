/** The alerts that a dial list knows: open ones, those that somebody took, and for a while those that closed. */
import { type AlertFacts, type AlertStatus, merged, UNKNOWN_ID, worstFirst } from '../alert';
import type { Page, State } from './state';

export type AlertRecord = AlertFacts & {
  /** The page that it is, or was last, the business of; none where it has only been reported. */
  readonly page?: string;
  readonly taken?: Taken;
  /** When Mackerel last called about it, where nothing tells how bad it is; when it was first heard of where left out. */
  readonly notifiedAt?: number;
  /** It joined while somebody listened, who has not heard of it. */
  readonly isNewcomer?: true;
  /** It joined after somebody had taken the page, and they have not heard of it. */
  readonly isUnheard?: true;
  /** Seconds since the epoch. Mackerel never opens a closed alert again, it raises another. */
  readonly closedAt?: number;
};

export type Taken = {
  readonly by: number;
  readonly at: number;
  /** How bad it was then: if it gets worse, it rings again. */
  readonly status?: AlertStatus;
  /** Whose turn it was when its page started, for that order is kept if it rings again; 0 where left out. */
  readonly turn?: number;
};

/** Seconds. A call or a re-send about a closed alert may come late; one about a forgotten alert rings again. */
const CLOSED_KEPT = 60 * 60;
const OPEN_KEPT = 7 * 24 * 60 * 60;
/** Sync holds 16 KiB, counted in bytes; the rest of the state needs five KiB of them. docs/sync/limits */
const MOST_ALERTS = 60;
/** Alerts of one page that the book takes in from the inbox; of the rest the page keeps only the number. */
export const MOST_OF_PAGE = 30;
/** From so many on, one alert more tells nobody anything, and writing it down would only be in the way. */
const CROWD = 12;
const MOST_BYTES = 9_500;

export const recordOf = (state: State, id: string): AlertRecord | undefined =>
  state.alerts.find((alert) => alert.id === id);

/** The open alerts of a page, the worst first. */
export function alertsOf(state: State, page: Pick<Page, 'id'> | null): readonly AlertRecord[] {
  return state.alerts
    .filter((alert) => page !== null && alert.page === page.id && alert.closedAt === undefined)
    .sort(worstFirst);
}

/** Those of them that Mackerel's API can be asked about. */
export const namedAlertsOf = (state: State, page: Pick<Page, 'id'> | null): readonly AlertRecord[] =>
  alertsOf(state, page).filter(isInApi);

/** Of one whose id got lost, nobody knows which it is; alert groups are not in Mackerel's API. */
export const isInApi = ({ id, isGroup }: AlertFacts): boolean => id !== UNKNOWN_ID && !isGroup;

/** What is known of the alert itself: whose business it was when this was read may have changed since. */
export function factsIn({
  page: _,
  taken: __,
  isNewcomer: ___,
  isUnheard: ____,
  closedAt: _____,
  notifiedAt: ______,
  ...facts
}: AlertRecord): AlertFacts {
  return facts;
}

/** How many open alerts a page is about, as far as anybody knows. */
export const countOf = (state: State, page: Page | null): number =>
  alertsOf(state, page).length + (page?.more ?? 0);

export const isCrowded = (state: State): boolean => alertsOf(state, state.page).length >= CROWD;

/** What a page is, or was, about: its open alerts, or those that have closed once none is open. */
export function subjectsOf(state: State, page: Pick<Page, 'id'>): readonly AlertRecord[] {
  const open = alertsOf(state, page);
  return open.length > 0 ? open : state.alerts.filter((alert) => alert.page === page.id).sort(worstFirst);
}

/** The latest that somebody took, open or closed by now. */
export function latestTaking({ alerts }: State): Taken | undefined {
  const takings = alerts.flatMap(({ taken }) => taken ?? []);
  return takings.reduce<Taken | undefined>(
    (latest, taken) => (latest && latest.at >= taken.at ? latest : taken),
    undefined,
  );
}

/** The state with what is newly known of an alert, and whatever else changes of its record. */
export function withAlert(state: State, fresh: AlertFacts, change: Partial<AlertRecord> = {}): State {
  const known = recordOf(state, fresh.id);
  const record = { ...(known ? merged(known, fresh) : fresh), ...change };
  if (known && JSON.stringify(record) === JSON.stringify(known)) return state;
  const alerts = known
    ? state.alerts.map((alert) => (alert.id === fresh.id ? record : alert))
    : [...state.alerts, record];
  return { ...state, alerts };
}

/** The state with some records changed. */
export function withRecords(state: State, change: (record: AlertRecord) => AlertRecord): State {
  return { ...state, alerts: state.alerts.map(change) };
}

/** Whoever listens hears of all that there is. */
export function withTold(state: State): State {
  const { page } = state;
  return { ...withNoNewcomer(state), page: page && { ...page, told: countOf(state, page) } };
}

/** The open alerts that joined a page after it was taken, and of which nobody has heard by phone. */
export const unheardOf = (state: State, page: Page): readonly string[] =>
  alertsOf(state, page).flatMap(({ id, isUnheard }) => (isUnheard ? [id] : []));

/** None is one any more. */
export function withNoNewcomer(state: State): State {
  if (!state.alerts.some(({ isNewcomer }) => isNewcomer)) return state;
  return withRecords(state, ({ isNewcomer: _, ...alert }) => alert);
}

/** The book without what is no longer of use, and within what Sync holds. */
export function tidied(state: State, at: number): State {
  const isOfUse = (alert: AlertRecord) =>
    (state.page !== null && alert.page === state.page.id) ||
    (alert.closedAt === undefined ? alert.heardAt > at - OPEN_KEPT : alert.closedAt > at - CLOSED_KEPT);
  const kept = state.alerts.filter(isOfUse);
  const alerts = slimmed(kept.length > MOST_ALERTS ? mostUseful(kept, state.page) : kept);
  const isTidy =
    alerts.length === state.alerts.length && alerts.every((alert, index) => alert === state.alerts[index]);
  return isTidy ? state : { ...state, alerts };
}

/** The open before the closed, among them those of the page first, the latest before the older. */
function mostUseful(alerts: readonly AlertRecord[], page: Page | null): AlertRecord[] {
  const rank = (alert: AlertRecord) => (alert.closedAt !== undefined ? 2 : alert.page === page?.id ? 0 : 1);
  return [...alerts]
    .sort((one, other) => rank(one) - rank(other) || other.heardAt - one.heardAt)
    .slice(0, MOST_ALERTS);
}

/** In a storm of alerts the details of most are of no use to anybody: they go before an alert does. */
function slimmed(alerts: readonly AlertRecord[]): readonly AlertRecord[] {
  if (bytesOf(alerts) <= MOST_BYTES) return alerts;
  let room = alerts.reduce((left, alert) => left - bytesOf(withoutDetails(alert)), MOST_BYTES);
  const slim = new Map<string, AlertRecord>();
  for (const alert of [...alerts].sort(worstFirst)) {
    const bare = withoutDetails(alert);
    const detailsOf = (version: AlertRecord) => bytesOf(version) - bytesOf(bare);
    const version = [alert, inBrief(alert)].find((one) => detailsOf(one) <= room) ?? bare;
    room -= detailsOf(version);
    slim.set(alert.id, version);
  }
  return alerts.map((alert) => slim.get(alert.id) ?? alert);
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const BRIEF_MESSAGE = 120;

/** What is spoken of it. */
function inBrief({
  url: _,
  imageUrl: __,
  roles: ___,
  notes: ____,
  formula: _____,
  message,
  ...alert
}: AlertRecord): AlertRecord {
  return { ...alert, ...(message && { message: message.slice(0, BRIEF_MESSAGE).toWellFormed() }) };
}

function withoutDetails({
  id,
  isGroup,
  heardAt,
  status,
  page,
  taken,
  isNewcomer,
  isUnheard,
  closedAt,
  notifiedAt,
}: AlertRecord): AlertRecord {
  return { id, isGroup, heardAt, status, page, taken, isNewcomer, isUnheard, closedAt, notifiedAt };
}
