/** A call of Mackerel's that ended without having asked us: number B did not answer, or our TwiML was not to be had. */
import { type AlertFacts, UNKNOWN_ID } from '../core/alert';
import { factsIn, recordOf } from '../core/escalation/book';
import { hasBeenHere, mayHaveBeenHere } from '../core/escalation/starting';
import { isGoingOn, type State } from '../core/escalation/state';
import type { Entry } from '../http/log';
import { factsOf } from '../mackerel/api';
import type { Services } from '../services';
import type { Outcome } from '../twilio/page-store';
import type { Versioned } from '../twilio/sync-document';
import { carryOut } from './direct';
import { cameOf } from './note';

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
 * Does for it what it would have done, in the direct way. Which alert it was about, Mackerel does not say with the end of
 * a call; where its API or its webhook tells which are open, there is but one that it can have been, mostly.
 *
 * @param stored what Sync holds; null where it does not say
 */
export async function startMissed(
  services: Services,
  { call, from }: MissedCall,
  stored: Versioned<State> | null,
): Promise<Entry> {
  const { pages, news, now, turnAt } = services;
  const suspected = await likeliest(services, stored?.data ?? null);
  // Looking may have taken seconds: a ring is timed from when it is decided.
  const at = now();
  const [alert = nameless(at), ...others] = suspected;
  const turn = turnAt(at);
  const decided = await pages.apply({ kind: 'call-missed', alert, call, way: 'direct', turn, at }, null);
  const outcome = await withOthers(services, decided, others);
  const last = await carryOut(services, outcome, from);
  await news.tellOutcome(last);
  return { page: last.state.page?.id, ...cameOf({ ...last, step: outcome.step }) };
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

/** Milliseconds in which what has just opened is told of, or listed. */
const TOLD_MS = 2_500;
/** What it takes after that to ring somebody, and to tell. */
const RING_MS = 2_000;
/** Where looking took longer, there is no time to do it twice. */
const SLOW_MS = 500;

/** What the call may have been about: what is new, the newest first; else what it was likeliest sent again for. */
async function likeliest(services: Services, state: State | null): Promise<readonly AlertFacts[]> {
  const startedAt = Date.now();
  const at = services.now();
  const first = await suspects(services, state, at);
  if (first.fresh.length > 0) return first.fresh;
  const isTold = services.mackerel !== null || services.facts !== null;
  const isLate = Date.now() + TOLD_MS + RING_MS > services.deadline;
  if (!isTold || isLate || Date.now() - startedAt > SLOW_MS) return first.others.slice(0, 1);
  // Nobody waits, and it may be one that nobody has told of yet.
  await new Promise((over) => setTimeout(over, TOLD_MS));
  const { fresh, others } = await suspects(services, state, at);
  return fresh.length > 0 ? fresh : others.slice(0, 1);
}

type Suspects = {
  /** What has just opened, and nobody was called about. */
  readonly fresh: readonly AlertFacts[];
  /** The likeliest first, but what would ring nobody behind what rings. */
  readonly others: readonly AlertFacts[];
};

async function suspects({ mackerel, facts }: Services, state: State | null, at: number): Promise<Suspects> {
  const isRecent = ({ heardAt }: AlertFacts) => at - heardAt <= STILL_TRUE;
  const [answer, heard = []] = await Promise.all([mackerel?.openAlerts(), facts?.all()]);
  const listed = answer?.ok ? answer.value.alerts.map((alert) => factsOf(alert, at)) : [];
  const book = state?.alerts ?? [];
  const recordIn = ({ id }: AlertFacts) => (state ? recordOf(state, id) : undefined);
  const isOpen = (alert: AlertFacts) => recordIn(alert)?.closedAt === undefined;
  const isKnown = (alert: AlertFacts) => recordIn(alert)?.page !== undefined;
  // Where its API tells nothing, the webhook may have.
  const told = listed.length > 0 ? listed : [...heard, ...book.map(factsIn)].filter(isRecent);
  const unheardOf = told
    .filter((alert) => isOpen(alert) && !isKnown(alert))
    .sort((one, other) => since(other) - since(one));
  // A re-send is posted at the moment of its call, too.
  const resent = (answer?.ok ? listed : heard.filter(({ heardAt }) => at - heardAt <= JUST_NOW)).filter(
    (alert) => isOpen(alert) && isKnown(alert),
  );
  const isHeld = (alert: AlertFacts) => recordIn(alert)?.taken !== undefined;
  const takenAt = (alert: AlertFacts) => recordIn(alert)?.taken?.at ?? 0;
  const held = resent.filter(isHeld).sort((one, other) => takenAt(one) - takenAt(other));
  const closed = book.filter(({ closedAt = 0 }) => at - closedAt <= JUST_NOW).map(factsIn);
  return {
    fresh: unheardOf.filter((alert) => at - since(alert) <= JUST_NOW),
    others: [...resent.filter((alert) => !isHeld(alert)), ...unheardOf, ...held, ...closed],
  };
}

const since = ({ openedAt, heardAt }: AlertFacts) => openedAt ?? heardAt;
