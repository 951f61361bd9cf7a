/** A dial list's document: each command is decided on it, and saved unless another webhook was faster. */
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
import { type AlertStore, tried } from './alert-store';
import type { Continuation } from './continuation';
import { Conflict, type SyncDocument, type Versioned } from './sync-document';

/** The result of a command: what the phone does now, and the news. */
export type Outcome<S extends Step = Step> = {
  readonly state: State;
  readonly step: S;
  readonly news: readonly LoggedNews[];
  /** The revision of the document in Sync; null if Sync does not hold this state. */
  readonly revision: string | null;
};

export type Stored = Versioned<State> & {
  /** The form before this one held the alerts as well. The first write makes items of them. */
  readonly movingOut?: readonly AlertItem[];
};

export type PageStore = {
  /** Decides a command. Never fails: without Sync it decides on what the callback carries. */
  apply(command: CallerCommand, carried: Continuation | null): Promise<Outcome<CallerStep>>;
  apply(command: MemberCommand, carried: Continuation | null): Promise<Outcome<MemberStep>>;
  /** Decides on the carried state alone: Sync has just been silent, and there is no time to ask it again. */
  applyWithoutSync(command: CallerCommand, carried: Continuation): Outcome<CallerStep>;
  /** The document in Sync, empty if there is none; null if Sync cannot be read. */
  read(): Promise<Stored | null>;
  /** The same; fails if Sync does. */
  get(): Promise<Stored>;
  /** Writes over what was read. Fails with a Conflict if another webhook was faster. */
  put(state: State, over: Stored): Promise<Stored>;
};

type Options = {
  readonly list: DialList;
  readonly document: SyncDocument<object>;
  readonly alerts: AlertStore;
  readonly warn: (message: string) => void;
};

/** Nobody is on the line during these. */
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
    await Promise.all((over.movingOut ?? []).map((alert) => alerts.add(alert).catch(() => null)));
    return { data: { ...stored, alerts: view }, revision };
  }

  async function apply(given: Command, carried: Continuation | null): Promise<Outcome> {
    const command: Command = { ...given, webhookId: given.webhookId ?? ownName() };
    let known = atHand(carried);
    let last = known;
    try {
      return await tried(BACKGROUND.has(command.kind) ? RETRY.background : RETRY.voice, async () => {
        last = known ?? (await get());
        known = null;
        return decideAndSave(command, carried, last);
      });
    } catch (fault) {
      warn(`Sync failed at ${command.kind}: ${(fault as Error).message}`);
      return withoutMemory(command, last?.data ?? null, carried, !(fault instanceof Conflict));
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
    const isAnothers = (page?: string) => page !== undefined && page !== theirs.id;
    await alerts
      .change(theirs.first, (known) =>
        isAnothers(known?.page)
          ? null
          : { id: theirs.first, heardAt: theirs.startedAt, ...known, page: ours.id, joinedMs: Date.now() },
      )
      .catch((fault: Error) => warn(`Could not hand an alert over: ${fault.message}`));
  }

  /** @param hasFailed Sync failed; if other webhooks were only faster, people need not be told */
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

/** A command's result for a state. */
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

/** The phone, or the leg, that a ring-back replaces. */
function insteadOf({ page }: State, events: readonly Event[], step: Step): Step {
  if (step.kind !== 'ring' || !events.some(({ kind }) => kind === 'ring-began')) return hangUp;
  return { ...step, insteadOf: isGoingOn(page) ? page.call : '' };
}

export const newsIn = (events: readonly Event[]): readonly LoggedNews[] => events.filter(isNews);

/** Marks a page once as degraded, so that people trust its record less. */
export function degraded<O extends Pick<Outcome, 'state' | 'news'>>(outcome: O, at: number): O {
  const { page } = outcome.state;
  if (!page || page.isDegraded) return outcome;
  const news = { kind: 'degraded', page: page.id, at } as const;
  return { ...outcome, state: evolveAll(outcome.state, [news]), news: [...outcome.news, news] };
}

/** The carried state and its revision, if Sync held just that. */
function atHand(carried: Continuation | null): Stored | null {
  return carried?.state && carried.revision !== null
    ? { data: carried.state, revision: carried.revision }
    : null;
}

/** Keeps the alerts' details together with the state that was read. */
function withView(read: State, carried: Continuation | null): State {
  const alerts = carried?.state?.alerts ?? [];
  return read.alerts.length > 0 || alerts.length === 0 ? read : { ...read, alerts };
}

/** Their page goes on, and Sync holds another. Alerts that are handed over to that one but not saved would be lost. */
function beganPast(read: State, carried: Continuation | null): boolean {
  const page = carried?.state?.page ?? null;
  return isGoingOn(page) && page.id === carried?.page && !pageOf(read, page.id);
}
