/** The document of a dial list: each command is put to it, and saved only if nobody else was faster. */
import type { DialList } from '../dial-list/list';
import {
  type AlertItem,
  type CallerCommand,
  type CallerStep,
  type Command,
  decide,
  type Event,
  emptyState,
  evolveAll,
  hangUp,
  isGoingOn,
  isNews,
  isOrphaned,
  type LoggedNews,
  type MemberCommand,
  type MemberStep,
  pageOf,
  readState,
  reconcile,
  type State,
  type Step,
  stepFor,
} from '../escalation';
import { RETRY } from '../platform/budget';
import { sleep } from '../platform/time';
import type { AlertStore } from './alert-store';
import type { Continuation } from './continuation';
import { Conflict, type SyncDocument, SyncFailure, type Versioned } from './sync-document';

/** What came of a command: what the voice side does now, and what people are told. */
export type Outcome<S extends Step = Step> = {
  readonly state: State;
  readonly step: S;
  readonly news: readonly LoggedNews[];
  /** Of the document in Sync; null if Sync does not hold it. */
  readonly revision: string | null;
};

export type Stored = Versioned<State> & {
  /** The form before this one held the alerts as well: they become items with the first write. */
  readonly movingOut?: readonly AlertItem[];
};

export type PageStore = {
  /** Decides a command. Never fails: without Sync it decides on what the callback carries. */
  apply(command: CallerCommand, carried: Continuation | null): Promise<Outcome<CallerStep>>;
  apply(command: MemberCommand, carried: Continuation | null): Promise<Outcome<MemberStep>>;
  /** Decides on what is carried alone: Sync has just been silent, and there is no time to ask it again. */
  applyWithoutSync(command: CallerCommand, carried: Continuation): Outcome<CallerStep>;
  /** The document as Sync holds it, empty if there is none; null if Sync cannot be read. */
  read(): Promise<Stored | null>;
  /** The same; fails if Sync does. */
  get(): Promise<Stored>;
  /** Writes over what was read. Fails with a Conflict if somebody else was faster. */
  put(state: State, over: Stored): Promise<Stored>;
};

type Options = {
  readonly list: DialList;
  readonly document: SyncDocument<object>;
  readonly alerts: AlertStore;
  readonly warn: (message: string) => void;
};

/** Nobody is on the line behind these. */
const BACKGROUND: ReadonlySet<Command['kind']> = new Set(['placed', 'close-all', 'move-watch', 'note-key']);

export const ownName = () => Math.random().toString(36).slice(2, 8);

export function pageStore({ list, document, alerts, warn }: Options): PageStore {
  async function get(): Promise<Stored> {
    const stored = await document.read();
    const state = stored && readState(stored.data);
    const movingOut = state && state.alerts.length > 0 ? { movingOut: state.alerts } : {};
    return { data: state ?? emptyState, revision: stored?.revision ?? '', ...movingOut };
  }

  async function put(state: State, over: Stored): Promise<Stored> {
    const isNew = over.data.page === null && over.data.newsCount === 0;
    const { alerts: view, ...stored } = isNew ? { ...state, begun: state.news[0]?.at ?? 0 } : state;
    const revision = await document.write(stored, over.revision || null);
    if (over.movingOut) await moveOut(over.movingOut);
    return { data: { ...stored, alerts: view }, revision };
  }

  async function moveOut(old: readonly AlertItem[]): Promise<void> {
    await Promise.all(old.map((alert) => alerts.add(alert).catch(() => null)));
  }

  async function apply(given: Command, carried: Continuation | null): Promise<Outcome> {
    const startedAt = Date.now();
    const command: Command = { ...given, webhookId: given.webhookId ?? ownName() };
    const {
      tries: most,
      patienceMs,
      jitterMs,
    } = BACKGROUND.has(command.kind) ? RETRY.background : RETRY.voice;
    let known = atHand(carried);
    let last = known;
    for (let tries = 1; ; tries++) {
      try {
        known ??= await get();
        last = known;
        return await decideAndSave(command, carried, known);
      } catch (fault) {
        const isWorthAnother = fault instanceof Conflict || (fault instanceof SyncFailure && fault.isPassing);
        if (!isWorthAnother || tries >= most || Date.now() - startedAt > patienceMs) {
          warn(`Sync failed at ${command.kind}: ${(fault as Error).message}`);
          return withoutMemory(command, last?.data ?? null, carried, !(fault instanceof Conflict));
        }
        known = null;
        await sleep(Math.random() * tries * jitterMs);
      }
    }
  }

  async function decideAndSave(
    command: Command,
    carried: Continuation | null,
    known: Stored,
  ): Promise<Outcome> {
    const view = withView(known.data, carried);
    const before = carried ? reconcile(view, carried.state, command.at) : view;
    if (carried?.state && isOrphaned(known.data, carried.state, command.at))
      await handOver(known.data, carried.state);
    const outcome = decided(list, before, command);
    if (outcome.state === view) return { ...outcome, revision: known.revision || null };
    const { data, revision } = await put(outcome.state, known);
    return { ...outcome, state: data, revision };
  }

  /** A page that Sync never knew cannot ring beside the one that goes on: its alert joins that one. */
  async function handOver({ page: ours }: State, { page: theirs }: State): Promise<void> {
    if (!ours || !theirs?.first) return;
    const joinedMs = Date.now();
    const isAnothers = (page?: string) => page !== undefined && page !== theirs.id;
    await alerts
      .change(theirs.first, (known) =>
        isAnothers(known?.page)
          ? null
          : { id: theirs.first, heardAt: theirs.startedAt, ...known, page: ours.id, joinedMs },
      )
      .catch((fault: Error) => warn(`An alert was not handed over: ${fault.message}`));
  }

  /** @param hasFailed Sync did; if it was only contested, there is nothing to say */
  function withoutMemory(
    command: Command,
    read: State | null,
    carried: Continuation | null,
    hasFailed: boolean,
  ): Outcome {
    const theirs = carried?.state ?? null;
    const known =
      read && !beganPast(read, carried)
        ? reconcile(withView(read, carried), theirs, command.at)
        : (theirs ?? emptyState);
    const outcome = decided(list, known, command);
    return { ...(hasFailed ? degraded(outcome, command.at) : outcome), revision: null };
  }

  return {
    apply: apply as PageStore['apply'],
    applyWithoutSync: (command, carried) =>
      withoutMemory(command, null, carried, true) as Outcome<CallerStep>,
    read: () => get().catch(() => null),
    get,
    put,
  };
}

/** What a command comes to, on a state. */
export function decided(list: DialList, before: State, command: Command): Omit<Outcome, 'revision'> {
  const events = decide(list, before, command);
  const state = evolveAll(before, events);
  const step = stepFor(list, state, command);
  return {
    state,
    step: command.kind === 'ring-back' ? insteadOf(before, events, step) : step,
    news: newsIn(events),
  };
}

/** Which phone, or which leg, a ring for somebody who called takes the place of. */
function insteadOf({ page }: State, events: readonly Event[], step: Step): Step {
  if (step.kind !== 'ring' || !events.some(({ kind }) => kind === 'ring-began')) return hangUp;
  return { ...step, insteadOf: isGoingOn(page) ? page.call : '' };
}

export const newsIn = (events: readonly Event[]): readonly LoggedNews[] => events.filter(isNews);

/** Notes once a page that Sync failed, so that people are told to trust the history less. */
export function degraded<O extends Pick<Outcome, 'state' | 'news'>>(outcome: O, at: number): O {
  const { page } = outcome.state;
  if (!page || page.isDegraded) return outcome;
  const news = { kind: 'degraded', page: page.id, at } as const;
  return { ...outcome, state: evolveAll(outcome.state, [news]), news: [...outcome.news, news] };
}

/** What the callback carries, if Sync held just that. */
function atHand(carried: Continuation | null): Stored | null {
  return carried?.state && carried.revision !== null
    ? { data: carried.state, revision: carried.revision }
    : null;
}

/** What is known of alerts goes along with what was read. */
function withView(read: State, carried: Continuation | null): State {
  const alerts = carried?.state?.alerts ?? [];
  return read.alerts.length > 0 || alerts.length === 0 ? read : { ...read, alerts };
}

/** Their page goes on, and Sync holds another: what is handed over to that one and not saved would be nobody's. */
function beganPast(read: State, carried: Continuation | null): boolean {
  const page = carried?.state?.page ?? null;
  return isGoingOn(page) && page.id === carried?.page && !pageOf(read, page.id);
}
