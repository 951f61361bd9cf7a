/** What the history of pages says of each member: docs/architecture.md, "State". */
import type { Twilio } from 'twilio';

/** ms since epoch of the last time. */
export type Proof = { readonly rungAt?: number; readonly answeredAt?: number; readonly keyAt?: number };

/** As `src/store/history.ts` writes it. */
export type PageRecord = {
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly end?: string;
  readonly takenBy?: string | null;
  readonly isTest?: boolean;
  /** A page with more than one item has some in each of them. */
  readonly alerts?: readonly string[];
  readonly attempts?: readonly RecordedAttempt[];
};

export type RecordedAttempt = {
  readonly attempt: number;
  readonly member: string;
  readonly calledAt: string;
  readonly pickedUpAt?: string;
  readonly endedAt?: string;
  readonly outcome?: string;
};

export type Recorded = { readonly page: string; readonly record: PageRecord };

/** Only a key ends a ring in these ways, or a pickup if the list says that this is enough. */
const BY_KEY = ['taken', 'passed'];

const HISTORY = 'mackerel-kaden.history';
/** Sync refuses longer pages: docs/sync/api/map-item-resource */
const PAGE_SIZE = 100;

/** The newest first; none if there has been no page. */
export async function records(client: Twilio, service = 'default', most = 500): Promise<readonly Recorded[]> {
  const map = client.sync.v1.services(service).syncMaps(HISTORY);
  const items = await map.syncMapItems
    .list({ order: 'desc', pageSize: PAGE_SIZE, limit: most })
    .catch(noneYet);
  return items.map(({ key, data }) => ({ page: key.replace(/\..*$/, ''), record: data as PageRecord }));
}

/** By member's name. */
export function proofsIn(pages: readonly Recorded[]): ReadonlyMap<string, Proof> {
  const known = new Map<string, Proof>();
  for (const { member, calledAt, pickedUpAt, endedAt, outcome = '' } of pages.flatMap(
    ({ record }) => record.attempts ?? [],
  )) {
    const before = known.get(member) ?? {};
    known.set(member, {
      rungAt: latest(before.rungAt, calledAt),
      answeredAt: latest(before.answeredAt, pickedUpAt),
      keyAt: latest(before.keyAt, BY_KEY.includes(outcome) ? (endedAt ?? pickedUpAt) : undefined),
    });
  }
  return known;
}

/** The map is made with the first page. */
function noneYet(fault: { status?: number }): [] {
  if (fault.status === 404) return [];
  throw fault;
}

function latest(known: number | undefined, given: string | undefined): number | undefined {
  if (given === undefined) return known;
  return Math.max(known ?? 0, Date.parse(given));
}
