/** What a webhook is given, with Sync shared by all of them, and phones that only note who rings. */
import type { DialList } from '../../src/dial-list/list';
import type { AlertItem } from '../../src/escalation';
import type { Services } from '../../src/platform/services';
import { alertStore } from '../../src/store/alert-store';
import type { Stores } from '../../src/store/coming';
import { fromParams } from '../../src/store/continuation';
import { syncHistory } from '../../src/store/history';
import { pageStore } from '../../src/store/page-store';
import { processMemory } from '../../src/store/process-memory';
import { endedPages, isToSettle, settle } from '../../src/store/settle';
import type { Asker, SharedSync } from './shared-sync';

export const undisturbed: Asker = { isCut: false, cut: () => {} };

export function storesOn(sync: SharedSync, list: DialList, asker = undisturbed): Stores {
  const seen = sync.seenBy(asker);
  const alerts = alertStore(
    [seen.map<AlertItem>('alerts.0'), seen.map<AlertItem>('alerts.1')],
    [seen.map('marks.0'), seen.map('marks.1')],
  );
  const warn = () => {};
  return {
    list,
    alerts,
    pages: pageStore({ list, document: seen.document, alerts, warn }),
    history: syncHistory(seen.map('history')),
    callLog: {
      note: async () => {},
      has: async () => false,
      heardOfEnd: async () => {},
      endsToldSince: async () => null,
    },
    warn,
  };
}

/** A phone that was rung: for which ring, and whether its call has been ended since. */
export type Rung = {
  readonly call: string;
  readonly page: string;
  readonly attempt: number;
  isOver: boolean;
};

export type Phones = {
  readonly rung: Rung[];
  /** The ends of pages that were posted. */
  readonly told: Set<string>;
};

/** @param now seconds since the epoch */
export function servicesOn(
  sync: SharedSync,
  list: DialList,
  { rung, told }: Phones,
  now: () => number,
  asker = undisturbed,
): Services {
  const stores = storesOn(sync, list, asker);
  const place = (url: string) => {
    const carried = fromParams(Object.fromEntries(new URL(url).searchParams));
    const call = `CA${String(rung.length).padStart(32, '0')}`;
    rung.push({ call, page: carried?.page ?? '', attempt: carried?.attempt ?? -1, isOver: false });
    return { sid: call };
  };
  const complete = (call: string) => {
    for (const one of rung) if (one.call === call) one.isOver = true;
  };
  async function tell(
    state: Parameters<Services['news']['tell']>[0],
    { isOver = false } = {},
  ): Promise<void> {
    const due = endedPages(state).filter((page) => isToSettle(page, now(), isOver) && !told.has(page.id));
    for (const page of due) {
      const { recording } = await settle(stores, state, page);
      await recording;
      told.add(page.id);
    }
  }
  const done = <T>(what: () => T) => sync.done(what, asker);
  return {
    ...stores,
    memory: processMemory('here'),
    config: {
      slack: null,
      mackerelApiKey: null,
      webhookCredentials: { user: 'mackerel', password: 'secret' },
      callerId: '+815000000101',
      healthCredentials: null,
      clockCredentials: null,
      syncService: null,
    },
    details: null,
    mackerel: null,
    news: {
      tell: (state, telling) => tell(state, telling).catch(() => {}),
      tellOutcome: ({ state, revision }, isOver) =>
        revision === null ? Promise.resolve() : tell(state, { isOver }).catch(() => {}),
      tellLatest: async () => {},
      announceConnected: async () => {},
      announceTrouble: async () => {},
    },
    // `tell` itself knows what it has told.
    cursor: { read: async () => ({ data: { count: 0, at: 0 }, revision: '' }) },
    calls: {
      place: ({ url }: { readonly url: string }) => done(() => place(url)),
      complete: (call: string) => done(() => complete(call)),
      isOver: async () => false,
    } as unknown as Services['calls'],
    ourselves: { handOver: async () => true },
    origin: 'https://kaden.example',
    requests: { sync: 0, twilio: 0, mackerel: 0, slack: 0 },
    deadline: Date.now() + 9_000,
    turnAt: () => 0,
    now,
  };
}
