/**
 * One thing goes wrong in an otherwise plain night: each single request to a neighbour, and each callback, in each way.
 * What random histories find only by luck is found here by going through all of it.
 */
import { answers, type Fault, type HookKind, type NeighbourName } from '../../switchboard';
import { aHistory, type CallbackFault, type History } from './history';
import { tell } from './world';

const takes = answers([{ kind: 'listen' }, { kind: 'press', digits: '1' }], 3);
const passes = answers([{ kind: 'listen' }, { kind: 'press', digits: '2' }], 3);
const closesByPhone = answers(
  ['9', '1'].flatMap((digits) => [{ kind: 'listen' }, { kind: 'press', digits }] as const),
  3,
);
/** The second alert joins the first one's page. */
const twoAlerts: History['alerts'] = [
  { at: 0, status: 'CRITICAL', next: [] },
  { at: 10, status: 'WARNING', next: [] },
];
/** The second is put aside, for both want to write at once. */
const atOnce: History['alerts'] = twoAlerts.map((alert) => ({ ...alert, at: 0 }));
const closing: History['alerts'] = [{ at: 0, status: 'CRITICAL', next: [{ after: 30, what: 'close' }] }];

const list = { phones: [1, 2], ringSeconds: 20, quietMinutes: 30 };
const bridge = (changes: Partial<Parameters<typeof aHistory>[0]> = {}) =>
  aHistory({
    alerts: twoAlerts,
    ...changes,
    list,
    setup: { apiKey: 'write', statusCallback: true, ...changes.setup },
  });
const direct = (changes: Partial<Parameters<typeof aHistory>[0]> = {}) =>
  bridge({ ...changes, setup: { ...changes.setup, statusCallback: false } });
const byWebhook = (history: History): History => ({
  ...history,
  list: { ...history.list, start: 'webhook' },
});

export const nights: Readonly<Record<string, History>> = {
  'bridge: nobody answers': bridge(),
  'direct: nobody answers': byWebhook(direct()),
  'bridge: the second takes it': bridge({ people: [[passes], [takes]] }),
  'direct: the second takes it': byWebhook(direct({ people: [[passes], [takes]] })),
  'bridge: two at once, and nobody answers': bridge({ alerts: atOnce }),
  'bridge: two at once, and the first takes them': bridge({ alerts: atOnce, people: [[takes]] }),
  'direct: two at once, and the second takes them': byWebhook(
    direct({ alerts: atOnce, people: [[], [takes]] }),
  ),
  'bridge: it closes': bridge({ alerts: closing, setup: { webhook: true } }),
  'direct: it closes': byWebhook(direct({ alerts: closing })),
  'bridge: closed by phone': bridge({ people: [[closesByPhone]] }),
  'bridge: the call breaks off': bridge({ people: [[], [takes]], lost: [15] }),
  'bridge: the clock ticks, and the second takes it': bridge({ ticks: [1], people: [[], [takes]] }),
  'direct: the clock ticks, and nobody answers': byWebhook(direct({ ticks: [1, 2] })),
  'bridge: number B is busy': bridge({ setup: { numberB: 'busy' } }),
};

export const FAULTS: readonly Fault[] = [
  { kind: 'down' },
  { kind: 'hang' },
  { kind: 'slow', seconds: 5 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
];

/** A history in which one thing goes wrong, and what that is, in words. */
export type SingleFault = { readonly what: string; readonly history: History };

/** Each request that the night brings to a neighbour, with each of the faults. */
export async function faultyRequests(
  night: History,
  neighbour: NeighbourName,
  faults: readonly Fault[] = FAULTS,
): Promise<SingleFault[]> {
  const { requests } = await tell(night);
  return requests
    .filter((request) => request.neighbour === neighbour)
    .flatMap(({ request: { method, url } }, from) =>
      faults.map((fault) => ({
        what: `${neighbour} ${from}, ${method} ${url.pathname}: ${JSON.stringify(fault)}`,
        history: { ...night, failures: [{ neighbour, from, times: 1, fault }] },
      })),
    );
}

const ARRIVALS: Readonly<Record<string, Pick<CallbackFault, 'copies' | 'isUnheard'>>> = {
  'comes twice': { copies: [0, 0] },
  'comes again later': { copies: [0, 20] },
  'comes late': { copies: [6] },
  'comes too late': { copies: [20] },
  'is answered in vain': { copies: [0], isUnheard: true },
};

/** Each callback of the night, twice, late or in vain. */
export async function faultyCallbacks(night: History): Promise<SingleFault[]> {
  const { events } = await tell(night);
  const counts = new Map<HookKind, number>();
  for (const event of events) {
    if (event.kind === 'webhook') counts.set(event.hook.kind, (counts.get(event.hook.kind) ?? 0) + 1);
  }
  return [...counts].flatMap(([hook, count]) =>
    Array.from({ length: count }, (_, from) => from).flatMap((from) =>
      Object.entries(ARRIVALS).map(([how, arrival]) => ({
        what: `${hook} ${from} ${how}`,
        history: { ...night, callbacks: [{ hook, from, times: 1, ...arrival }] },
      })),
    ),
  );
}
