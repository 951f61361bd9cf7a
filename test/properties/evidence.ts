/** What an outcome shows, put in order: who was rung for which page, what the pages came to, who was told that it is theirs. */
import type { LoggedNews } from '../../src/escalation';
import { type AlertItem, memberAt, orderOf, type Page, type State } from '../../src/escalation';
import { fromParams } from '../../src/store/continuation';
import type { Outcome } from './world';

/** A ring of a member's phone, as the exchange made it. Times in milliseconds since the epoch. */
export type Leg = {
  readonly sid: string;
  readonly page: string;
  readonly attempt: number;
  readonly phone: string;
  readonly at: number;
  readonly endedAt: number;
};

/** A state, and when it was saved or sent along. */
export type Seen = { readonly at: number; readonly state: State; readonly isSaved: boolean };

export type Confirmation = {
  readonly at: number;
  readonly page: string;
  readonly attempt: number;
  readonly callSid: string;
};

export type Evidence = {
  readonly legs: readonly Leg[];
  readonly seen: readonly Seen[];
  readonly saved: readonly Seen[];
  /** Each news once, by the page and what it says. */
  readonly news: readonly LoggedNews[];
  /** The latest form of each page, in the order in which they began. */
  readonly pages: ReadonlyMap<string, Page>;
  /** The orders that were ever a page's, as they read: one, if nothing reshuffles it. */
  readonly ordersOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** The alerts that a page began with. */
  readonly begunWith: ReadonlyMap<string, readonly string[]>;
  /** The alerts that were ever a page's. */
  readonly alertsOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly confirmations: readonly Confirmation[];
};

/** What only who takes a page is told: src/speech */
const CONFIRMED = 'が対応することになりました';

export function evidenceOf(outcome: Outcome): Evidence {
  const seen = statesOf(outcome);
  const items = itemsOf(outcome);
  const pages = new Map<string, Page>();
  const ordersOf = new Map<string, Set<string>>();
  const begunWith = new Map<string, readonly string[]>();
  const alertsOf = new Map<string, Set<string>>();
  const news = new Map<string, LoggedNews>();
  for (const { state } of seen) {
    for (const page of [...state.ended, state.page]) {
      if (!page) continue;
      if (!begunWith.has(page.id)) begunWith.set(page.id, page.first ? [page.first] : []);
      pages.set(page.id, page);
      ordersOf.set(page.id, (ordersOf.get(page.id) ?? new Set()).add(orderOf(page).join()));
    }
    for (const { id, page } of [...(state.alerts ?? []), ...items]) {
      if (page) alertsOf.set(page, (alertsOf.get(page) ?? new Set()).add(id));
    }
    for (const item of state.news) news.set(JSON.stringify(item), item);
  }
  return {
    legs: legsOf(outcome),
    seen,
    saved: seen.filter(({ isSaved }) => isSaved),
    news: [...news.values()],
    pages,
    ordersOf,
    begunWith,
    alertsOf,
    confirmations: confirmationsOf(outcome),
  };
}

/** What items of alerts were written, as Sync took them. */
function itemsOf({ requests }: Outcome): AlertItem[] {
  return requests.flatMap(({ neighbour, request, response }): AlertItem[] => {
    const isItem = /\/mackerel-kaden\.alerts\.\d\/Items/.test(request.url.pathname);
    const data = new URLSearchParams(request.body).get('Data');
    const isTaken = response !== undefined && response.status < 300;
    if (neighbour !== 'sync' || request.method !== 'POST' || !isItem || !data || !isTaken) return [];
    const item = JSON.parse(data) as AlertItem;
    return item.id === undefined ? [] : [item];
  });
}

function statesOf({ requests, events }: Outcome): Seen[] {
  const saved = requests.flatMap(({ at, neighbour, request, response, fault }): Seen[] => {
    const isDocument = /\/Documents(\/mackerel-kaden)?$/.test(request.url.pathname);
    if (neighbour !== 'sync' || request.method !== 'POST' || !isDocument || fault?.kind === 'status')
      return [];
    const data = new URLSearchParams(request.body).get('Data');
    const state = data ? { ...JSON.parse(data), alerts: [] } : null;
    return response && response.status < 300 && state?.version === 2 ? [{ at, state, isSaved: true }] : [];
  });
  const carried = new Map<string, Seen>();
  for (const event of events) {
    if (event.kind !== 'webhook') continue;
    const packed = event.hook.url.searchParams.get('state');
    if (!packed || carried.has(packed)) continue;
    const state = fromParams(Object.fromEntries(event.hook.url.searchParams))?.state;
    if (state) carried.set(packed, { at: event.at, state, isSaved: false });
  }
  return [...saved, ...carried.values()].sort((one, other) => one.at - other.at);
}

function legsOf({ calls, events, list, endedAt }: Outcome): Leg[] {
  const phones = new Set(list.members.map(({ phone }) => phone));
  const about = new Map<string, URL>();
  for (const event of events) {
    if (event.kind !== 'webhook' || about.has(event.callSid)) continue;
    if (event.hook.url.searchParams.has('page')) about.set(event.callSid, event.hook.url);
  }
  return calls
    .filter(({ to }) => phones.has(to))
    .map(({ sid, to, createdAt, endedAt: over }) => {
      const query = about.get(sid)?.searchParams;
      return {
        sid,
        page: query?.get('page') ?? '?',
        attempt: Number(query?.get('attempt') ?? -1),
        phone: to,
        at: createdAt,
        endedAt: over ?? endedAt,
      };
    });
}

function confirmationsOf({ events }: Outcome): Confirmation[] {
  return events.flatMap((event): Confirmation[] => {
    if (event.kind !== 'webhook-answered' || !event.body.includes(CONFIRMED)) return [];
    const query = event.hook.url.searchParams;
    const { at, callSid } = event;
    return [{ at, callSid, page: query.get('page') ?? '?', attempt: Number(query.get('attempt')) }];
  });
}

/** The member whom a ring of a page is for. */
export const memberOf = ({ pages }: Evidence, page: string, attempt: number): number | null => {
  const known = pages.get(page);
  return known ? memberAt(known, attempt) : null;
};
