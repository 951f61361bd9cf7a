/**
 * An alert comes. The order of reads and writes keeps it from being lost, or rung twice, whatever happens beside it:
 *
 * 1. Its item is created before anything else. A Conflict says that the alert is known.
 * 2. To join a page, it writes the page's id into its item, and looks for the page's mark after that.
 * 3. To begin a page, it writes the document and its item side by side; the document decides.
 */
import type { DialList } from '../dial-list/list';
import {
  type AlertDetails,
  type AlertItem,
  alertIn,
  type CallerStep,
  callName,
  decide,
  type Event,
  emptyState,
  evolveAll,
  hangUp,
  isGoingOn,
  type LoggedNews,
  mayFlap,
  type Notify,
  type Page,
  pageOf,
  type State,
  stepFor,
  type TrackedAlert,
  UNKNOWN_ID,
  type Verdict,
  verdictOf,
  withAlerts,
  withFacts,
  wouldOnlyJoin,
} from '../escalation';
import { ALERTS, CROWD, PAGE } from '../platform/budget';
import type { AlertStore, StoredAlert } from './alert-store';
import type { CallLog } from './call-log';
import { afterClosing } from './close';
import { tracked as trackedBy, Undecided, withTakings } from './fate';
import type { History } from './history';
import { countJoin, forgetPage, rememberedPage, rememberPage } from './page-memory';
import { degraded, newsIn, type Outcome, ownName, type PageStore, type Stored } from './page-store';
import type { ProcessMemory } from './process-memory';
import { settle } from './settle';
import { Conflict, SyncFailure } from './sync-document';

export type Stores = {
  readonly list: DialList;
  readonly pages: PageStore;
  readonly alerts: AlertStore;
  readonly callLog: CallLog;
  readonly history: History;
  /** What Mackerel's webhook told last of an alert that is known. Never fails. */
  readonly newest?: (
    id: string,
    item: StoredAlert | null,
    isSettling: boolean,
  ) => Promise<AlertDetails | null>;
  /** What this process remembers while Sync is silent. */
  readonly memory?: ProcessMemory;
  readonly warn: (message: string) => void;
};

export type Given = Omit<Notify, 'kind' | 'webhookId' | 'shut'>;

/** What is looked up of the alert meanwhile. */
export type LookedUp = Pick<Notify, 'isClosed' | 'unavailable'> & { readonly facts?: Partial<AlertDetails> };

/** How a webhook waits while Sync refuses: a call comes back after a pause, anything else sleeps. */
export type Waiting = { readonly times: number; readonly canComeBack: boolean };

type Came = Outcome<CallerStep>;

/** What is known by now. */
type Known = {
  readonly item: StoredAlert | null;
  readonly stored: Stored | null;
  /** This webhook has labelled the item, and is no repetition of itself. */
  readonly isOwn?: boolean;
  /** Somebody had heard of the alert before. */
  readonly isRepeated?: boolean;
  /** This webhook has created the item. */
  readonly isCreated?: boolean;
  /** How often the record of a page was asked for in vain. */
  readonly unrecorded?: number;
  /** A page that takes no newcomers, and how often it was found so. */
  readonly shut?: { readonly page: string; readonly times: number };
};

/** Goes on with what is known by then, or has come to an end. */
type Attempt = { readonly came: Came } | { readonly known: Known };

/** @param looking never fails */
export async function notify(
  stores: Stores,
  given: Given,
  looking: Promise<LookedUp>,
  waiting: Waiting = { times: 0, canComeBack: false },
): Promise<Came> {
  const startedAt = Date.now();
  const webhookId = ownName();
  const quick = waiting.times === 0 ? await joinRemembered(stores, given, looking) : null;
  if (quick && 'step' in quick) return quick;
  let known: Known = quick ?? { item: null, stored: null };
  for (let [faults, refusals] = [0, 0]; ; ) {
    try {
      known = await lookUp(stores, given, known, looking);
      const { facts, isClosed, unavailable } = await looking;
      const looked = { isClosed, ...(unavailable && { unavailable }) };
      const isSettling = known.stored !== null && mayFlap(stores.list, known.stored.data, given.at);
      const isWorthAsking = known.isRepeated || isSettling;
      const newest = isWorthAsking ? await stores.newest?.(given.alert.id, known.item, isSettling) : null;
      const alert = { ...given.alert, ...newest, ...facts };
      const shut = known.shut && known.shut.times > 0 ? { shut: known.shut.page } : {};
      const command: Notify = {
        kind: 'notify',
        ...given,
        ...looked,
        ...shut,
        isNew: !known.isRepeated,
        alert,
        webhookId,
      };
      const attempt = await attempted(stores, command, known, waiting).catch((fault) =>
        onceRecorded(stores, known, fault),
      );
      if ('came' in attempt) return attempt.came;
      known = attempt.known;
    } catch (fault) {
      if (fault instanceof Halfway) known = fault.known;
      const cause = fault instanceof Halfway ? fault.cause : fault;
      if (!(cause instanceof SyncFailure || cause instanceof Conflict)) throw cause;
      // What was not answered may have been done: a label that stands there may be ours.
      known = { ...known, stored: null, isOwn: true };
      if (cause instanceof Conflict) continue;
      // No answer is no refusal: whoever is silent once is not waited for again.
      const isDown = !cause.isPassing || (!cause.isCrowded && ++faults > CROWD.faults);
      if (isDown) return alone(stores, given, await looking, known, cause);
      if (++refusals <= CROWD.quickTries) {
        await sleep(Math.random() * refusals * CROWD.quickJitterMs);
        continue;
      }
      // Not even its item is taken, and nothing was read: Sync is as good as down.
      const isAnswering = fault instanceof Halfway && fault.known.stored !== null;
      if (!known.item && !isAnswering) return alone(stores, given, await looking, known, cause);
      const left = await wait(stores, given, await looking, known, waiting, startedAt, cause);
      if (left) return left;
    }
  }
}

/**
 * A new alert joins the page that this process remembers, if the page still takes newcomers. Null, or the item that was
 * created, if all has to be read after all.
 */
async function joinRemembered(
  stores: Stores,
  { alert, call }: Given,
  looking: Promise<LookedUp>,
): Promise<Came | Known | null> {
  const page = rememberedPage();
  if (!page || alert.id === UNKNOWN_ID || call === page.call) return null;
  const { alerts, callLog } = stores;
  // No caller waits for this answer.
  const { facts, isClosed, unavailable } = await looking;
  if (isClosed || unavailable) return null;
  const labelled: AlertItem = {
    ...withFacts({ id: alert.id, heardAt: alert.heardAt }, { ...alert, ...facts }, alert.heardAt),
    page: page.id,
    joinedMs: Date.now(),
    ...(call && { call: callName(call) }),
  };
  try {
    await alerts.add(labelled);
    const [isShut] = await Promise.all([alerts.isShut(alert.id, page), call && callLog.note(call)]);
    if (!isShut) {
      countJoin(page);
      return { state: { ...emptyState, page, alerts: [labelled] }, step: hangUp, news: [], revision: '' };
    }
    forgetPage();
    return { item: null, stored: null, isOwn: true };
  } catch {
    return null;
  }
}

/** Carries what was found before a request failed. */
class Halfway extends Error {
  override name = 'Halfway';
  constructor(
    readonly known: Known,
    override readonly cause: unknown,
  ) {
    super('Sync failed halfway');
  }
}

async function lookUp(
  { alerts, pages }: Stores,
  { alert, at }: Given,
  known: Known,
  looking: Promise<LookedUp>,
): Promise<Known> {
  let isRepeated = known.isRepeated ?? false;
  const readRepeated = (fault: unknown) => {
    isRepeated ||= fault instanceof Conflict && known.isCreated !== true;
    return readIfKnown(fault, alerts, alert.id);
  };
  const heardAt = alert.heardAt || at;
  // With all that is known: whoever finds it alone has nothing else to say.
  const fresh = withFacts({ id: alert.id, heardAt }, { ...alert, heardAt }, at);
  const [item, stored] = await Promise.allSettled([
    known.item ?? alerts.create(fresh).catch(readRepeated),
    known.stored ?? pages.get(),
    looking,
  ]);
  const found: Known = {
    ...known,
    item: item.status === 'fulfilled' ? item.value : known.item,
    stored: stored.status === 'fulfilled' ? stored.value : known.stored,
    isRepeated,
    isCreated: known.isCreated || (!known.item && !isRepeated && mayBeDone(item)),
  };
  const failed = [item, stored].find((one) => one.status === 'rejected');
  if (failed) throw new Halfway(found, failed.reason);
  return found;
}

/** It has been done, or nobody knows. */
const mayBeDone = (result: PromiseSettledResult<unknown>) =>
  result.status === 'fulfilled' || !(result.reason instanceof SyncFailure && result.reason.isCrowded);

async function readIfKnown(fault: unknown, alerts: AlertStore, id: string): Promise<StoredAlert> {
  if (!(fault instanceof Conflict)) throw fault;
  const known = await alerts.read(id);
  if (!known) throw fault;
  return known;
}

async function attempted(stores: Stores, command: Notify, known: Known, waiting: Waiting): Promise<Attempt> {
  const { list } = stores;
  const { item, stored } = known;
  if (!item || !stored) return { known };
  const { view, isCrowd } = await viewed(stores, command, known, item, stored);
  const verdict = verdictOf(list, view, command);
  const events = decide(list, view, command).filter((event) => !(isCrowd && event.kind === 'kept-quiet'));
  const state = evolveAll(view, events);
  const came: Came = {
    state,
    step: stepFor(list, state, command),
    news: newsIn(events),
    revision: stored.revision || null,
  };
  const moment = { stores, command, known, item, stored, events, came, waiting };
  return ACTS[verdict](moment);
}

/** Whether the alert is on a page that has just ended is not on record yet: whoever settles it is about to say so. */
async function onceRecorded(stores: Stores, known: Known, fault: unknown): Promise<Attempt> {
  if (!(fault instanceof Undecided)) throw fault;
  const unrecorded = (known.unrecorded ?? 0) + 1;
  if (unrecorded <= ALERTS.recordTries) await sleep(ALERTS.recordMs);
  else if (known.stored) await (await settle(stores, known.stored.data, fault.page)).recording;
  return { known: { ...known, item: null, stored: null, unrecorded, isRepeated: known.isRepeated } };
}

/** The document with the alert, and with those of the page that it may join late. */
async function viewed(stores: Stores, command: Notify, known: Known, item: StoredAlert, stored: Stored) {
  const { list, alerts, history } = stores;
  const { page } = stored.data;
  const { alert, pageSize } = await trackedBy(item.data, stored.data, history, list);
  const { openedAt = Number.POSITIVE_INFINITY } = command.alert;
  const isAfterTaking =
    page?.end?.kind === 'taken' && openedAt <= page.end.at && command.at < page.end.at + PAGE.togetherSeconds;
  const isToList = isAfterTaking || mayFlap(list, stored.data, command.at);
  const others = isToList ? (await alerts.list()).map(({ data }) => data) : [];
  const own = known.isOwn ? { ...alert, call: undefined } : alert;
  return {
    view: withAlerts(withTakings({ ...stored.data, alerts: others }), [own]),
    isCrowd: pageSize > ALERTS.few,
  };
}

type Moment = {
  readonly stores: Stores;
  readonly command: Notify;
  readonly known: Known;
  readonly item: StoredAlert;
  readonly stored: Stored;
  readonly events: readonly Event[];
  readonly came: Came;
  readonly waiting: Waiting;
};

type Act = (moment: Moment) => Promise<Attempt>;

const nothingToDo: Act = async ({ came }) => ({ came });

const ACTS: Readonly<Record<Verdict, Act>> = {
  'asked-again': nothingToDo,
  'was-here': nothingToDo,
  'begun-too-late': writeBoth,
  closed: async (moment) => {
    const attempt = await writeBoth(moment);
    if (!('came' in attempt)) return attempt;
    const after = await afterClosing(moment.stores, moment.command.alert.id, moment.command.at);
    return { came: after ? joinOutcomes(attempt.came, after) : attempt.came };
  },
  quiet: writeBoth,
  settles: writeBoth,
  'too-soon': writeBoth,
  'joins-late': writeBoth,
  joins: join,
  'joins-behind': join,
  revives: begin,
  starts: begin,
};

const joinOutcomes = (first: Came, second: Came): Came => ({
  ...second,
  news: [...first.news, ...second.news],
});

/** Nobody is rung for it: what is new is written down, of the alert and of the page. */
async function writeBoth(moment: Moment): Promise<Attempt> {
  const { stores, command, came } = moment;
  const [labelled] = await Promise.all([label(moment), noteCall(stores, command, came)]);
  // Not side by side: what is said twice is read twice.
  const saved = labelled && (await save(moment));
  if (!saved) return { known: await readAgain(moment, labelled) };
  return { came: { ...came, state: saved.data, revision: saved.revision || null } };
}

/** The item first, then the page's mark. */
async function join(moment: Moment): Promise<Attempt> {
  const { stores, command, known, came } = moment;
  const { page } = came.state;
  const [labelled, saved] = await Promise.all([label(moment), save(moment)]);
  if (!labelled || !saved || !page) return { known: await readAgain(moment, labelled) };
  const [isShut] = await Promise.all([
    stores.alerts.isShut(command.alert.id, page),
    noteCall(stores, command, came),
  ]);
  if (!isShut) {
    rememberPage(stores.list, came.state);
    return { came: { ...came, state: saved.data, revision: saved.revision || null } };
  }
  forgetPage();
  const shut = await shutOut(moment, page, known.shut);
  return { known: { ...known, ...shut, item: labelled, isOwn: true } };
}

/** Whoever marked this page was about to end it. If it still goes on, somebody was cut off: the next lap is open. */
async function shutOut({ stores, command }: Moment, page: Page, shut: Known['shut']): Promise<Known> {
  const times = shut?.page === page.id ? shut.times + 1 : 1;
  const known = { item: null, stored: null, shut: { page: page.id, times } };
  if (!isGoingOn(page)) return known;
  if (times < CROWD.shutTries) {
    await sleep(CROWD.shutMs);
    return known;
  }
  const { id, lap, watch } = page;
  const { at, alert } = command;
  await stores.pages.apply(
    { kind: 'move-watch', page: id, from: watch, to: alert.id, shutLap: lap, at },
    null,
  );
  return known;
}

/** The document and the item side by side: the document decides whether this alert begins the page. */
async function begin(moment: Moment): Promise<Attempt> {
  const { stores, command, came, item, waiting } = moment;
  // A call that comes back may be older than a Function lives, and its alert be on its way to another page.
  const first = waiting.times > 0 ? await label(moment) : item;
  if (!first) return { known: await readAgain(moment, null) };
  const before = moment.stored.data.page;
  const isRevived = came.state.page?.id === before?.id && before?.call;
  // The first alert ever has no map to go into yet: `/dial-status` makes it, while the phone rings.
  const isLabelled = waiting.times > 0 || (item.revision === '' && command.way === 'bridge');
  const [saved, labelled] = await Promise.allSettled([
    save(moment),
    isLabelled ? first : label(moment),
    // The call that carried it until now may end without anybody's knowing it any more.
    isRevived && before.way === 'bridge' ? stores.callLog.note(before.call) : undefined,
  ]);
  const written = labelled.status === 'fulfilled' ? labelled.value : null;
  if (saved.status === 'rejected') {
    throw new Halfway(
      { ...moment.known, item: written ?? (await readItem(moment)), isOwn: true },
      saved.reason,
    );
  }
  if (!saved.value) return { known: await readAgain(moment, written) };
  const stored = { ...came, state: saved.value.data, revision: saved.value.revision || null };
  rememberPage(stores.list, stored.state);
  const label2 = written ?? (await relabelled(moment));
  if (label2?.data.closedAt === undefined) return { came: stored };
  const over = await afterClosing(stores, command.alert.id, command.at);
  return { came: over ? { ...joinOutcomes(stored, over), step: hangUp } : stored };
}

const readItem = ({ stores, item }: Moment) => stores.alerts.read(item.data.id).catch(() => item);

/** Another webhook wrote about the alert meanwhile; the page has begun, and the alert is on it. */
const relabelled = ({ stores, came, item }: Moment): Promise<StoredAlert | null> =>
  stores.alerts
    .change(item.data.id, (now) => ({
      ...(now ?? item.data),
      page: came.state.page?.id,
      joinedMs: Date.now(),
    }))
    .catch(() => null);

/** Writes the item, if the decision changed it. Null if somebody else wrote it first. */
async function label({ stores, came, item, known, command }: Moment): Promise<StoredAlert | null> {
  const tracked: TrackedAlert = alertIn(came.state, command.alert.id) ?? item.data;
  const { taken: _, ...decided } = tracked;
  const isMoved = decided.page !== item.data.page;
  const alert = isMoved
    ? { ...decided, joinedMs: Date.now() }
    : { ...decided, call: decided.call ?? (known.isOwn ? item.data.call : undefined) };
  const isUnchanged = JSON.stringify(sorted(alert)) === JSON.stringify(sorted(item.data));
  if (isUnchanged && item.revision !== '') return item;
  if (item.revision === '') return stores.alerts.add(alert).catch(nullIfConflict);
  return stores.alerts.replace(alert, item.revision).catch(nullIfConflict);
}

const sorted = (alert: AlertItem) =>
  Object.entries(alert)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));

/** Writes the document, if the decision changed it. Null if somebody else wrote it first. */
async function save({ stores, came, stored, events }: Moment): Promise<Stored | null> {
  const isChanged = events.some(({ kind }) => kind !== 'alert-joined' && kind !== 'alert-learned');
  if (!isChanged) return { ...stored, data: came.state };
  return stores.pages.put(came.state, stored).catch(nullIfConflict);
}

const nullIfConflict = (fault: unknown): null => {
  if (fault instanceof Conflict) return null;
  throw fault;
};

async function readAgain(moment: Moment, written: StoredAlert | null): Promise<Known> {
  const item = written ?? (await moment.stores.alerts.read(moment.item.data.id));
  return { ...moment.known, item, stored: null, ...(written && { isOwn: true }) };
}

/** A call that does not carry a page: when it ends, `/call-ended` asks whether it was here. */
const noteCall = ({ callLog }: Stores, { call }: Notify, { state }: Came) =>
  call && state.page?.call !== call ? callLog.note(call) : undefined;

const sleep = (ms: number) => new Promise((over) => setTimeout(over, ms));

/** Sync refuses, for everybody asks at once. Null after a sleep: try again. */
async function wait(
  stores: Stores,
  given: Given,
  looked: LookedUp,
  known: Known,
  { times, canComeBack }: Waiting,
  startedAt: number,
  fault: Error,
): Promise<Came | null> {
  const state = known.stored?.data ?? emptyState;
  if (canComeBack && times >= CROWD.waits) return alone(stores, given, looked, known, fault);
  if (canComeBack) {
    const longest = Math.min(CROWD.mostWaitSeconds, CROWD.firstWaitSeconds * 2 ** times);
    const seconds = Math.round(longest * (1 + Math.random()));
    return { state, step: { kind: 'wait', seconds, times: times + 1 }, news: [], revision: null };
  }
  if (Date.now() - startedAt <= CROWD.patienceMs) {
    await sleep(CROWD.sleepMs * (1 + 2 * Math.random()));
    return null;
  }
  // Whoever ends a page adopts what lies in Sync without one.
  if (known.item) return { state, step: hangUp, news: [], revision: null };
  return alone(stores, given, looked, known, fault);
}

/** Sync does not answer. The alert must not wait for a page that will never know of it: it rings alone. */
function alone(stores: Stores, given: Given, looked: LookedUp, known: Known, fault: Error): Came {
  const { list, warn } = stores;
  warn(`Sync failed at notify: ${fault.message}`);
  const { facts, isClosed, unavailable } = looked;
  const command: Notify = {
    kind: 'notify',
    ...given,
    isClosed,
    ...(unavailable && { unavailable }),
    alert: { ...given.alert, ...facts },
    webhookId: ownName(),
  };
  const read = known.stored?.data ?? emptyState;
  const item = known.item && ownLabelOff(known.item.data, read, known.isOwn);
  const view = item ? withAlerts(read, [item]) : read;
  // Unless this very process has just begun a page that its phone rings for.
  const begun = stores.memory?.begunJustNow(given.at) ?? null;
  const before: State = begun ?? (wouldOnlyJoin(list, view, command) ? { ...view, page: null } : view);
  const events = decide(list, before, command);
  const state = evolveAll(before, events);
  const step = stepFor(list, state, command);
  const came = degraded(
    { state, step, news: [...newsIn(events), ...unheard(begun, state, command)] },
    given.at,
  );
  stores.memory?.keep(came.state);
  return { ...came, revision: null };
}

/** The page that this very webhook wrote into the item, and could not begin, is none. */
const ownLabelOff = (item: AlertItem, state: State, isOwn = false): AlertItem =>
  isOwn && item.page !== undefined && !pageOf(state, item.page) ? { ...item, page: undefined } : item;

/** Whoever is being rung knows nothing of it: people are told. */
function unheard(begun: State | null, { page }: State, { alert, at }: Notify): LoggedNews[] {
  const hasJoined = begun !== null && page !== null && page.id === begun.page?.id;
  return hasJoined ? [{ kind: 'joined-unheard', alerts: [alert.id], page: page.id, at }] : [];
}
