/** A call of Mackerel's that ended without having asked us: number B did not answer, or our TwiML was not to be had. */
import { type AlertFacts, UNKNOWN_ID } from '../core/alert';
import { recordOf } from '../core/escalation/book';
import { hasBeenHere, mayHaveBeenHere } from '../core/escalation/starting';
import { isGoingOn, type State } from '../core/escalation/state';
import { factsOf } from '../mackerel/api';
import type { Services } from '../services';
import type { Outcome } from '../twilio/page-store';
import type { Versioned } from '../twilio/sync-document';
import { carryOut } from './direct';

export type MissedCall = { readonly call: string; readonly from: string; readonly wasAnswered: boolean };

/**
 * Whether a call had asked us before it ended. Where memory does not say, one that was answered had: nothing can be made
 * of it.
 */
export function wasHere(
  { call, wasAnswered }: MissedCall,
  stored: Versioned<State> | null,
  at: number,
): boolean {
  if (!stored) return wasAnswered;
  return hasBeenHere(stored.data, call) || (wasAnswered && mayHaveBeenHere(stored.data, at));
}

/**
 * Starts a page for it, in the direct way. Which alert it was about, Mackerel does not say with the end of a call:
 * the newest open one that nobody was rung about, where its API or its webhook tells.
 *
 * @param stored what Sync holds; null where it does not say
 */
export async function startMissed(
  services: Services,
  { call, from }: MissedCall,
  stored: Versioned<State> | null,
): Promise<string> {
  const { pages, news, now, turnAt } = services;
  const at = now();
  const [alert = nameless(at), ...others] = await unheardOf(services, stored?.data ?? null);
  const turn = turnAt(at);
  const decided = await pages.apply({ kind: 'call-missed', alert, call, way: 'direct', turn, at }, null);
  const outcome = await withOthers(services, decided, others);
  await news.tellOutcome(await carryOut(services, outcome, from));
  return outcome.step.kind;
}

const nameless = (heardAt: number): AlertFacts => ({ id: UNKNOWN_ID, heardAt });

/** Calls that end in the same moment all look for the newest: what else is as new belongs to the same page. */
async function withOthers<T extends Outcome>(
  { pages, now }: Services,
  outcome: T,
  alerts: readonly AlertFacts[],
): Promise<T> {
  const { page } = outcome.state;
  if (!isGoingOn(page) || alerts.length === 0) return outcome;
  const carried = { page: page.id, attempt: page.attempt, state: outcome.state, revision: outcome.revision };
  const joined = await pages.apply({ kind: 'alerts-joined', page: page.id, alerts, at: now() }, carried);
  return {
    ...outcome,
    state: joined.state,
    revision: joined.revision,
    news: [...outcome.news, ...joined.news],
  };
}

/** Seconds. What was told of longer ago may have closed since; and of what opened longer ago, nobody called just now. */
const STILL_TRUE = 10 * 60;
const JUST_NOW = 2 * 60;

/** The open alerts that nobody was rung about: the newest, and those that are about as new. */
async function unheardOf(
  { mackerel, facts, now }: Services,
  state: State | null,
): Promise<readonly AlertFacts[]> {
  const at = now();
  const [answer, told = []] = await Promise.all([mackerel?.openAlerts(), facts?.all()]);
  const open = answer?.ok ? answer.value.alerts.map((alert) => factsOf(alert, at)) : [];
  // Where its API tells nothing, the webhook may have.
  const reported = [...told, ...(state?.alerts ?? [])].filter(({ heardAt }) => at - heardAt <= STILL_TRUE);
  const isUnheardOf = ({ id }: AlertFacts) => {
    const record = state && recordOf(state, id);
    return !record?.page && record?.closedAt === undefined;
  };
  const since = ({ openedAt, heardAt }: AlertFacts) => openedAt ?? heardAt;
  const [newest, ...others] = (open.length > 0 ? open : reported)
    .filter(isUnheardOf)
    .sort((one, other) => since(other) - since(one));
  if (!newest) return [];
  return [newest, ...others.filter((alert) => at - since(alert) <= JUST_NOW)];
}
