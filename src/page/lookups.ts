/** What Mackerel's API tells of the alerts of a page. */
import type { AlertFacts } from '../core/alert';
import { alertsOf, isInApi, namedAlertsOf } from '../core/escalation/book';
import type { Looked } from '../core/escalation/event';
import type { Blindness } from '../core/escalation/news';
import { isGoingOn, type State } from '../core/escalation/state';
import { warn } from '../http/log';
import { within } from '../http/time-limit';
import { factsOf, isClosed, type MackerelApi } from '../mackerel/api';
import type { Services } from '../services';
import { type Continuation, caughtUp } from '../twilio/continuation';
import type { Versioned } from '../twilio/sync-document';

/** Alerts whose names are asked for at once: those that are spoken and the first in Slack. */
const MOST_NAMED = 5;

type Seen = Looked & { readonly closed: readonly string[] };

const NOTHING: Seen = { closed: [] };

/** What Mackerel says before anybody else is rung, and the state that it is about. */
type Looking = { readonly look: Looked; readonly latest: Continuation };

/**
 * The alerts of a page that Mackerel says are closed by now, or why it does not say. A callback's URL knows but those
 * of when its ring began, and of many the first two: so Sync is read meanwhile, and what joined is asked about as well.
 *
 * @param stored what was read of Sync just now; left out, or null, it is read where there is an API to ask
 */
export async function closedAlerts(
  { mackerel, pages, inbox, now }: Services,
  carried: Continuation,
  stored: Versioned<State> | null = null,
): Promise<Looking> {
  if (!mackerel) return { look: NOTHING, latest: carried };
  const until = Date.now() + PATIENCE_MS;
  const ids = idsOf(carried);
  const [first, read] = await Promise.all([
    lookAt(mackerel, ids, until),
    stored ?? pages.reading().catch(() => null),
  ]);
  const latest = read ? caughtUp(read, carried, now()) : carried;
  const all = idsOf(latest);
  const joined = all.filter((id) => !ids.includes(id));
  if (first.blind || Date.now() > until) return { look: first, latest };
  const look = both(first, await lookAt(mackerel, joined, until));
  const isOver = all.length > 0 && !look.blind && all.every((id) => look.closed.includes(id));
  if (!isOver || Date.now() > until) return { look, latest };
  // The page would be over, but for what was put aside for it, and may have closed as well.
  const aside = (await inbox.of(latest.page))?.alerts ?? [];
  const hidden = aside
    .filter(isInApi)
    .map(({ id }) => id)
    .filter((id) => !all.includes(id));
  if (Date.now() > until) return { look, latest };
  return { look: both(look, await lookAt(mackerel, hidden, until)), latest };
}

/** The alerts that a page rings for, the worst first. Of one whose id got lost, nobody can be asked. */
function idsOf({ state, page }: Continuation): readonly string[] {
  if (!state || !isGoingOn(state.page) || state.page.id !== page) return [];
  return namedAlertsOf(state, state.page).map(({ id }) => id);
}

/** Alerts that are asked about one by one at once: their own answer is never late, as a list may be. */
const MOST_ASKED = 5;
/** Milliseconds after which nobody is asked anything more: somebody waits to be rung. */
const PATIENCE_MS = 2_000;

/** Those of some alerts that Mackerel says are closed. */
export const closedAmong = async (
  mackerel: MackerelApi,
  ids: readonly string[],
): Promise<readonly string[]> => (await lookAt(mackerel, ids, Date.now() + PATIENCE_MS)).closed;

async function lookAt(mackerel: MackerelApi, ids: readonly string[], until: number): Promise<Seen> {
  if (ids.length <= MOST_ASKED) return askedAbout(mackerel, ids);
  const answer = await mackerel.openAlerts();
  if (!answer.ok) return { closed: [], blind: answer.why };
  const open = new Set(answer.value.alerts.map(({ id }) => id));
  const unlisted = ids.filter((id) => !open.has(id));
  return answer.value.isAll ? { closed: unlisted } : oneByOne(mackerel, unlisted, until);
}

/** More are open than Mackerel lists at once. One that is open is enough to ring for: the rest wait for the next ring. */
async function oneByOne(mackerel: MackerelApi, ids: readonly string[], until: number): Promise<Seen> {
  let seen = NOTHING;
  while (seen.closed.length < ids.length && Date.now() < until) {
    const few = ids.slice(seen.closed.length, seen.closed.length + MOST_ASKED);
    const look = await askedAbout(mackerel, few);
    seen = both(seen, look);
    if (look.closed.length < few.length) break;
  }
  return seen;
}

async function askedAbout(mackerel: MackerelApi, ids: readonly string[]): Promise<Seen> {
  const answers = await Promise.all(ids.map((id) => mackerel.alert(id)));
  const [blind] = answers.flatMap((answer) => (answer.ok ? [] : [answer.why]));
  const closed = ids.filter((_, nth) => {
    const answer = answers[nth];
    return answer?.ok && isClosed(answer.value);
  });
  return { closed, ...(blind && { blind }) };
}

const both = (one: Seen, other: Seen): Seen => ({
  ...other,
  ...one,
  closed: [...one.closed, ...other.closed],
});

/**
 * Learns what the alerts of a page are called and whether our key may write. Off the voice path: the phone
 * is ringing meanwhile. Gives the state with what was learned; null where nothing was.
 */
export async function learn(services: Services, state: State): Promise<State | null> {
  const left = services.deadline - LEFT_TO_TELL_MS - Date.now();
  return within(
    Math.min(MOST_LEARNING_MS, Math.max(0, left)),
    'there was no time left',
    newlyLearned(services, state),
  ).catch((fault: Error) => {
    warn(`Could not learn what the alerts are called: ${fault.message}`);
    return null;
  });
}

/** Milliseconds. People are told of what happens even where nobody says what it is about. */
const LEFT_TO_TELL_MS = 1_500;
const MOST_LEARNING_MS = 8_000;

async function newlyLearned(services: Services, state: State): Promise<State | null> {
  const { mackerel, facts, pages, now } = services;
  const all = alertsOf(state, state.page);
  if (all.length === 0 || !(mackerel || facts)) return null;
  const known = namedAlertsOf(state, state.page);
  const nameless = known.filter((alert) => isHalfKnown(alert, mackerel)).slice(0, MOST_NAMED);
  const isTried = mackerel && isToTry(state);
  const [mayWrite, ...found] = await Promise.all([
    isTried ? mackerel.mayWrite() : null,
    ...(isTried && nameless.length === 0
      ? [justLooked(mackerel)]
      : nameless.map(({ id }) => lookUp(services, id))),
  ]);
  const alerts = found.flatMap(({ alert }) => alert ?? []);
  // Where all is refused, as from another address than the key is for, it is not the right to write that is missing.
  const mayRead = found.some(({ blind }) => blind === undefined);
  const blind = mayRead || state.page?.isBlind ? undefined : found[0]?.blind;
  const isNews = mayWrite !== null && mayWrite !== state.mayWrite && (mayWrite || mayRead);
  if (alerts.length === 0 && !isNews && !blind) return null;
  const learned = { alerts, ...(isNews && { mayWrite }), ...(blind && { blind }), at: now() };
  const { state: latest, revision } = await pages.apply({ kind: 'alerts-reported', ...learned }, null);
  // News that Sync does not hold must not be counted as told: as many later ones would be left out.
  return revision === null ? null : latest;
}

/**
 * Thresholds are the monitor's, and display names the host's, which the API tells; the webhook has told of them if it ever
 * will. Only hosts have roles.
 */
const isHalfKnown = (alert: AlertFacts, mackerel: MackerelApi | null) =>
  alert.monitor === undefined ||
  (mackerel !== null &&
    ((alert.value !== undefined && alert.threshold === undefined) ||
      (alert.roles !== undefined && !alert.isDisplayName)));

/** Once a page, for people change keys; where all is refused, nothing is learned about the key. */
const isToTry = ({ page, mayWrite }: State) =>
  !page?.isBlind && ((page?.attempt === 0 && page.leg === 'ringing') || mayWrite === undefined);

type Found = {
  /** Null where nobody has told anything. */
  readonly alert: AlertFacts | null;
  /** Mackerel's API was asked, and did not tell. */
  readonly blind?: Blindness;
};

/** Nothing is to be learned but whether Mackerel tells us anything. */
async function justLooked(mackerel: MackerelApi): Promise<Found> {
  const answer = await mackerel.openAlerts();
  return { alert: null, ...(!answer.ok && { blind: answer.why }) };
}

async function lookUp({ mackerel, facts, now }: Services, id: string): Promise<Found> {
  const [told, answer] = await Promise.all([facts?.of(id) ?? null, mackerel?.alert(id)]);
  if (!mackerel || !answer) return { alert: told };
  if (!answer.ok) return { alert: told, blind: answer.why };
  const [names, url] = await Promise.all([mackerel.namesOf(answer.value), mackerel.urlOf(id)]);
  return { alert: { ...told, ...factsOf(answer.value, now()), ...names, ...(url && { url }) } };
}
