/** An alert that has come: the input of its decision, and what is known by now. */
import type { DialList } from '../dial-list/list';
import type { AlertDetails, CallerStep, Notify } from '../escalation';
import type { AlertStore, StoredAlert } from './alert-store';
import type { CallLog } from './call-log';
import type { History } from './history';
import type { Outcome, PageStore, Stored } from './page-store';
import type { ProcessMemory } from './process-memory';

export type Stores = {
  readonly list: DialList;
  readonly pages: PageStore;
  readonly alerts: AlertStore;
  readonly callLog: CallLog;
  readonly history: History;
  /** What Mackerel's webhook last reported about a known alert. Never fails. */
  readonly newest?: (
    id: string,
    item: StoredAlert | null,
    isSettling: boolean,
  ) => Promise<AlertDetails | null>;
  /** What this process remembers while Sync is silent. */
  readonly memory?: ProcessMemory;
  readonly warn: (message: string) => void;
};

/** What is looked up about the alert meanwhile. */
export type LookedUp = Pick<Notify, 'isClosed' | 'unavailable'> & { readonly facts?: Partial<AlertDetails> };

/** How to wait while Sync refuses: a call comes back after a pause, any other webhook sleeps. */
export type Waiting = { readonly times: number; readonly canComeBack: boolean };

export type Given = Omit<Notify, 'kind' | 'webhookId' | 'shut'>;

/** One alert that has come. */
export type Coming = {
  readonly stores: Stores;
  readonly given: Given;
  /** Never fails. */
  readonly looking: Promise<LookedUp>;
  readonly waiting: Waiting;
  readonly webhookId: string;
  readonly startedAt: number;
  readonly known: Known;
};

/** What this webhook has found out and done by now. It grows with each answer of Sync's, also if the next request fails. */
export type Known = {
  item: StoredAlert | null;
  stored: Stored | null;
  /** This webhook has created the item, as far as it knows; then a Conflict is its own. */
  isCreated?: boolean;
  /** The alert was known before. */
  isRepeated?: boolean;
  /** This webhook wrote the page's id into the item: the call that stands there is no repeat. */
  isOwn?: boolean;
  /** A page that takes no newcomers, and how often it was found so. */
  shut?: { readonly page: string; readonly times: number };
  /** How often the record of a page was asked for in vain. */
  unrecorded?: number;
  /**
   * How often Sync refused because too many webhooks asked in the same moment, and how often it failed in another
   * way.
   */
  refusals: number;
  faults: number;
};

export type Came = Outcome<CallerStep>;

/** @param newest what is known of the alert by now */
export async function notified(
  { given, looking, webhookId }: Coming,
  newest?: AlertDetails | null,
): Promise<Notify> {
  const { facts, isClosed, unavailable } = await looking;
  const alert = { ...given.alert, ...newest, ...facts };
  return { kind: 'notify', ...given, isClosed, ...(unavailable && { unavailable }), alert, webhookId };
}
