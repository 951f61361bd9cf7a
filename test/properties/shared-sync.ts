/**
 * Sync as several webhooks share it: each request is done in one piece, when its turn comes, unless something is to
 * go wrong.
 */
import { Conflict, type SyncDocument, SyncFailure, type Versioned } from '../../src/store/sync-document';
import type { SyncMap } from '../../src/store/sync-map';
import type { Scheduler } from './scheduler';

/** `refused`: not done, 429. `unanswered`: done, and nobody hears of it. `cut`: done, and whoever asked is cut off. */
export type Mishap = 'refused' | 'unanswered' | 'cut';

/** What goes wrong with the nth request, if anything does. */
export type Fate = (request: number) => Mishap | undefined;

/** A webhook that is cut off goes on no more. */
const NEVER_AGAIN = new Promise<never>(() => {});

/** A webhook. */
export type Asker = { readonly isCut: boolean; cut(): void };

export type SharedSync = ReturnType<typeof sharedSync>;

export function sharedSync({ turn }: Pick<Scheduler, 'turn'>, fate: Fate = () => undefined) {
  let requests = 0;
  let revisions = 0;
  let document: Versioned<object> | null = null;
  const maps = new Map<string, Map<string, Versioned<object>>>();

  async function asked<T>(work: () => T, asker: Asker): Promise<T> {
    if (asker.isCut) return NEVER_AGAIN;
    const answer = turn(() => {
      requests += 1;
      const mishap = fate(requests);
      if (mishap === 'refused') throw new SyncFailure('too many', true, false, true);
      const answer = work();
      if (mishap === 'unanswered') throw new SyncFailure('no answer', true, false);
      if (mishap === 'cut') asker.cut();
      return answer;
    });
    return answer.then(
      (value) => (asker.isCut ? NEVER_AGAIN : value),
      (fault) => (asker.isCut ? NEVER_AGAIN : Promise.reject(fault)),
    );
  }
  const written = (data: object): Versioned<object> => {
    revisions += 1;
    return { data: structuredClone(data), revision: String(revisions) };
  };

  const seenBy = (cut: Asker) => ({
    document: {
      read: () => asked(() => structuredClone(document), cut),
      write: (data, over) =>
        asked(() => {
          if ((document?.revision ?? null) !== over) throw new Conflict('revision mismatch');
          document = written(data);
          return document.revision;
        }, cut),
    } as SyncDocument<object>,
    map<T extends object>(name: string): SyncMap<T> {
      const items = maps.get(name) ?? new Map<string, Versioned<object>>();
      maps.set(name, items);
      const put = (key: string, data: T) => {
        const item = written(data);
        items.set(key, item);
        return item.revision;
      };
      return {
        make: async () => {},
        add: (key, data) =>
          asked(() => {
            if (items.has(key)) throw new Conflict('item exists');
            return put(key, data);
          }, cut),
        replace: (key, data, over) =>
          asked(() => {
            if (over !== undefined && items.get(key)?.revision !== over) throw new Conflict('item mismatch');
            return put(key, data);
          }, cut),
        read: (key) => asked(() => structuredClone(items.get(key) ?? null) as Versioned<T> | null, cut),
        list: (most, behind = '') =>
          asked(
            () =>
              [...items]
                .filter(([key]) => key > behind)
                .sort(([one], [other]) => (one < other ? -1 : 1))
                .slice(0, most)
                .map(([key, item]) => ({ key, ...structuredClone(item) }) as never),
            cut,
          ),
      };
    },
  });

  /** A request to another neighbour: it takes its turn, and nothing goes wrong. */
  const done = async <T>(work: () => T, asker: Asker): Promise<T> => (asker.isCut ? NEVER_AGAIN : turn(work));

  return {
    seenBy,
    done,
    requests: () => requests,
    document: () => document?.data,
    items: (name: string) => [...(maps.get(name) ?? [])].map(([key, { data }]) => ({ key, data })),
  };
}
