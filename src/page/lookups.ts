/** What Mackerel's API tells of the alerts of a page. */
import { type AlertFacts, UNKNOWN_ID } from '../core/alert';
import { alertsOf } from '../core/escalation/book';
import type { Looked } from '../core/escalation/event';
import { isGoingOn, type State } from '../core/escalation/state';
import { factsOf, isClosed } from '../mackerel/api';
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
  const [worst] = alertsOf(state, state.page);
  if (!worst || !(mackerel || facts)) return null;
  const nameless = alertsOf(state, state.page).filter(isHalfKnown);
  const [mayWrite, ...found] = await Promise.all([
    mackerel && isToTry(state) ? mackerel.mayWrite(worst.id) : null,
    ...nameless.slice(0, MOST_NAMED).map(({ id }) => lookUp(services, id)),
  ]);
  const alerts = found.filter((alert) => alert !== null);
  const isNews = mayWrite !== null && mayWrite !== state.mayWrite;
  if (alerts.length === 0 && !isNews) return null;
  const learned = { alerts, ...(isNews && { mayWrite }), at: now() };
  return (await pages.apply({ kind: 'alerts-reported', ...learned }, null)).state;
}

const isHalfKnown = ({ monitor, value, threshold }: AlertFacts) =>
  monitor === undefined || (value !== undefined && threshold === undefined);

/** Once a page, for people change keys; where all is refused, nothing is learned about the key. */
const isToTry = ({ page, mayWrite }: State) =>
  !page?.isBlind && (page?.attempt === 0 || mayWrite === undefined);

async function lookUp({ mackerel, facts, now }: Services, id: string): Promise<AlertFacts | null> {
  const [told, answer] = await Promise.all([facts?.of(id) ?? null, mackerel?.alert(id)]);
  if (!mackerel || !answer?.ok) return told;
  const [names, url] = await Promise.all([mackerel.namesOf(answer.value), mackerel.urlOf(id)]);
  return { ...told, ...factsOf(answer.value, now()), ...names, ...(url && { url }) };
}
