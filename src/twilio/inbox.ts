/**
 * Alerts that came, or closed, while a page was crowded, put aside in a Sync map, an item each.
 *
 * In a storm, everybody writes to the one document of the list, and nearly all lose. An item of one's own is lost
 * by nobody. twilio.com/docs/sync/api/map-item-resource
 *
 * No alert falls between putting aside and the end of a page: who ends a page first marks its inbox as closed and
 * looks into it after that; who puts an alert aside looks for that mark afterwards. One of the two sees the other.
 */
import type { AlertFacts } from '../core/alert';
import type { Aside } from '../core/escalation/event';
import { Conflict, Missing, SyncFailure, type SyncService } from './sync-document';
import { ignoring, type SyncMap, syncMap } from './sync-map';

export type Inbox = {
  /** Makes the maps, so that a storm finds them there. */
  prepare(): Promise<void>;
  /** False where the page is over by now, and nobody will look any more. */
  put(page: string, alert: AlertFacts): Promise<boolean>;
  /** Puts aside that an alert of the page has closed. Fails where Sync does. */
  putClosed(page: string, alert: string): Promise<void>;
  /** What lies there for a page so far; null where Sync does not say. Never fails. */
  of(page: string): Promise<Aside | null>;
  /** The same for a page that is over: from now on nothing is put aside for it. Null where that failed. Never fails. */
  close(page: string): Promise<Aside | null>;
  /** Whether this alert was put aside for the page; not, where Sync does not say. */
  has(page: string, alert: string): Promise<boolean>;
  /** Remembers a call that was here, though the state of the list does not show it. Never fails. */
  noteCall(call: string): Promise<void>;
  /** Whether a call is among those; not, where Sync does not say. */
  knowsCall(call: string): Promise<boolean>;
};

/** Seconds. By then a page is over, or has been carried on by another notification. */
const KEPT_SECONDS = 6 * 60 * 60;
/** The most that one request lists. */
const MOST = 100;
/** Milliseconds after which no further hundred is asked for: somebody is waiting. */
const PATIENCE_MS = 3_000;

type Item = { readonly alert?: AlertFacts; readonly closed?: string };

export function syncInbox(sync: () => SyncService, name: string, warn: (message: string) => void): Inbox {
  const alerts = syncMap(sync, name, KEPT_SECONDS);
  const calls = syncMap(sync, `${name}.calls`, KEPT_SECONDS);

  const put = (map: SyncMap, key: string, item: Item) => map.add(key, item).catch(ignoring(Conflict));

  /** Each item of a page, in the order of the alerts. */
  async function itemsOf(page: string): Promise<readonly Item[]> {
    const found: Item[] = [];
    for (let [last, startedAt] = [markOf(page), Date.now()]; ; ) {
      const items = await twice(() => alerts.list(MOST, last));
      const ofPage = items.filter(({ key }) => key.startsWith(markOf(page)));
      found.push(...ofPage.map(({ data }) => data as Item));
      const next = ofPage.at(-1)?.key;
      if (ofPage.length < MOST || next === undefined || Date.now() - startedAt > PATIENCE_MS) return found;
      last = next;
    }
  }

  const listed = (page: string, isLast: boolean): Promise<Aside | null> =>
    itemsOf(page).then(
      (items) => asideIn(items, page, isLast),
      (fault) => {
        if (fault instanceof Missing) return asideIn([], page, isLast);
        warn(`Could not read the inbox: ${(fault as Error).message}`);
        return null;
      },
    );

  const noted = (what: string) => (fault: Error) => warn(`${what}: ${fault.message}`);

  return {
    prepare: () => Promise.all([alerts.make(), calls.make()]).then(() => {}, noted('The inbox was not made')),
    async put(page, alert) {
      await put(alerts, keyOf(page, alert.id), { alert });
      return (await alerts.read(markOf(page))) === null;
    },
    putClosed: (page, alert) => put(alerts, keyOf(page, `${alert}~closed`), { closed: alert }),
    of: (page) => listed(page, false),
    async close(page) {
      try {
        await twice(() => put(alerts, markOf(page), {}));
      } catch (fault) {
        warn(`Could not close the inbox: ${(fault as Error).message}`);
        return null;
      }
      return listed(page, true);
    },
    has: async (page, alert) => (await alerts.read(keyOf(page, alert)).catch(() => null)) !== null,
    noteCall: (call) => put(calls, call, {}).catch(noted('A call was not noted')),
    knowsCall: async (call) => (await calls.read(call).catch(() => null)) !== null,
  };
}

/** An alert that closed after it was put aside is left out. */
function asideIn(items: readonly Item[], page: string, isLast: boolean): Aside {
  const closed = items.flatMap((item) => (item.closed === undefined ? [] : [item.closed]));
  const alerts = items.flatMap(({ alert }) => (alert && !closed.includes(alert.id) ? [alert] : []));
  return { page, alerts, closed, isLast };
}

/** An alert would be lost for want of a second try; but who is silent once is not waited for again. */
function twice<T>(request: () => Promise<T>): Promise<T> {
  return request().catch((fault) => {
    if (fault instanceof SyncFailure && !fault.isLate) return request();
    throw fault;
  });
}

const keyOf = (page: string, alert: string) => `${page}:${alert}`;

/** The first of a page's keys. */
const markOf = (page: string) => keyOf(page, '');
