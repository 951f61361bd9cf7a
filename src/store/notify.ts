/**
 * An alert comes. The order of reads and writes keeps it from being lost, or rung twice, whatever happens at the same
 * time:
 *
 * 1. Its item is created before anything else. A Conflict means that the alert is known. 2. To join a page, it writes
 * the page's id into its item, and looks for the page's mark afterwards. 3. To begin a page, it writes the document
 * and its item side by side; the document decides.
 */
import {
  type AlertDetails,
  type AlertItem,
  callName,
  emptyState,
  hangUp,
  mayFlap,
  type Notify,
  type Page,
  UNKNOWN_ID,
  withFacts,
} from '../escalation';
import { ALERTS, CROWD } from '../platform/budget';
import { sleep } from '../platform/time';
import type { AlertStore, StoredAlert } from './alert-store';
import {
  type Came,
  type Coming,
  type Given,
  type Known,
  type LookedUp,
  notified,
  type Stores,
  type Waiting,
} from './coming';
import { Undecided } from './fate';
import { joinOrBegin } from './join-or-begin';
import { countJoin, forgetPage, rememberedPage } from './page-memory';
import { ownName, type Stored } from './page-store';
import { afterFault } from './refused';
import { settle } from './settle';
import { Conflict, SyncFailure } from './sync-document';

export async function notify(
  stores: Stores,
  given: Given,
  looking: Promise<LookedUp>,
  waiting: Waiting = { times: 0, canComeBack: false },
): Promise<Came> {
  const known: Known = { item: null, stored: null, refusals: 0, faults: 0 };
  const times = { webhookId: ownName(), startedAt: Date.now() };
  const coming: Coming = { stores, given, looking, waiting, known, ...times };
  for (;;) {
    try {
      const came = (await joinRemembered(coming)) ?? (await joinAsRead(coming));
      if (came) return came;
    } catch (fault) {
      const came = await onceMore(coming, fault);
      if (came) return came;
    }
  }
}

/** A new alert joins the page that this process remembers, without reading the document. Null if it has to be read. */
async function joinRemembered(coming: Coming): Promise<Came | null> {
  const { stores, given, looking, known } = coming;
  const { alerts, callLog } = stores;
  const { alert, call } = given;
  const page = rememberedPage(known.refusals > 0);
  if (!page || known.isRepeated || alert.id === UNKNOWN_ID || call === page.call) return null;
  // No caller waits for this answer.
  const { facts, isClosed, unavailable } = await looking;
  if (isClosed || unavailable) return null;
  const item = await labelled(coming, page, {
    ...heardOf(given, facts),
    page: page.id,
    joinedMs: Date.now(),
    ...(call && { call: callName(call) }),
  }).catch(nullUnlessRefused);
  if (!item) return null;
  const [isShut] = await Promise.all([alerts.isShut(alert.id, page), call && callLog.note(call)]);
  if (isShut) {
    forgetPage();
    return null;
  }
  countJoin(page);
  return { state: { ...emptyState, page, alerts: [item] }, step: hangUp, news: [], revision: '' };
}

/** With all that is known: whoever finds it alone has nothing else to say. */
function heardOf({ alert, at }: Given, facts?: Partial<AlertDetails>): AlertItem {
  const heardAt = alert.heardAt || at;
  return withFacts({ id: alert.id, heardAt }, { ...alert, ...facts, heardAt }, at);
}

/** The item with the page's id in it; null if the alert was known before, or has closed. */
async function labelled(coming: Coming, { id }: Page, fresh: AlertItem): Promise<AlertItem | null> {
  const { known, stores } = coming;
  known.item = known.item?.revision ? known.item : await createdOrRead(coming, fresh, stores.alerts.add);
  const { data, revision } = known.item;
  if (known.isRepeated || data.closedAt !== undefined) return null;
  known.isOwn = true;
  if (data.page !== id) known.item = await stores.alerts.replace({ ...data, ...fresh }, revision);
  return known.item.data;
}

/** A refusal is waited for here; after any other failure, the document may still be read. */
function nullUnlessRefused(fault: unknown): null {
  if (fault instanceof SyncFailure && !fault.isCrowded) return null;
  throw fault;
}

/** The alert's item, created by this webhook, or as it was. */
async function createdOrRead(
  { stores: { alerts }, known }: Coming,
  alert: AlertItem,
  create: AlertStore['create'],
): Promise<StoredAlert> {
  try {
    const item = await create(alert);
    known.isCreated = true;
    return item;
  } catch (fault) {
    // A write without an answer may have been done, and have named the page that it joins.
    if (fault instanceof SyncFailure && !fault.isCrowded) {
      known.isCreated = true;
      known.isOwn = alert.page !== undefined;
    }
    if (!(fault instanceof Conflict)) throw fault;
    known.isRepeated ||= !known.isCreated;
    const item = await alerts.read(alert.id);
    if (!item) throw fault;
    return item;
  }
}

/** Null if everything has to be read again. */
async function joinAsRead(coming: Coming): Promise<Came | null> {
  const { stores, given, looking, known } = coming;
  const [item, stored] = await Promise.allSettled([
    known.item ?? createdOrRead(coming, heardOf(given), stores.alerts.create),
    known.stored ?? stores.pages.get(),
    looking,
  ]);
  if (item.status === 'fulfilled') known.item = item.value;
  if (stored.status === 'fulfilled') known.stored = stored.value;
  if (item.status === 'rejected') throw item.reason;
  if (stored.status === 'rejected') throw stored.reason;
  const command = await commandOf(coming, item.value, stored.value);
  return joinOrBegin(coming, command, item.value, stored.value);
}

/** With the latest that is known of the alert. */
async function commandOf(coming: Coming, item: StoredAlert, { data }: Stored): Promise<Notify> {
  const { stores, given, known } = coming;
  const isSettling = mayFlap(stores.list, data, given.at);
  const isWorthAsking = known.isRepeated || isSettling;
  const newest = isWorthAsking ? await stores.newest?.(given.alert.id, item, isSettling) : null;
  const { page = '', times = 0 } = known.shut ?? {};
  const shut = times >= CROWD.shutTries ? { shut: page } : {};
  return { ...(await notified(coming, newest)), ...shut, isNew: !known.isRepeated };
}

/** Another webhook came in between: what the alert leads to now; null if it is to be tried again. */
async function onceMore(coming: Coming, fault: unknown): Promise<Came | null> {
  const { known } = coming;
  const before = known.stored;
  known.stored = null;
  if (fault instanceof Conflict) known.item = null;
  if (fault instanceof Conflict) return null;
  if (fault instanceof SyncFailure) return afterFault(coming, fault, before);
  if (!(fault instanceof Undecided)) throw fault;
  // Whether the alert is on a page that has just ended is not on record yet: whoever settles it is about to say so.
  known.item = null;
  known.unrecorded = (known.unrecorded ?? 0) + 1;
  if (known.unrecorded <= ALERTS.recordTries) await sleep(ALERTS.recordMs);
  else if (before) return settledNow(coming, before, fault.page);
  return null;
}

/** Null once the page is on record. */
async function settledNow(coming: Coming, { data }: Stored, page: Page): Promise<Came | null> {
  try {
    const { recording } = await settle(coming.stores, data, page);
    await recording;
    return null;
  } catch (fault) {
    return onceMore(coming, fault);
  }
}
