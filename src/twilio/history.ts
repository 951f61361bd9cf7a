/**
 * Pages, one item each in a Sync map, until their time is up: every alert that a page was ever about, and each ring with
 * its times and how it ended. twilio.com/docs/sync/api/map-item-resource
 */
import type { DialList } from '../core/dial-list';
import { type Attempt, attemptsIn, bothAttempts } from '../core/escalation/attempts';
import type { Page, State } from '../core/escalation/state';
import { Conflict, type SyncService } from './sync-document';
import { ignoring, syncMap } from './sync-map';

export type History = {
  /**
   * Records a page of the state as far as it has come, beside what is on record of it.
   *
   * @param aside alerts that the state has no room for
   */
  record(list: DialList, state: State, page: Page, aside?: readonly string[]): Promise<void>;
};

/** Seconds: 90 days. Twilio drops items some time after that: docs/sync/objects-ttl */
const KEPT_SECONDS = 90 * 24 * 60 * 60;

/** An item holds 16 KiB (docs/sync/limits): what does not fit goes into further ones, `<page>.2` and so on. */
const MOST = { alerts: 400, attempts: 60 };

export function syncHistory(sync: () => SyncService, name: string): History {
  const map = syncMap(sync, name, KEPT_SECONDS);

  async function keep(key: string, fresh: Kept): Promise<void> {
    try {
      await map.add(key, fresh);
    } catch (fault) {
      ignoring(Conflict)(fault);
      const known = (await map.read(key)) as Kept | null;
      const kept = known ? both(known, fresh) : fresh;
      if (JSON.stringify(kept) !== JSON.stringify(known)) await map.replace(key, kept);
    }
  }

  return {
    async record(list, state, page, aside = []) {
      const alerts = [...new Set([...alertsIn(state, page.id), ...aside])];
      const attempts = attemptsIn(state.news, page.id).map((attempt) => written(list, attempt));
      const parts = partsOf(alerts, attempts);
      for (const [nth, part] of parts.entries()) {
        const key = nth === 0 ? page.id : `${page.id}.${nth + 1}`;
        const about = nth === 0 ? recordOf(list, page, alerts.length) : { page: page.id };
        await keep(key, { ...about, ...part });
      }
    },
  };
}

type Written = { readonly attempt: number } & Readonly<Record<string, unknown>>;
type Part = { readonly alerts: readonly string[]; readonly attempts: readonly Written[] };
type Kept = Part & Readonly<Record<string, unknown>>;

/** Every alert that the page was ever about, open or not, as far as the state knows. */
function alertsIn({ alerts, news }: State, page: string): readonly string[] {
  const joined = news.flatMap((item) => (item.kind === 'joined' && item.page === page ? item.alerts : []));
  return [...alerts.filter((alert) => alert.page === page).map(({ id }) => id), ...joined];
}

/** Cut by the number of the ring, so that a page that goes on is written into the same parts again. */
function partsOf(alerts: readonly string[], attempts: readonly Written[]): readonly Part[] {
  const last = attempts.at(-1)?.attempt ?? 0;
  const count = Math.max(1, Math.ceil(alerts.length / MOST.alerts), Math.floor(last / MOST.attempts) + 1);
  return Array.from({ length: count }, (_, nth) => ({
    alerts: alerts.slice(nth * MOST.alerts, (nth + 1) * MOST.alerts),
    attempts: attempts.filter(({ attempt }) => Math.floor(attempt / MOST.attempts) === nth),
  }));
}

const both = (known: Kept, fresh: Kept): Kept => ({
  ...known,
  ...fresh,
  alerts: [...new Set([...known.alerts, ...fresh.alerts])],
  attempts: bothAttempts(known.attempts ?? [], fresh.attempts),
});

const timeOf = (seconds: number) => new Date(seconds * 1000).toISOString();
const nameIn =
  ({ members }: DialList) =>
  (member: number) =>
    members[member]?.name ?? `#${member + 1}`;

/** A page as it is remembered: names and times, no numbers. */
function recordOf(list: DialList, page: Page, alerts: number) {
  const name = nameIn(list);
  const moreAlerts = page.more === undefined ? 0 : Math.max(0, page.more + MOST_IN_STATE - alerts);
  return {
    startedAt: timeOf(page.startedAt),
    ...(page.end && { endedAt: timeOf(page.end.at) }),
    end: page.end?.kind,
    takenBy: page.end?.kind === 'taken' ? name(page.end.by) : null,
    rings: page.attempt + 1,
    order: page.order.map(name),
    ...(moreAlerts > 0 && { moreAlerts }),
    isTest: page.isTest,
  };
}

/** Of a page with more, the state names as many: src/core/escalation/book */
const MOST_IN_STATE = 30;

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
