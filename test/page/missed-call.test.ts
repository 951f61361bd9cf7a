/** With the end of a call, Mackerel does not say which alert it was about: mackerel.io/docs/entry/howto/alerts/twilio */
import { emptyState, type State } from '../../src/core/escalation/state';
import type { MackerelApi } from '../../src/mackerel/api';
import { startMissed, wasHere } from '../../src/page/missed-call';
import { SyncFailure } from '../../src/twilio/sync-document';
import { callSid } from '../support/event';
import { ALERT, alertIdsOf, EVENING, onDuty, stateOf } from '../support/on-duty';
import { apiWith, exchange, servicesOf } from '../support/services';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const list = onDuty();
const FROM = '+815000000101';
const silent = new SyncFailure('Sync did not answer in time', false);

type Given = { state?: State; mackerel?: Partial<MackerelApi>; wasAnswered?: boolean; isSyncDown?: boolean };

async function missed({ state, mackerel, wasAnswered = false, isSyncDown = false }: Given) {
  const { calls, placed } = exchange();
  const services = servicesOf({ list, state, mackerel, calls, now: EVENING + 300 });
  if (isSyncDown) services.document.always(silent);
  const read = await services.pages.reading().catch(() => null);
  const started = startMissed(services, { call: callSid(9), from: FROM, wasAnswered }, read);
  await jest.advanceTimersByTimeAsync(10_000);
  const { step } = await started;
  const stored = services.document.stored()?.data;
  return { step, rung: placed.map(({ to }) => to), told: services.told, alerts: alertIdsOf(stored) };
}

const first = list.members[0]?.phone;
const over = stateOf({ end: { kind: 'taken', at: EVENING + 20, by: 0 } });
const reported = (...ids: string[]): State => ({
  ...emptyState,
  alerts: ids.map((id, nth) => ({
    id,
    heardAt: EVENING + nth,
    ...(id === 'closed' && { closedAt: EVENING + 9 }),
  })),
});

describe('the alert that it was about', () => {
  test.each<[string, Given, string]>([
    ['the newest open one', { mackerel: apiWith({ id: 'new' }, { id: 'old' }) }, 'new'],
    [
      'one that has just opened, though somebody has another',
      { state: over, mackerel: apiWith({ id: ALERT }, { id: 'new', openedAt: EVENING + 200 }) },
      'new',
    ],
    [
      'one that nobody was ever called about, however long it has been open',
      { state: over, mackerel: apiWith({ id: 'old', openedAt: EVENING - 900 }) },
      'old',
    ],
    [
      'the newest that the webhook told of, without an API',
      { state: reported('old', 'new', 'closed') },
      'new',
    ],
    [
      'the newest that the webhook told of, where the API tells nothing',
      { state: reported('old'), mackerel: { openAlerts: async () => ({ ok: false, why: 'slow' }) } },
      'old',
    ],
    ['nobody knows', {}, 'unknown'],
  ])('%s', async (_, given, alert) => {
    const { step, rung, told, alerts } = await missed(given);
    expect({ step, rung, alerts }).toEqual({ step: 'ring', rung: [first], alerts: [alert] });
    expect(told).toEqual(['page-started', 'calling']);
  });
});

describe('it is of no alert that is new', () => {
  const quiet = ['kept-quiet'];
  const unanswered = stateOf({ end: { kind: 'unanswered', at: EVENING + 20 } });
  const taken = { by: 0, at: EVENING + 20 };
  const held = { ...over, alerts: over.alerts.map((alert) => ({ ...alert, taken })) };
  const closedNow = { ...over, alerts: over.alerts.map((alert) => ({ ...alert, closedAt: EVENING + 299 })) };

  test.each<[string, Given, string, string[]]>([
    ['somebody has the only open one', { state: held, mackerel: apiWith({ id: ALERT }) }, 'hang-up', quiet],
    [
      'nobody answered the only open one: it rings again',
      { state: unanswered, mackerel: apiWith({ id: ALERT }) },
      'ring',
      ['page-started', 'calling'],
    ],
    [
      'its page is going on',
      { state: stateOf({ until: EVENING + 7200 }), mackerel: apiWith({ id: ALERT }) },
      'hang-up',
      [],
    ],
    ['it has just closed', { state: closedNow, mackerel: apiWith() }, 'hang-up', ['closed-already']],
  ])('%s', async (_, given, step, told) => {
    const outcome = await missed(given);
    expect(outcome).toMatchObject({ step, told, rung: step === 'ring' ? [first] : [] });
  });
});

test('one that Mackerel lists a moment later comes before a re-send', async () => {
  const [early, later] = [
    apiWith({ id: ALERT }),
    apiWith({ id: ALERT }, { id: 'new', openedAt: EVENING + 299 }),
  ];
  const answers = [early.openAlerts, later.openAlerts];
  const openAlerts = async () => (await answers.shift()?.()) ?? { ok: false as const, why: 'slow' as const };
  const state = {
    ...over,
    alerts: over.alerts.map((alert) => ({ ...alert, taken: { by: 0, at: EVENING } })),
  };
  expect(await missed({ state, mackerel: { ...early, openAlerts } })).toMatchObject({
    step: 'ring',
    alerts: ['new'],
  });
});

test.each<[string, Given, string, number]>([
  ['Sync is silent: somebody is rung', { isSyncDown: true }, 'ring', 1],
  ['it was answered, and never asked us', { wasAnswered: true }, 'ring', 1],
  ['somebody is being rung: it joins', { state: stateOf({ until: EVENING + 7200 }) }, 'hang-up', 0],
])('%s', async (_, given, step, rings) => {
  const outcome = await missed(given);
  expect([outcome.step, outcome.rung.length]).toEqual([step, rings]);
});

const AT = EVENING + 300;
const second: State = { ...over, previous: over.page };

test.each<[string, State | null, boolean, boolean]>([
  ['Sync is silent, and it was answered: it has asked us for all we know', null, true, true],
  ['Sync is silent, and it was never answered', null, false, false],
  ['it is among the calls that were here', { ...over, calls: [callSid(9).slice(-8)] }, true, true],
  ['it is not, and each call was remembered', over, true, false],
  ['no end was ever told of: calls were not remembered', second, true, true],
  ['the first end was told of a minute ago', { ...second, endsToldSince: AT - 59 }, true, true],
  ['ends have been told of for long', { ...second, endsToldSince: AT - 60 }, true, false],
  ['no end was ever told of, and it was never answered', second, false, false],
])('whether a call was here: %s', (_, state, wasAnswered, isKnown) => {
  const stored = state && { data: state, revision: '1' };
  expect(wasHere({ call: callSid(9), from: FROM, wasAnswered }, stored, AT)).toBe(isKnown);
});
