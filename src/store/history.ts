/**
 * Pages, an item each in a Sync map, kept for some time: every alert that a page was about, and each ring with its
 * times and its end. twilio.com/docs/sync/api/map-item-resource
 *
 * The record of a page that is over decides which alert was on which page.
 */
import type { DialList } from '../dial-list/list';
import { type Attempt, bothAttempts, orderOf, type Page, type PageEnd, ringsMade } from '../escalation';
import { ALERTS, HISTORY } from '../platform/budget';
import { Conflict, type SyncService } from './sync-document';
import { ignoring, type SyncMap, syncMap } from './sync-map';

export type History = {
  /**
   * Records a page, adding to its record. The first record of its end decides which alerts were on it.
   *
   * @param late alerts that came after that, and are the taker's all the same
   */
  record(
    list: DialList,
    page: Page,
    alerts: readonly string[],
    attempts: readonly Attempt[],
    late?: readonly string[],
  ): Promise<void>;
  /** Null if there is no record of its end. */
  of(page: string, list: DialList): Promise<PastPage | null>;
};

/** What the past can say: who had which alerts. */
export type PastPage = {
  readonly end: PageEnd;
  readonly turn: number;
  readonly alerts: readonly string[];
};

type Written = { readonly attempt: number } & Readonly<Record<string, unknown>>;

/** The stored form: names and times, no phone numbers. */
type Kept = {
  readonly endedAt?: string;
  readonly end?: PageEnd['kind'];
  readonly takenBy?: string | null;
  readonly taker?: number;
  readonly turn?: number;
  /** How many items hold the rest: one holds 16 KiB at most (docs/sync/limits). */
  readonly parts?: number;
  readonly alerts: readonly string[];
  readonly attempts: readonly Written[];
};

export const historyMap = (sync: SyncService, name: string): SyncMap<object> =>
  syncMap<object>(sync, name, ALERTS.historyKeptSeconds);

export function syncHistory(map: SyncMap<object>): History {
  const keyOf = (page: string, nth: number) => (nth === 0 ? page : `${page}.${nth + 1}`);

  async function keep(key: string, fresh: Kept, late: readonly string[]): Promise<void> {
    try {
      await map.add(key, fresh);
    } catch (fault) {
      ignoring(Conflict)(fault);
      const known = (await map.read(key)) as { data: Kept; revision: string } | null;
      const kept = known ? both(known.data, fresh, late) : fresh;
      if (JSON.stringify(kept) !== JSON.stringify(known?.data)) await map.replace(key, kept, known?.revision);
    }
  }

  return {
    async record(list, page, alerts, attempts, late = []) {
      const parts = partsOf(
        alerts,
        attempts.map((attempt) => written(list, attempt)),
      );
      const [first = { alerts: [], attempts: [] }, ...others] = parts;
      // The other parts are written first, so that a record with a first part is complete.
      await Promise.all(
        others.map((part, nth) => keep(keyOf(page.id, nth + 1), { ...part, page: page.id } as Kept, [])),
      );
      const more = others.length > 0 ? { parts: others.length } : {};
      await keep(page.id, { ...recordOf(list, page), ...more, ...first }, late);
    },
    async of(page, list) {
      const kept = (await map.read(page))?.data as Kept | undefined;
      if (!kept?.end) return null;
      const keys = Array.from({ length: kept.parts ?? 0 }, (_, nth) => keyOf(page, nth + 1));
      const parts = await Promise.all(keys.map((key) => map.read(key)));
      const others = parts.flatMap((part) => (part?.data as Kept | undefined)?.alerts ?? []);
      return { end: endOf(kept, list), turn: kept.turn ?? 0, alerts: [...(kept.alerts ?? []), ...others] };
    },
  };
}

/** Cut by the number of the ring, so that a page that goes on writes the same parts again. */
function partsOf(alerts: readonly string[], attempts: readonly Written[]) {
  const last = attempts.at(-1)?.attempt ?? 0;
  const count = Math.max(
    1,
    Math.ceil(alerts.length / HISTORY.alerts),
    Math.floor(last / HISTORY.attempts) + 1,
  );
  return Array.from({ length: count }, (_, nth) => ({
    alerts: alerts.slice(nth * HISTORY.alerts, (nth + 1) * HISTORY.alerts),
    attempts: attempts.filter(({ attempt }) => Math.floor(attempt / HISTORY.attempts) === nth),
  }));
}

/** The first record of a page's end decides which alerts were on it. */
const both = (known: Kept, fresh: Kept, late: readonly string[]): Kept => ({
  ...known,
  ...fresh,
  alerts: known.end ? [...new Set([...known.alerts, ...late])] : fresh.alerts,
  attempts: bothAttempts(known.attempts ?? [], fresh.attempts),
});

function endOf({ end, endedAt = '', takenBy, taker }: Kept, { members }: DialList): PageEnd {
  const at = Math.floor(Date.parse(endedAt) / 1000);
  if (end !== 'taken') return { kind: end === 'closed' ? 'closed' : 'unanswered', at };
  // Older records hold only the name.
  const by =
    taker ??
    Math.max(
      0,
      members.findIndex(({ name }) => name === takenBy),
    );
  return { kind: 'taken', at, by, attempt: 0 };
}

const timeOf = (seconds: number) => new Date(seconds * 1000).toISOString();
const nameIn =
  ({ members }: DialList) =>
  (member: number) =>
    members[member]?.name ?? `#${member + 1}`;

function recordOf(list: DialList, page: Page) {
  const name = nameIn(list);
  const { end, turn } = page;
  const taker = end?.kind === 'taken' ? end.by : undefined;
  return {
    startedAt: timeOf(page.startedAt),
    ...(end && { endedAt: timeOf(end.at) }),
    end: end?.kind,
    takenBy: taker === undefined ? null : name(taker),
    ...(taker !== undefined && { taker }),
    turn,
    rings: ringsMade(page),
    order: orderOf(page).map(name),
    isTest: page.isTest,
  };
}

function written(list: DialList, { attempt, member, outcome, ...times }: Attempt): Written {
  const { calledAt, pickedUpAt, endedAt } = times;
  return {
    attempt,
    member: nameIn(list)(member),
    calledAt: timeOf(calledAt),
    ...(pickedUpAt !== undefined && { pickedUpAt: timeOf(pickedUpAt) }),
    ...(endedAt !== undefined && { endedAt: timeOf(endedAt) }),
    ...(outcome && { outcome }),
  };
}
