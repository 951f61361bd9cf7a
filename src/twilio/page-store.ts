/** Where pages are decided: each event is put to the state in Sync, and saved only if nobody else was faster. */
import type { DialList } from '../core/dial-list';
import { recordOf } from '../core/escalation/book';
import { type CallerEvent, decide, type MemberEvent } from '../core/escalation/decide';
import { type Decision, hangUp } from '../core/escalation/decision';
import type { AlertNotified, Event } from '../core/escalation/event';
import { markDegraded, reconcile } from '../core/escalation/memory';
import { emptyState, isGoingOn, type State } from '../core/escalation/state';
import type { CallerStep, MemberStep, Step } from '../core/escalation/step';
import type { Continuation } from './continuation';
import type { Inbox } from './inbox';
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
  readonly warn: (message: string) => void;
};

/** How long a caller waits for it: while the document is contested, nobody can be rung. */
const HURRIED = { tries: 6, patienceMs: 1_500, jitterMs: 120 };
/** What waits behind nobody's ear may let the others go first. */
const PATIENT = { tries: 12, patienceMs: 4_000, jitterMs: 250 };
/** Facts alone are not worth a contest: the call that they are about brings the alert anyway. */
const CASUAL = { tries: 2, patienceMs: 1_500, jitterMs: 120 };

const MANNERS: Partial<Record<Event['kind'], typeof HURRIED>> = {
  'alert-reported': CASUAL,
  placed: PATIENT,
  'alerts-joined': PATIENT,
  'alerts-closed': PATIENT,
};

export function pageStore({ list, document, inbox, warn }: Options): PageStore {
  async function apply(event: Event, carried: Continuation | null, reading?: Reading): Promise<Outcome> {
    const startedAt = Date.now();
    const { tries: most, patienceMs, jitterMs } = MANNERS[event.kind] ?? HURRIED;
    let known = atHand(carried);
    let last = known;
    for (let tries = 1; ; tries++) {
      try {
        known ??= await (tries === 1 && reading ? reading : readOrEmpty());
        last = known;
        return await decideAndSave(event, carried, known);
      } catch (fault) {
        const isWorthAnother = fault instanceof Conflict || (fault instanceof SyncFailure && fault.isPassing);
        const setAside =
          event.kind === 'alert-notified' && isWorthAnother ? await putAside(event, last?.data) : null;
        if (setAside) return setAside;
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
    const decision = decide(list, before, event);
    if (decision.state === known.data) return { ...decision, revision: known.revision || null };
    const revision = await document.write(decision.state, known.revision || null);
    return { ...decision, revision };
  }

  /**
   * An alert that would join the page, in a storm in which everybody wants to write: it is put aside, an item of
   * its own. It is looked after only if the page is still going on *afterwards*, for whoever ends a page looks into
   * the inbox after that. Null where it has to be decided after all.
   */
  async function putAside(
    { alert, call, at }: AlertNotified,
    before: State | undefined,
  ): Promise<Outcome<CallerStep> | null> {
    const page = before?.page ?? null;
    const isHeld = before !== undefined && recordOf(before, alert.id)?.taken !== undefined;
    if (!before || !isGoingOn(page) || page.call === call || at > page.until || isHeld) return null;
    try {
      await inbox.put(page.id, { alert, call });
      // Too many ask at once to be told: then it rings, as far as anybody knows, and an answer is near.
      const now = await document
        .read()
        .catch((fault) => (isTooMany(fault) ? { data: before, revision: '' } : null));
      const isLookedAfter = isGoingOn(now?.data.page ?? null) && now?.data.page?.id === page.id;
      return now && isLookedAfter
        ? { state: now.data, step: hangUp, news: [], revision: now.revision || null }
        : null;
    } catch {
      return null;
    }
  }

  async function readOrEmpty(): Reading {
    return (await document.read()) ?? { data: emptyState, revision: '' };
  }

  /** @param hasFailed Sync did; where it was only contested, there is nothing to tell */
  function withoutMemory(
    event: Event,
    read: State | null,
    carried: Continuation | null,
    hasFailed: boolean,
  ): Outcome {
    const before = read ? reconcile(read, carried?.state ?? null, event.at) : (carried?.state ?? emptyState);
    const decision = decide(list, before, event);
    const state = hasFailed ? markDegraded(decision.state, event.at) : decision.state;
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
    read: () => document.read().catch(() => null),
  };
}

/** What the callback carries, if Sync held just that. */
function atHand(carried: Continuation | null): Versioned<State> | null {
  return carried?.state && carried.revision !== null
    ? { data: carried.state, revision: carried.revision }
    : null;
}

const isTooMany = (fault: unknown) => fault instanceof SyncFailure && fault.isPassing;

const jitter = (most: number) => new Promise((over) => setTimeout(over, Math.random() * most));
