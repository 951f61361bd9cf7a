/** Where pages are decided: each event is put to the state in Sync, and saved only if nobody else was faster. */
import type { DialList } from '../core/dial-list';
import { decide } from '../core/escalation/decide';
import type { Decision } from '../core/escalation/decision';
import type { Event } from '../core/escalation/event';
import { markDegraded, reconcile } from '../core/escalation/memory';
import { emptyState, type State } from '../core/escalation/state';
import type { CallerStep, MemberStep, Step } from '../core/escalation/step';
import type { Continuation } from './continuation';
import { Conflict, type SyncDocument, SyncFailure, type Versioned } from './sync-document';

export type Outcome<S extends Step = Step> = Decision<S> & {
  /** Of the state in Sync; null where Sync does not hold it. */
  readonly revision: string | null;
};

export type MemberEvent = Extract<Event, { kind: 'answered' | 'key-pressed' }>;
export type CallerEvent = Exclude<Event, MemberEvent>;

export type PageStore = {
  /** Decides an event. Never fails: without Sync it decides on what the callback carries. */
  apply(event: CallerEvent, carried: Continuation | null): Promise<Outcome<CallerStep>>;
  apply(event: MemberEvent, carried: Continuation | null): Promise<Outcome<MemberStep>>;
  /** The state as Sync holds it; null where Sync cannot be read. */
  read(): Promise<Versioned<State> | null>;
};

type Options = {
  readonly list: DialList;
  readonly document: SyncDocument<State>;
  readonly warn: (message: string) => void;
};

const TRIES = 5;
/** Milliseconds from the first request after which no new one is begun: the caller is waiting for a ring. */
const PATIENCE_MS = 1_500;
const JITTER_MS = 120;

export function pageStore({ list, document, warn }: Options): PageStore {
  async function apply(event: Event, carried: Continuation | null): Promise<Outcome> {
    const startedAt = Date.now();
    let known = atHand(carried);
    for (let tries = 1; ; tries++) {
      try {
        known ??= await readOrEmpty();
        const before = carried ? reconcile(known.data, carried.state, event.at) : known.data;
        const decision = decide(list, before, event);
        if (decision.state === known.data) return { ...decision, revision: known.revision || null };
        const revision = await document.write(decision.state, known.revision || null);
        return { ...decision, revision };
      } catch (fault) {
        const isWorthAnother = fault instanceof Conflict || (fault instanceof SyncFailure && fault.isPassing);
        if (!isWorthAnother || tries >= TRIES || Date.now() - startedAt > PATIENCE_MS) {
          warn(`Sync failed at ${event.kind}: ${(fault as Error).message}`);
          return withoutMemory(event, known?.data ?? null, carried);
        }
        known = null;
        await jitter(tries);
      }
    }
  }

  async function readOrEmpty(): Promise<Versioned<State>> {
    return (await document.read()) ?? { data: emptyState, revision: '' };
  }

  function withoutMemory(event: Event, read: State | null, carried: Continuation | null): Outcome {
    const before = read ? reconcile(read, carried?.state ?? null, event.at) : (carried?.state ?? emptyState);
    const decision = decide(list, before, event);
    const state = markDegraded(decision.state, event.at);
    const news = [
      ...decision.news,
      ...state.news.slice(state.news.length - (state.newsCount - decision.state.newsCount)),
    ];
    return { ...decision, state, news, revision: null };
  }

  return {
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

const jitter = (tries: number) => new Promise((over) => setTimeout(over, Math.random() * JITTER_MS * tries));
