/** Closing by phone. */
import type { AlertFacts } from '../../src/core/alert';
import type { State } from '../../src/core/escalation/state';
import type { MackerelApi } from '../../src/mackerel/api';
import { closeByPhone } from '../../src/page/taking';
import type { Continuation } from '../../src/twilio/continuation';
import { SyncFailure } from '../../src/twilio/sync-document';
import { alertIdsOf, EVENING, PAGE, stateOf } from '../support/on-duty';
import { servicesOf } from '../support/services';

const heard = { attempt: 1, leg: 'answered' } as const;
const of = (...ids: string[]) => stateOf(heard, { alerts: ids });
/** 鈴木 listens; the URL carries what Sync held when it was written. */
const carrying = (state: State | null, revision: string | null = null): Continuation => ({
  page: PAGE.id,
  attempt: 1,
  state,
  revision,
});
const late: AlertFacts = { id: 'late', heardAt: EVENING + 15 };

/** An API that closes what it is asked to, or fails to; some of what failed is closed all the same. */
function closing(failing: readonly string[] = [], closedAllTheSame: readonly string[] = []) {
  const asked: string[] = [];
  const mackerel: Partial<MackerelApi> = {
    async close(id, reason) {
      asked.push(`close ${id}: ${reason}`);
      return failing.includes(id) ? { ok: false, why: 'slow' } : { ok: true, value: null };
    },
    async alert(id) {
      asked.push(`look at ${id}`);
      return { ok: true, value: { id, status: closedAllTheSame.includes(id) ? 'OK' : 'CRITICAL' } };
    },
  };
  return { asked, mackerel };
}
const close = (id: string) => `close ${id}: 鈴木が電話で閉じました`;

test.each<{
  why: string;
  stored: State;
  asked: readonly string[];
  api?: ReturnType<typeof closing>;
  aside?: readonly AlertFacts[];
  step: object;
  requests: readonly string[];
  open: readonly string[];
}>([
  {
    why: 'all that were asked about',
    stored: of('a', 'b'),
    asked: ['a', 'b'],
    step: { kind: 'confirm-closed', member: 1, alerts: 2, goesOn: false },
    requests: [close('a'), close('b')],
    open: [],
  },
  {
    why: 'one joined meanwhile: it stays open',
    stored: of('a', 'b'),
    asked: ['a'],
    step: { kind: 'confirm-closed', member: 1, alerts: 1, goesOn: true },
    requests: [close('a')],
    open: ['b'],
  },
  {
    why: 'one lies in the inbox: it joins',
    stored: of('a'),
    asked: ['a'],
    aside: [late],
    step: { kind: 'confirm-closed', member: 1, alerts: 1, goesOn: true },
    requests: [close('a')],
    open: ['late'],
  },
  {
    why: 'one of two fails',
    stored: of('a', 'b'),
    asked: ['a', 'b'],
    api: closing(['b']),
    step: { kind: 'close-failed', member: 1, closed: 1, failed: 1 },
    requests: [close('a'), close('b'), 'look at b'],
    open: ['b'],
  },
  {
    why: 'both fail',
    stored: of('a', 'b'),
    asked: ['a', 'b'],
    api: closing(['a', 'b']),
    step: { kind: 'close-failed', member: 1, closed: 0, failed: 2 },
    requests: [close('a'), close('b'), 'look at a', 'look at b'],
    open: ['a', 'b'],
  },
  {
    why: 'it was done, but not said in time',
    stored: of('a'),
    asked: ['a'],
    api: closing(['a'], ['a']),
    step: { kind: 'confirm-closed', member: 1, alerts: 1, goesOn: false },
    requests: [close('a'), 'look at a'],
    open: [],
  },
  {
    why: 'they have closed by then, and another joined: that is told',
    stored: stateOf(heard, { alerts: ['b'] }),
    asked: [],
    step: { kind: 'brief', member: 1 },
    requests: [],
    open: ['b'],
  },
  {
    why: 'the page has gone on: nothing is closed',
    stored: stateOf({ attempt: 2 }, { alerts: ['a'] }),
    asked: ['a'],
    step: { kind: 'dismiss', member: 1, why: 'gone-on' },
    requests: [],
    open: ['a'],
  },
  {
    why: 'somebody has taken it: nothing is closed',
    stored: stateOf({ attempt: 2, end: { kind: 'taken', at: EVENING, by: 2 } }, { alerts: ['a'] }),
    asked: ['a'],
    step: { kind: 'dismiss', member: 1, why: 'taken', by: 2 },
    requests: [],
    open: ['a'],
  },
  {
    why: 'it is over: nothing is closed',
    stored: stateOf({ ...heard, end: { kind: 'closed', at: EVENING } }, { alerts: ['a'] }),
    asked: ['a'],
    step: { kind: 'dismiss', member: 1, why: 'over' },
    requests: [],
    open: ['a'],
  },
])('$why', async ({ stored, asked, api = closing(), aside, step, requests, open }) => {
  const services = servicesOf({ state: stored, mackerel: api.mackerel, aside });
  const outcome = await closeByPhone(services, carrying(of('a')), asked);
  expect(outcome.step).toEqual(step);
  expect(api.asked).toEqual(requests);
  expect(alertIdsOf(services.document.stored()?.data)).toEqual(open);
  expect(outcome.revision).toBe(services.document.stored()?.revision);
});

test('the URL cannot be read: Sync tells', async () => {
  const { asked, mackerel } = closing();
  const outcome = await closeByPhone(servicesOf({ state: of('a'), mackerel }), carrying(null), ['a']);
  expect(outcome.step).toEqual({ kind: 'confirm-closed', member: 1, alerts: 1, goesOn: false });
  expect(asked).toEqual([close('a')]);
});

test('Sync is down, and the URL carries but one of three: all three are closed', async () => {
  const { asked, mackerel } = closing();
  const services = servicesOf({ state: of('a', 'b', 'c'), mackerel });
  services.document.always(new SyncFailure('Sync: down', false));
  const outcome = await closeByPhone(services, carrying(of('a')), ['a', 'b', 'c']);
  expect(outcome.step).toEqual({ kind: 'confirm-closed', member: 1, alerts: 3, goesOn: false });
  expect(asked).toEqual([close('a'), close('b'), close('c')]);
});
