/** Where pages are decided: each event is put to the state in Sync, and saved only if nobody else was faster. */
import type { DialList } from '../core/dial-list';
import { type CallerEvent, decide, type MemberEvent } from '../core/escalation/decide';
import { after, type Decision } from '../core/escalation/decision';
import type { Event } from '../core/escalation/event';
import { isState } from '../core/escalation/is-state';
import { markDegraded, reconcile } from '../core/escalation/memory';
import { hasBeenHere, isAskedForAtEnd } from '../core/escalation/starting';
import { emptyState, isGoingOn, pageOf, type State } from '../core/escalation/state';
import type { CallerStep, MemberStep, Step } from '../core/escalation/step';
import { isJustTaken } from '../core/escalation/take';
import { apartFrom, type Brought, bringsAlert, broughtAlerts } from './brought';
import type { Continuation } from './continuation';
import type { Inbox } from './inbox';
import type { ProcessMemory } from './process-memory';
import { Conflict, type SyncDocument, SyncFailure, type Versioned } from './sync-document';

export type Outcome<S extends Step = Step> = Decision<S> & {
  /** Of the state in Sync; null where Sync does not hold it. */
  readonly revision: string | null;
};

/** A read of the state that is under way while something else is waited for. */
export type Reading = Promise<Versioned<State>>;

export type PageStore = {
  /** Begins to read, so that a first event need not. */
  reading(): Reading;
  /** Decides an event. Never fails: without Sync it decides on what the callback carries. */
  apply(event: CallerEvent, carried: Continuation | null, reading?: Reading): Promise<Outcome<CallerStep>>;
  apply(event: MemberEvent, carried: Continuation | null): Promise<Outcome<MemberStep>>;
  /** The state as Sync holds it; null where there is none, or Sync cannot be read. */
  read(): Promise<Versioned<State> | null>;
};

type Options = {
  readonly list: DialList;
  readonly document: SyncDocument<State>;
  readonly inbox: Inbox;
  /** None where left out. */
  readonly memory?: ProcessMemory;
  /** Milliseconds since the epoch after which nothing is done but what must be: people have to be told yet. */
  readonly hurryAt?: number;
  readonly warn: (message: string) => void;
};

/** How long a caller waits for it: while the document is contested, nobody can be rung. */
const HURRIED = { tries: 6, patienceMs: 1_500, jitterMs: 120 };
/** What waits behind nobody's ear may let the others go first. */
const PATIENT = { tries: 12, patienceMs: 4_000, jitterMs: 250 };
/** Facts alone are not worth a contest: the call that they are about brings the alert anyway. */
const CASUAL = { tries: 2, patienceMs: 1_500, jitterMs: 120 };

/** In a storm somebody is being rung already, or has just taken what was rung for: a call that waits to hear so wakes nobody twice. */
const CROWDED = { tries: 12, patienceMs: 2_200, jitterMs: 150 };

const MANNERS: Partial<Record<Event['kind'], typeof HURRIED>> = {
  'alerts-reported': CASUAL,
  placed: PATIENT,
  'alerts-joined': PATIENT,
  'alerts-closed': PATIENT,
};

export function pageStore({ list, document, inbox, memory, hurryAt = Infinity, warn }: Options): PageStore {
  const brought = broughtAlerts(inbox);

  async function apply(given: Event, carried: Continuation | null, reading?: Reading): Promise<Outcome> {
    const startedAt = Date.now();
    const event: Event = { ...given, decider: Math.random().toString(36).slice(2, 8) };
    let known = atHand(carried);
    let last = known;
    for (let tries = 1; ; tries++) {
      try {
        known ??= await (tries === 1 && reading ? reading : readOrEmpty());
        last = known;
        if (!bringsAlert(event)) return await decideAndSave(event, carried, known);
        return (await brought.withoutWriting(event, known, tries)) ?? (await decideBrought(event, known));
      } catch (fault) {
        const isWorthAnother = fault instanceof Conflict || (fault instanceof SyncFailure && fault.isPassing);
        const setAside = bringsAlert(event) && isWorthAnother ? await brought.putAside(event, last) : null;
        if (setAside) return setAside;
        const { tries: most, patienceMs, jitterMs } = mannersOf(event, fault, last?.data);
        if (!isWorthAnother || tries >= most || Date.now() - startedAt > patienceMs) {
          warn(`Sync failed at ${event.kind}: ${(fault as Error).message}`);
          return withoutMemory(event, last?.data ?? null, carried, !(fault instanceof Conflict));
        }
        known = null;
        await jitter(tries * jitterMs);
      }
    }
  }

  async function decideAndSave(
    event: Event,
    carried: Continuation | null,
    known: Versioned<State>,
  ): Promise<Outcome> {
    const before = carried ? reconcile(known.data, carried.state, event.at) : known.data;
    const decision = await decideWithAside(before, event);
    if (decision.state === known.data) return { ...decision, revision: known.revision || null };
    const isNew = known.data === emptyState;
    const state = isNew ? { ...decision.state, begun: event.at } : decision.state;
    const revision = await document.write(state, known.revision || null);
    const outcome = { ...decision, state, revision };
    const { page } = before;
    const over = isGoingOn(page) ? pageOf(decision.state, page.id) : null;
    return over?.end && !over.isSwept && page ? await swept(event, outcome, page.id) : outcome;
  }

  /**
   * What was put aside is looked for before a page is said to have closed, lest it were open still; and where a page is
   * over, and whoever ended it could not look.
   */
  async function decideWithAside(before: State, event: Event): Promise<Decision> {
    const moved = await moveFromReplaced(before, event);
    if (moved) return after(moved, await decideWithAside(moved.state, event));
    const decision = decide(list, before, event);
    const { page } = before;
    if (!page || page.isSwept || event.aside) return decision;
    const wouldClose = isGoingOn(page) && pageOf(decision.state, page.id)?.end?.kind === 'closed';
    // What is left of one that closed is for the page that begins next.
    const isLeft = page.end && (page.end.kind !== 'closed' || decision.state.page?.id !== page.id);
    const aside = (wouldClose || isLeft) && (await inbox.close(page.id));
    return aside ? decide(list, before, { ...event, aside }) : decision;
  }

  /**
   * Sync was away as one page ended and the next one began, and believes that the first goes on: what was put aside for
   * that is this one's, for nobody else would look. Null where there is no such page, or it could not be looked into.
   */
  async function moveFromReplaced(before: State, { at }: Event): Promise<Decision | null> {
    const { previous } = before;
    if (!previous || previous.end || previous.isSwept) return null;
    const aside = await inbox.close(previous.id);
    return aside && decide(list, before, { kind: 'alerts-joined', page: previous.id, alerts: [], aside, at });
  }

  /** A page has just ended: what was put aside for it shares its end. */
  async function swept(event: Event, ended: Outcome, page: string): Promise<Outcome> {
    const { at } = event;
    // Whatever comes next looks into it: that nobody answered must be told while there is time.
    if (Date.now() > hurryAt) return ended;
    const aside = await inbox.close(page);
    // Told only where Sync stays away, for else whatever comes next looks again.
    if (!aside) return { ...ended, news: [...ended.news, { kind: 'degraded', page, at }] };
    if (aside.alerts.length + aside.closed.length === 0) return ended;
    const areTold = event.kind === 'key-pressed' || event.kind === 'answered';
    const joined = await apply(
      { kind: 'alerts-joined', page, alerts: [], aside, areTold, at },
      from(ended, page),
    );
    return { ...joined, step: ended.step, news: [...ended.news, ...joined.news] };
  }

  const from = ({ state, revision }: Outcome, page: string): Continuation => ({
    page,
    attempt: 0,
    state,
    revision,
  });

  async function decideBrought(event: Brought, known: Versioned<State>): Promise<Outcome> {
    const asideFor = await brought.pageAsideFor(event.alert.id, known.data);
    const outcome = await decideAndSave(asideFor ? { ...event, asideFor } : event, null, known);
    const isForgotten = outcome.state === known.data && !hasBeenHere(known.data, event.call);
    if (isForgotten && event.call && isAskedForAtEnd(known.data)) await inbox.noteCall(event.call);
    return outcome;
  }

  async function readOrEmpty(): Reading {
    const stored = await document.read();
    return stored && isState(stored.data) ? stored : { data: emptyState, revision: stored?.revision ?? '' };
  }

  /** An alert rings on its own, unless this very process has just begun a page that its phone rings for. */
  function decideAlone(event: Brought, known: State, hasFailed: boolean): Decision {
    const begun = hasFailed ? memory?.begunJustNow(event.at) : null;
    if (!begun) return decide(list, apartFrom(event, known), event);
    const { state, step, news } = decide(list, begun, event);
    const unheard = news.map((item) =>
      item.kind === 'joined' ? ({ ...item, kind: 'joined-unheard' } as const) : item,
    );
    return { state, step, news: unheard };
  }

  /** @param hasFailed Sync did; where it was only contested, there is nothing to tell */
  function withoutMemory(
    event: Event,
    read: State | null,
    carried: Continuation | null,
    hasFailed: boolean,
  ): Outcome {
    const theirs = carried?.state ?? null;
    const known =
      read && !beganPast(read, carried) ? reconcile(read, theirs, event.at) : (theirs ?? emptyState);
    const decision = bringsAlert(event) ? decideAlone(event, known, hasFailed) : decide(list, known, event);
    const state = hasFailed ? markDegraded(decision.state, event.at) : decision.state;
    if (bringsAlert(event) && hasFailed && decision.state !== known) memory?.keep(state);
    const added = state.newsCount - decision.state.newsCount;
    const news = [...decision.news, ...state.news.slice(state.news.length - added)];
    return { ...decision, state, news, revision: null };
  }

  return {
    reading() {
      const reading = readOrEmpty();
      // Whoever waits for it hears of a failure; until then it must not count as unhandled.
      reading.catch(() => {});
      return reading;
    },
    apply: apply as PageStore['apply'],
    read: async () => {
      const stored = await document.read().catch(() => null);
      return stored && isState(stored.data) ? stored : null;
    },
  };
}

/** What the callback carries, if Sync held just that. */
function atHand(carried: Continuation | null): Versioned<State> | null {
  return carried?.state && carried.revision !== null
    ? { data: carried.state, revision: carried.revision }
    : null;
}

/** Their page goes on, and Sync holds another: what were handed over to it and not saved would be nobody's. */
function beganPast(read: State, carried: Continuation | null): boolean {
  const page = carried?.state?.page ?? null;
  return isGoingOn(page) && page.id === carried?.page && !pageOf(read, page.id);
}

function mannersOf(event: Event, fault: unknown, known: State | undefined): typeof HURRIED {
  const isBehindTake = known !== undefined && isJustTaken(known.page, event.at);
  const isCrowd = isBehindTake || (fault instanceof SyncFailure && fault.isCrowded);
  if (isCrowd && bringsAlert(event)) return CROWDED;
  return isHeard(event) ? HURRIED : (MANNERS[event.kind] ?? HURRIED);
}

/** A member waits on the line to hear what came of it. */
const isHeard = (event: Event) =>
  (event.kind === 'alerts-joined' && event.areTold) ||
  (event.kind === 'alerts-closed' && event.by !== undefined);

const jitter = (most: number) => new Promise((over) => setTimeout(over, Math.random() * most));
