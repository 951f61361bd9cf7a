/** What a key comes to, and what it costs. */
import type { State } from '../../src/core/escalation/state';
import type { Params } from '../../src/http/params';
import { afterKey } from '../../src/page/keys';
import { fromParams, toQuery } from '../../src/twilio/continuation';
import { SyncFailure } from '../../src/twilio/sync-document';
import { EVENING, PAGE, stateOf } from '../support/on-duty';
import { servicesOf } from '../support/services';

const lease = { leg: 'answered', told: 2, until: EVENING + 360 } as const;
/** 佐藤 listens; two alerts. */
const listening = { ...stateOf(lease, { alerts: ['a', 'b'] }), mayWrite: true };
const withKey = (state: State, mayWrite: boolean) => ({ ...state, mayWrite });
const joined = { ...stateOf(lease, { alerts: ['a', 'b', 'c'] }), mayWrite: true };
const goneOn = stateOf({ attempt: 1 }, { alerts: ['a', 'b'] });

/** Pressed behind a URL that was written of a state, at revision 0. */
async function pressed(digits: string, stored: State, more: Params = {}, now = EVENING + 30) {
  const services = servicesOf({ state: stored, now });
  const params = { ...Object.fromEntries(toQuery(listening, '0')), Digits: digits, ...more };
  const carried = fromParams(params);
  if (!carried) throw new Error('Nothing is carried');
  return { services, outcome: await afterKey(services, carried, params) };
}

test.each<[string, string, State, Params, object, readonly string[]]>([
  ['1 takes it', '1', listening, {}, { kind: 'confirm-taken', member: 0 }, ['write']],
  ['2 passes it on', '2', listening, {}, { kind: 'confirm-passed', member: 0 }, ['write']],
  ['* tells all', '*', listening, {}, { kind: 'tell-all', member: 0 }, ['read']],
  ['* tells what there is by now', '*', joined, {}, { kind: 'tell-all', member: 0 }, ['read', 'write']],
  ['* when it has gone on', '*', goneOn, {}, { kind: 'dismiss', member: 0, why: 'gone-on' }, ['read']],
  ['7 does nothing', '7', listening, {}, { kind: 'unknown-key', member: 0 }, ['read']],
  ['9 asks', '9', listening, {}, { kind: 'ask-to-close', member: 0 }, ['read']],
  [
    '9, where our key for Mackerel may only read by now',
    '9',
    withKey(listening, false),
    {},
    { kind: 'unknown-key', member: 0 },
    ['read'],
  ],
  ['9 when it has gone on', '9', goneOn, {}, { kind: 'dismiss', member: 0, why: 'gone-on' }, ['read']],
  [
    '2 behind the question goes back',
    '2',
    listening,
    { close: 'a,b' },
    { kind: 'brief', member: 0 },
    ['read'],
  ],
  [
    '9 behind the question goes back',
    '9',
    listening,
    { close: 'a,b' },
    { kind: 'brief', member: 0 },
    ['read'],
  ],
  [
    'the URL cannot be read: 1 takes it',
    '1',
    listening,
    { state: 'x' },
    { kind: 'confirm-taken', member: 0 },
    ['read', 'write'],
  ],
  [
    'the URL cannot be read: * tells all',
    '*',
    listening,
    { state: 'x' },
    { kind: 'tell-all', member: 0 },
    ['read'],
  ],
])('%s', async (_why, digits, stored, more, step, requests) => {
  const { services, outcome } = await pressed(digits, stored, more);
  expect(outcome.step).toEqual(step);
  expect(services.document.requests).toEqual(requests);
});

test('who has it repeated keeps the page alive, and has heard of what joined', async () => {
  const late = await pressed('*', listening, {}, EVENING + 300);
  expect(late.services.document.stored()?.data.page).toMatchObject({ until: EVENING + 660, told: 2 });
  const more = await pressed('*', joined);
  expect(more.services.document.stored()?.data.page).toMatchObject({ until: EVENING + 390, told: 3 });
});

test('Sync is down: what the URL carries is said', async () => {
  for (const [digits, kind] of [
    ['*', 'tell-all'],
    ['7', 'unknown-key'],
    ['9', 'ask-to-close'],
  ] as const) {
    const services = servicesOf({ state: joined });
    services.document.always(new SyncFailure('Sync: down', false));
    const params = { ...Object.fromEntries(toQuery(listening, '0')), Digits: digits };
    const carried = { page: PAGE.id, attempt: 0, state: listening, revision: '0' };
    const { step, state, revision } = await afterKey(services, carried, params);
    expect(step).toEqual({ kind, member: 0 });
    expect(state.alerts).toEqual(listening.alerts);
    expect(revision).toBeNull();
  }
});
