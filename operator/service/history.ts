/** What the history of pages tells of each member: docs/architecture.md, "State". */
import type { Twilio } from 'twilio';

/** ms since epoch of the last time. */
export type Proof = { readonly rungAt?: number; readonly answeredAt?: number; readonly keyAt?: number };

export type PageRecord = {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly end: string;
  readonly takenBy: string | null;
  readonly isTest: boolean;
  readonly attempts?: readonly {
    readonly member: string;
    readonly rungAt: string;
    readonly answeredAt?: string;
    readonly key?: string;
  }[];
};

const HISTORY = 'mackerel-kaden.history';
/** Sync refuses longer pages: docs/sync/api/map-item-resource */
const PAGE_SIZE = 100;

/** The newest first. */
export async function records(client: Twilio, most = 500): Promise<readonly PageRecord[]> {
  const map = client.sync.v1.services('default').syncMaps(HISTORY);
  const items = await map.syncMapItems.list({ order: 'desc', pageSize: PAGE_SIZE, limit: most });
  return items.map(({ data }) => data as PageRecord);
}

/** By member's name. */
export async function proofs(client: Twilio): Promise<ReadonlyMap<string, Proof>> {
  const known = new Map<string, Proof>();
  for (const record of await records(client).catch(noneYet)) {
    for (const { member, rungAt, answeredAt, key } of record.attempts ?? []) {
      const before = known.get(member) ?? {};
      known.set(member, {
        rungAt: latest(before.rungAt, rungAt),
        answeredAt: latest(before.answeredAt, answeredAt),
        keyAt: latest(before.keyAt, key === undefined ? undefined : answeredAt),
      });
    }
  }
  return known;
}

/** The map is made with the first page. */
function noneYet(fault: { status?: number }): readonly PageRecord[] {
  if (fault.status === 404) return [];
  throw fault;
}

function latest(known: number | undefined, given: string | undefined): number | undefined {
  if (given === undefined) return known;
  return Math.max(known ?? 0, Date.parse(given));
}
