/**
 * What an alert leads to on the document that was read, and what is written for it. Null if another webhook wrote
 * first.
 */
import {
  type AlertItem,
  alertIn,
  decide,
  type Event,
  evolveAll,
  hangUp,
  isGoingOn,
  isJustTaken,
  type Notify,
  type Page,
  stepFor,
  type TrackedAlert,
  verdictOf,
} from '../escalation';
import { CROWD } from '../platform/budget';
import { sleep } from '../platform/time';
import type { StoredAlert } from './alert-store';
import { afterClosing } from './close';
import type { Came, Coming } from './coming';
import { viewed } from './fate';
import { countJoin, forgetPage, rememberPage } from './page-memory';
import { newsIn, type Stored } from './page-store';
import { Conflict } from './sync-document';
import { ignoring } from './sync-map';

type Decided = Coming & {
  readonly command: Notify;
  readonly item: StoredAlert;
  readonly stored: Stored;
  readonly events: readonly Event[];
  readonly came: Came;
};

export async function joinOrBegin(
  coming: Coming,
  command: Notify,
  item: StoredAlert,
  stored: Stored,
): Promise<Came | null> {
  const { list } = coming.stores;
  const { view, isCrowd } = await viewed(coming, command, item, stored);
  const verdict = verdictOf(list, view, command);
  const events = decide(list, view, command).filter((event) => !(isCrowd && event.kind === 'kept-quiet'));
  const state = evolveAll(view, events);
  const step = stepFor(list, state, command);
  const came = { state, step, news: newsIn(events), revision: stored.revision || null };
  const decided = { ...coming, command, item, stored, events, came };
  switch (verdict) {
    case 'asked-again':
    case 'was-here':
      return came;
    case 'starts':
    case 'revives':
      return begin(decided);
    case 'joins':
    case 'joins-behind':
      return join(decided);
    case 'closed': {
      const written = await write(decided);
      return written && withClosing(decided, written);
    }
    default:
      return write(decided);
  }
}

/**
 * The item first, so that a second webhook about the same alert fails and reads again. Then the document, if the
 * decision changed it.
 */
async function write(decided: Decided): Promise<Came | null> {
  const { came } = decided;
  const [labelled] = await Promise.all([label(decided), noteCall(decided)]);
  const saved = labelled && (await save(decided));
  if (!saved) return lookAgain(decided, labelled);
  return { ...came, state: saved.data, revision: saved.revision || null };
}

/** After that, the page's mark. */
async function join(decided: Decided): Promise<Came | null> {
  const { stores, command, came: before } = decided;
  const came = await write(decided);
  const { page } = before.state;
  if (!came || !page) return null;
  if (await stores.alerts.isShut(command.alert.id, page)) return shutOut(decided, page);
  rememberPage(stores.list, came.state);
  countJoin(page);
  return came;
}

/**
 * The webhook that marked this page was about to end it. If the page still goes on, that webhook was cut off: the
 * next lap is open.
 */
async function shutOut({ stores, command, known }: Decided, page: Page): Promise<null> {
  const { id, lap, watch } = page;
  const { at, alert } = command;
  const times = known.shut?.page === id ? known.shut.times + 1 : 1;
  forgetPage();
  Object.assign(known, { stored: null, shut: { page: id, times } });
  if (times < CROWD.shutTries && (isGoingOn(page) || isJustTaken(page, at))) await sleep(CROWD.shutMs);
  else if (isGoingOn(page))
    await stores.pages.apply(
      { kind: 'move-watch', page: id, from: watch, to: alert.id, shutLap: lap, at },
      null,
    );
  return null;
}

/** The document and the item side by side. The document decides whether this alert begins the page. */
async function begin(decided: Decided): Promise<Came | null> {
  const { stores, command, came, stored, waiting } = decided;
  // A call that comes back may be older than a Function lives, and its alert may be joining another page.
  const first = waiting.times > 0 ? await label(decided) : decided.item;
  if (!first) return lookAgain(decided, null);
  // The first alert ever has no map to go into. `/dial-status` makes it while the phone rings.
  const isLabelled = waiting.times > 0 || (first.revision === '' && command.way === 'bridge');
  const before = stored.data.page;
  const isRevived = came.state.page?.id === before?.id && before?.way === 'bridge' && before.call;
  const [saving, labelling] = await Promise.allSettled([
    save(decided),
    isLabelled ? first : label(decided),
    // The call that carried the page may end from now on without the page showing it.
    isRevived ? stores.callLog.note(before.call) : undefined,
  ]);
  const labelled = labelling.status === 'fulfilled' ? labelling.value : null;
  if (saving.status === 'rejected') throw saving.reason;
  if (!saving.value) return lookAgain(decided, labelled);
  const begun = { ...came, state: saving.value.data, revision: saving.value.revision || null };
  rememberPage(stores.list, begun.state);
  const now = labelled ?? (await labelAnew(decided));
  return now?.data.closedAt === undefined ? begun : { ...(await withClosing(decided, begun)), step: hangUp };
}

/** Another webhook wrote about the alert meanwhile. The page has begun, and the alert is on it. */
const labelAnew = ({ stores, came, item: { data } }: Decided): Promise<StoredAlert | null> =>
  stores.alerts
    .change(data.id, (now) => ({
      ...(now ?? data),
      page: came.state.page?.id,
      isWatch: true,
      joinedMs: Date.now(),
    }))
    .catch(() => null);

/** The alert has closed: its page may be over. */
async function withClosing({ stores, command }: Decided, came: Came): Promise<Came> {
  const after = await afterClosing(stores, command.alert.id, command.at);
  return after ? { ...after, news: [...came.news, ...after.news] } : came;
}

/** Writes the item if the decision changed it. Null if another webhook wrote it first. */
async function label({ stores, came, item, known, command }: Decided): Promise<StoredAlert | null> {
  const tracked: TrackedAlert = alertIn(came.state, command.alert.id) ?? item.data;
  const { taken: _, ...decided } = tracked;
  const isWatch = came.state.page?.watch === item.data.id ? ({ isWatch: true } as const) : {};
  const alert =
    decided.page !== item.data.page
      ? { ...decided, ...isWatch, joinedMs: Date.now() }
      : { ...decided, call: decided.call ?? (known.isOwn ? item.data.call : undefined) };
  if (isSame(alert, item.data) && item.revision !== '') return item;
  const { isOwn } = known;
  // A write without an answer may have been done; after a Conflict, the item is another webhook's, of this very call perhaps.
  known.isOwn = true;
  const { alerts } = stores;
  const writing = item.revision === '' ? alerts.add(alert) : alerts.replace(alert, item.revision);
  const labelled = (await writing.catch(ignoring(Conflict))) ?? null;
  if (!labelled) known.isOwn = isOwn;
  known.item = labelled ?? known.item;
  return labelled;
}

const isSame = (alert: AlertItem, before: AlertItem) =>
  Object.entries(alert).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(before[name as keyof AlertItem]),
  );

/** Writes the document if the decision changed it. Null if another webhook wrote it first. */
async function save({ stores, came, stored, events }: Decided): Promise<Stored | null> {
  const isChanged = events.some(({ kind }) => kind !== 'alert-joined' && kind !== 'alert-learned');
  if (!isChanged) return { ...stored, data: came.state };
  return (await stores.pages.put(came.state, stored).catch(ignoring(Conflict))) ?? null;
}

async function lookAgain({ stores, item, known }: Decided, written: StoredAlert | null): Promise<null> {
  known.stored = null;
  known.item = written ?? (await stores.alerts.read(item.data.id));
  return null;
}

/** A call that does not carry a page: when it ends, `/call-ended` asks whether it had asked us. */
const noteCall = ({ stores, command: { call }, came }: Decided) =>
  call && came.state.page?.call !== call ? stores.callLog.note(call) : undefined;
