/** What Mackerel's API tells of the alerts of a page. */
import { type AlertFacts, UNKNOWN_ID } from '../core/alert';
import { alertsOf } from '../core/escalation/book';
import type { Looked } from '../core/escalation/event';
import type { Blindness } from '../core/escalation/news';
import { isGoingOn, type State } from '../core/escalation/state';
import { factsOf, isClosed, type MackerelApi } from '../mackerel/api';
import type { Services } from '../services';

/** Alerts whose names are asked for at once: those that are spoken and the first in Slack. */
const MOST_NAMED = 5;

const NOTHING: Looked = { closed: [] };

/** The alerts of a page that Mackerel says are closed by now, or why it does not say. */
export async function closedAlerts({ mackerel }: Services, state: State | null): Promise<Looked> {
  const isAsked = state !== null && isGoingOn(state.page);
  const known = isAsked ? alertsOf(state, state.page).filter(({ id }) => id !== UNKNOWN_ID) : [];
  const [first, ...others] = known.map(({ id }) => id);
  if (!mackerel || first === undefined) return NOTHING;
  if (others.length === 0) {
    const answer = await mackerel.alert(first);
    if (!answer.ok) return { closed: [], blind: answer.why };
    return isClosed(answer.value) ? { closed: [first] } : NOTHING;
  }
  const answer = await mackerel.openAlerts();
  if (!answer.ok) return { closed: [], blind: answer.why };
  if (!answer.value.isAll) return NOTHING;
  const open = new Set(answer.value.alerts.map(({ id }) => id));
  return { closed: [first, ...others].filter((id) => !open.has(id)) };
}

/**
 * Learns what the alerts of a page are called and whether our key may write. Off the voice path: the phone
 * is ringing meanwhile. Gives the state with what was learned; null where nothing was.
 */
export async function learn(services: Services, state: State): Promise<State | null> {
  const { mackerel, facts, pages, now } = services;
  const all = alertsOf(state, state.page);
  if (all.length === 0 || !(mackerel || facts)) return null;
  const known = all.filter(({ id }) => id !== UNKNOWN_ID);
  const [worst] = known;
  const nameless = known.filter(isHalfKnown).slice(0, MOST_NAMED);
  const isTried = mackerel && isToTry(state);
  const [mayWrite, ...found] = await Promise.all([
    isTried && worst ? mackerel.mayWrite(worst.id) : null,
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
  return (await pages.apply({ kind: 'alerts-reported', ...learned }, null)).state;
}

const isHalfKnown = ({ monitor, value, threshold }: AlertFacts) =>
  monitor === undefined || (value !== undefined && threshold === undefined);

/** Once a page, for people change keys; where all is refused, nothing is learned about the key. */
const isToTry = ({ page, mayWrite }: State) =>
  !page?.isBlind && (page?.attempt === 0 || mayWrite === undefined);

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
