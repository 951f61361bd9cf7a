/** Services as a Function gets them, over a document in memory: what a test does not say is not there. */
import { readConfig } from '../../src/config';
import type { AlertFacts } from '../../src/core/alert';
import type { DialList } from '../../src/core/dial-list';
import type { Aside } from '../../src/core/escalation/event';
import type { State } from '../../src/core/escalation/state';
import { turnByDate } from '../../src/core/rotation';
import type { ApiAlert, MackerelApi } from '../../src/mackerel/api';
import type { Newsdesk } from '../../src/page/newsdesk';
import type { Services } from '../../src/services';
import type { Calls, Placement } from '../../src/twilio/calls';
import type { Inbox } from '../../src/twilio/inbox';
import { pageStore } from '../../src/twilio/page-store';
import { callSid } from './event';
import { type FakeDocument, fakeDocument } from './fake-document';
import { EVENING, onDuty } from './on-duty';

type Given = {
  readonly list?: DialList;
  readonly state?: State;
  readonly mackerel?: Partial<MackerelApi>;
  readonly calls?: Partial<Calls>;
  /** Lies in the inbox of whatever page. */
  readonly aside?: readonly AlertFacts[];
  /** Seconds since the epoch. */
  readonly now?: number;
};

export type Served = Services & {
  readonly document: FakeDocument<State>;
  /** The kinds of news that were told. */
  readonly told: readonly string[];
};

export function servicesOf({
  list = onDuty(),
  state,
  mackerel,
  calls,
  aside = [],
  now = EVENING,
}: Given): Served {
  const document = fakeDocument<State>(state ?? null);
  const lies = (page: string, isLast: boolean): Aside => ({
    page,
    alerts: aside,
    closed: [],
    isLast,
  });
  const inbox = {
    of: async (page: string) => lies(page, false),
    close: async (page: string) => lies(page, true),
    noteCall: async () => {},
  } as Partial<Inbox> as Inbox;
  const told: string[] = [];
  const news: Partial<Newsdesk> = {
    tellOutcome: async ({ news }) => void told.push(...news.map(({ kind }) => kind)),
  };
  const services: Partial<Services> = {
    config: readConfig({}),
    list,
    inbox,
    pages: pageStore({ list, document, inbox, warn: () => {} }),
    calls: calls as Calls,
    ourselves: { handOver: async () => true },
    news: news as Services['news'],
    mackerel: (mackerel as MackerelApi | undefined) ?? null,
    origin: 'https://example.com',
    deadline: Number.POSITIVE_INFINITY,
    turnAt: (seconds) => turnByDate(list, seconds * 1000),
    now: () => now,
  };
  return { ...(services as Services), document, told };
}

/** Places calls to all but some numbers, and keeps in mind what it was asked. */
export function exchange(...refused: readonly string[]) {
  const placed: Placement[] = [];
  const ended: string[] = [];
  const calls: Partial<Calls> = {
    async place(placement) {
      placed.push(placement);
      return refused.includes(placement.to)
        ? { refused: 'failed' as const }
        : { sid: callSid(100 + placed.length) };
    },
    async complete(sid) {
      ended.push(sid);
      return true;
    },
  };
  return { calls, placed, ended };
}

/** An API that knows these alerts, and shows their memos. */
export function apiWith(...alerts: (Partial<ApiAlert> & { readonly id: string })[]): Partial<MackerelApi> & {
  readonly memos: Record<string, string>;
} {
  const all = alerts.map((alert): ApiAlert => ({ status: 'CRITICAL', openedAt: EVENING, ...alert }));
  const memos: Record<string, string> = {};
  return {
    memos,
    async alert(id) {
      const value = all.find((alert) => alert.id === id);
      return value ? { ok: true, value } : { ok: false, why: 'not-found' };
    },
    openAlerts: async () => ({
      ok: true,
      value: { alerts: all.filter(({ status }) => status !== 'OK'), isAll: true },
    }),
    async writeMemo(id, memo) {
      memos[id] = memo;
      return { ok: true, value: null };
    },
  };
}
