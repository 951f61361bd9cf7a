/**
 * Alerts that came while a page was going on, put aside in a Sync map, an item each.
 *
 * In a storm, everybody writes to the one document of the list, and nearly all lose. An item of one's own is lost
 * by nobody. twilio.com/docs/sync/api/map-item-resource
 *
 * No alert falls between putting aside and the end of a page: who ends a page first marks its inbox as closed and
 * looks into it after that; who puts an alert aside looks for that mark afterwards. One of the two sees the other.
 */
import type { AlertFacts } from '../core/alert';
import { ignoring } from './history';
import { asked, Conflict, Missing, type SyncService } from './sync-document';

export type PutAside = { readonly alert: AlertFacts; readonly call: string };

export type Inbox = {
  /** Makes the maps, so that a storm finds them there. */
  prepare(): Promise<void>;
  /** False where the page is over by now, and nobody will look any more. */
  put(page: string, aside: PutAside): Promise<boolean>;
  /** What was put aside for a page so far; nothing where Sync does not say. Never fails. */
  of(page: string): Promise<readonly PutAside[]>;
  /** The same for a page that is over: from now on nothing is put aside for it. Never fails. */
  close(page: string): Promise<readonly PutAside[]>;
  /** Whether this alert was put aside for the page; not, where Sync does not say. */
  has(page: string, alert: string): Promise<boolean>;
  /** Remembers a call that was here, though the state of the list does not show it. Never fails. */
  noteCall(call: string): Promise<void>;
  /** Whether a call is among those; not, where Sync does not say. */
  knowsCall(call: string): Promise<boolean>;
};

/** Seconds. A page lasts hours at the most, for a call does: docs/voice/twiml/dial#timelimit */
const KEPT_SECONDS = 6 * 60 * 60;
/** The most that one request lists. */
const MOST = 100;
/** Milliseconds after which no further hundred is asked for: somebody is waiting. */
const PATIENCE_MS = 3_000;

export function syncInbox(sync: () => SyncService, name: string, warn: (message: string) => void): Inbox {
  const maps = { alerts: name, calls: `${name}.calls` };
  const makeMap = (map: string) =>
    asked(() => sync().syncMaps.create({ uniqueName: map }))
      .then(() => {})
      .catch(ignoring(Conflict));

  async function create(map: string, key: string, data: object): Promise<void> {
    const item = () =>
      asked(() => sync().syncMaps(map).syncMapItems.create({ key, data, itemTtl: KEPT_SECONDS })).then(
        () => {},
      );
    await item()
      .catch(async (fault) => {
        if (!(fault instanceof Missing)) throw fault;
        await makeMap(map);
        return item();
      })
      .catch(ignoring(Conflict));
  }

  const holds = (map: string, key: string) =>
    asked(() => sync().syncMaps(map).syncMapItems(key).fetch()).then(
      () => true,
      (fault) => {
        if (fault instanceof Missing) return false;
        throw fault;
      },
    );

  async function listed(page: string): Promise<readonly PutAside[]> {
    const found: PutAside[] = [];
    const startedAt = Date.now();
    try {
      for (let last = markOf(page); ; ) {
        const from = { from: last, bounds: 'exclusive', order: 'asc', pageSize: MOST, limit: MOST } as const;
        const items = await asked(() => sync().syncMaps(maps.alerts).syncMapItems.list(from));
        const ofPage = items.filter(({ key }) => key.startsWith(markOf(page)));
        found.push(...ofPage.map(({ data }) => data as PutAside).filter(({ alert }) => alert?.id));
        const next = ofPage.at(-1)?.key;
        if (ofPage.length < MOST || next === undefined || Date.now() - startedAt > PATIENCE_MS) return found;
        last = next;
      }
    } catch (fault) {
      if (!(fault instanceof Missing)) warn(`The inbox was not read: ${(fault as Error).message}`);
      return found;
    }
  }

  const noted = (what: string) => (fault: Error) => warn(`${what}: ${fault.message}`);

  return {
    async prepare() {
      await Promise.all([makeMap(maps.alerts), makeMap(maps.calls)]).catch(noted('The inbox was not made'));
    },
    async put(page, aside) {
      await create(maps.alerts, keyOf(page, aside.alert.id), aside);
      return !(await holds(maps.alerts, markOf(page)));
    },
    of: listed,
    async close(page) {
      await create(maps.alerts, markOf(page), {}).catch(noted('The inbox was not closed'));
      return listed(page);
    },
    has: (page, alert) => holds(maps.alerts, keyOf(page, alert)).catch(() => false),
    noteCall: (call) => create(maps.calls, call, {}).catch(noted('A call was not noted')),
    knowsCall: (call) => holds(maps.calls, call).catch(() => false),
  };
}

const keyOf = (page: string, alert: string) => `${page}:${alert}`;

/** The first of a page's keys. */
const markOf = (page: string) => keyOf(page, '');
