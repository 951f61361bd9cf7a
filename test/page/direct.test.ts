import type { State } from '../../src/core/escalation/state';
import type { CallerStep } from '../../src/core/escalation/step';
import { carryOut } from '../../src/page/direct';
import type { Outcome } from '../../src/twilio/page-store';
import { SyncFailure } from '../../src/twilio/sync-document';
import { callSid } from '../support/event';
import { EVENING, onDuty, stateOf } from '../support/on-duty';
import { exchange, servicesOf } from '../support/services';

const FROM = '+815000000101';
const list = onDuty();
const [sato = '', suzuki = '', alice = ''] = list.members.map(({ phone }) => phone);
const direct = stateOf({ way: 'direct', call: '' });
const firstRing = { kind: 'ring', attempt: 0, member: 0 } as const;

const outcomeOf = (
  step: CallerStep,
  state: State = direct,
  revision: string | null = '0',
): Outcome<CallerStep> => ({
  state,
  step,
  news: [],
  revision,
});

/** Carries out a first ring, where Twilio refuses some numbers. */
async function ringing(refused: readonly string[], from: string | null = FROM) {
  const { calls, placed, ended } = exchange(...refused);
  const services = servicesOf({ list, state: direct, calls });
  const outcome = await carryOut(services, outcomeOf(firstRing), from);
  return {
    outcome,
    rung: placed.map(({ to }) => to),
    placed,
    ended,
    stored: services.document.stored()?.data,
  };
}

test('a member is rung, with all that the call has to know, and the page knows the call', async () => {
  const { outcome, placed, stored } = await ringing([]);
  expect(placed).toEqual([
    {
      to: sato,
      from: FROM,
      url: expect.stringMatching(/^https:\/\/example\.com\/answered\?page=/),
      statusCallback: expect.stringMatching(/^https:\/\/example\.com\/dial-status\?page=.*&way=direct$/),
      ringSeconds: 60,
      talkSeconds: 180,
    },
  ]);
  expect(outcome.step).toEqual({ kind: 'hang-up' });
  expect(stored?.page).toMatchObject({ attempt: 0, call: callSid(101) });
});

describe('Twilio refuses a number', () => {
  test('the next member is rung at once, and that is told', async () => {
    const { outcome, rung, stored } = await ringing([sato]);
    expect(rung).toEqual([sato, suzuki]);
    expect(outcome.news.map(({ kind }) => kind)).toEqual(['not-reached', 'calling']);
    expect(outcome.news[0]).toMatchObject({ member: 0, why: 'failed' });
    expect(stored?.page).toMatchObject({ attempt: 1, call: callSid(102), end: null });
  });

  test('of everyone, in every round: people are told that nobody was reached', async () => {
    const { outcome, rung, stored } = await ringing([sato, suzuki, alice]);
    expect(rung).toEqual([sato, suzuki, alice, sato, suzuki, alice]);
    expect(outcome.news.at(-1)?.kind).toBe('nobody-answered');
    expect(stored?.page?.end?.kind).toBe('unanswered');
  });

  test('again and again: that no call can be placed is told before the Function’s time is up', async () => {
    const long = onDuty({ rounds: 50 });
    const { calls, placed } = exchange(sato, suzuki, alice);
    const services = servicesOf({ list: long, state: direct, calls });
    const outcome = await carryOut(services, outcomeOf(firstRing), FROM);
    expect(placed).toHaveLength(9);
    expect(outcome.news.at(-1)?.kind).toBe('unreachable');
    expect(services.document.stored()?.data.page?.end).toEqual({ kind: 'unanswered', at: EVENING });
  });
});

test('no number of ours to call from: nobody is believed to be rung', async () => {
  const { outcome, rung, stored } = await ringing([], null);
  expect(rung).toEqual([]);
  expect(outcome.news.map(({ kind }) => kind)).toEqual(['unreachable']);
  expect(stored?.page?.end?.kind).toBe('unanswered');
});

test('a member who has left the list is passed over', async () => {
  const { calls, placed } = exchange();
  const state = stateOf({ way: 'direct', call: '', order: [7, 1, 2] });
  await carryOut(servicesOf({ list, state, calls }), outcomeOf({ ...firstRing, member: 7 }, state), FROM);
  expect(placed.map(({ to }) => to)).toEqual([suzuki]);
});

test('the page ended while the call was being placed: the call is ended, too', async () => {
  const { calls, ended } = exchange();
  const services = servicesOf({ list, state: direct, calls });
  services.document.put(stateOf({ way: 'direct', call: '', end: { kind: 'closed', at: EVENING } }));
  const outcome = await carryOut(services, outcomeOf(firstRing), FROM);
  expect(ended).toEqual([callSid(101)]);
  expect(outcome.state.page?.end?.kind).toBe('closed');
});

test('Sync holds nothing: the member is rung all the same, once', async () => {
  const { calls, placed } = exchange();
  const services = servicesOf({ list, calls });
  services.document.always(new SyncFailure('Sync did not answer in time', false));
  const outcome = await carryOut(services, outcomeOf(firstRing, direct, null), FROM);
  expect(placed.map(({ to }) => to)).toEqual([sato]);
  expect(outcome).toMatchObject({ step: { kind: 'hang-up' }, revision: null });
});

test.each<[string, Outcome<CallerStep>, string[]]>([
  ['TwiML rings', outcomeOf(firstRing, stateOf()), []],
  ['nothing is to be done', outcomeOf({ kind: 'hang-up' }), []],
  ['a call is to be ended', outcomeOf({ kind: 'end-call', call: callSid(7) }), [callSid(7)]],
])('nobody is rung where %s', async (_, outcome, over) => {
  for (const from of [FROM, null]) {
    const { calls, placed, ended } = exchange();
    expect(await carryOut(servicesOf({ list, state: direct, calls }), outcome, from)).toEqual(outcome);
    expect([placed, ended]).toEqual([[], over]);
  }
});
