import type { Blindness } from '../../src/core/escalation/news';
import type { State } from '../../src/core/escalation/state';
import type { MackerelApi } from '../../src/mackerel/api';
import { closedAlerts, learn } from '../../src/page/lookups';
import type { Continuation } from '../../src/twilio/continuation';
import { SyncFailure } from '../../src/twilio/sync-document';
import { ALERT, EVENING, PAGE, stateOf } from '../support/on-duty';
import { apiWith, servicesOf } from '../support/services';

const of = (...ids: string[]) => stateOf({}, { alerts: ids });
const names = (count: number) => Array.from({ length: count }, (_, nth) => `a${nth}`);
const open = { status: 'CRITICAL' };
const closed = { status: 'OK', closedAt: EVENING };
const saying = (why: Blindness): Partial<MackerelApi> => ({
  alert: async () => ({ ok: false, why }),
  openAlerts: async () => ({ ok: false, why }),
});

/** A ring that began with a state; Sync holds it still, if nothing else is said. */
const carrying = (state: State | null, revision: string | null = '0'): Continuation => ({
  page: PAGE.id,
  attempt: 0,
  state,
  revision,
});

describe('the alerts that Mackerel says are closed by now', () => {
  test.each<[string, State, Partial<MackerelApi> | undefined, object]>([
    ['one, open', of('a'), apiWith({ id: 'a', ...open }), { closed: [] }],
    ['one, closed', of('a'), apiWith({ id: 'a', ...closed }), { closed: ['a'] }],
    [
      'two, one of them',
      of('a', 'b'),
      apiWith({ id: 'a', ...closed }, { id: 'b', ...open }),
      { closed: ['a'] },
    ],
    [
      'two, both',
      of('a', 'b'),
      apiWith({ id: 'a', ...closed }, { id: 'b', ...closed }),
      { closed: ['a', 'b'] },
    ],
    ['two, neither', of('a', 'b'), apiWith({ id: 'a', ...open }, { id: 'b', ...open }), { closed: [] }],
    ['one whose id got lost: nobody can be asked', of('unknown'), apiWith(), { closed: [] }],
    [
      'one whose id got lost, and another',
      of('unknown', 'a'),
      apiWith({ id: 'a', ...closed }),
      { closed: ['a'] },
    ],
    ['no alert', of(), apiWith(), { closed: [] }],
    ['no API', of('a'), undefined, { closed: [] }],
    ['the one is not there', of('a'), apiWith(), { closed: [], blind: 'not-found' }],
    [
      'one of two is not there',
      of('a', 'b'),
      apiWith({ id: 'b', ...closed }),
      { closed: ['b'], blind: 'not-found' },
    ],
    ['it is slow', of('a'), saying('slow'), { closed: [], blind: 'slow' }],
    ['it is slow about several', of('a', 'b'), saying('slow'), { closed: [], blind: 'slow' }],
    ['it is slow about many', of(...names(6)), saying('slow'), { closed: [], blind: 'slow' }],
  ])('%s', async (_, state, mackerel, look) => {
    const services = servicesOf({ state, mackerel });
    expect((await closedAlerts(services, carrying(state))).look).toEqual(look);
  });

  test('nothing is known of a page', async () => {
    const { look } = await closedAlerts(servicesOf({ mackerel: apiWith() }), carrying(null, null));
    expect(look).toEqual({ closed: [] });
  });

  /** An API that lists some alerts as open, and knows of each whether it is; and all that it was asked, in order. */
  function listing(listed: readonly string[], isAll: boolean, isOpen: (id: string) => boolean) {
    const asked: string[] = [];
    const mackerel: Partial<MackerelApi> = {
      async alert(id) {
        asked.push(id);
        return { ok: true, value: { id, ...(isOpen(id) ? open : closed) } };
      },
      async openAlerts() {
        asked.push('list');
        return { ok: true, value: { alerts: listed.map((id) => ({ id, ...open })), isAll } };
      },
    };
    return { asked, mackerel };
  }
  const eight = names(8);

  test.each<[string, readonly string[], ReturnType<typeof listing>, object, readonly string[]]>([
    [
      'few: each is asked about, for the list may be late',
      names(5),
      listing(names(5), true, () => false),
      { closed: names(5) },
      names(5),
    ],
    [
      'more: the list tells',
      eight,
      listing(['a3'], true, () => true),
      { closed: eight.filter((id) => id !== 'a3') },
      ['list'],
    ],
    [
      'more, and more are open than the list holds: one by one, all are closed',
      eight,
      listing(['of others'], false, () => false),
      { closed: eight },
      ['list', ...eight],
    ],
    [
      'the same, and one of the first five is open: no more has to be known',
      eight,
      listing([], false, (id) => id === 'a2'),
      { closed: ['a0', 'a1', 'a3', 'a4'] },
      ['list', ...names(5)],
    ],
    [
      'the same, and those that it lists are open',
      eight,
      listing(['a0', 'a1', 'a2', 'a3'], false, () => false),
      { closed: ['a4', 'a5', 'a6', 'a7'] },
      ['list', 'a4', 'a5', 'a6', 'a7'],
    ],
  ])('of a page with %s', async (_, ids, { asked, mackerel }, look, questions) => {
    const state = of(...ids);
    expect((await closedAlerts(servicesOf({ state, mackerel }), carrying(state))).look).toEqual(look);
    expect(asked).toEqual(questions);
  });
});

describe('what has joined since a ring began is asked about, too', () => {
  const both = apiWith({ id: 'a', ...closed }, { id: 'b', ...closed });

  test('and the decision is on what Sync holds', async () => {
    const services = servicesOf({ state: of('a', 'b'), mackerel: both });
    const { look, latest } = await closedAlerts(services, carrying(of('a'), null));
    expect(look).toEqual({ closed: ['a', 'b'] });
    expect(latest).toEqual(carrying(of('a', 'b'), '0'));
    expect(services.document.requests).toEqual(['read']);
  });

  test('but not where Mackerel has just told nothing: somebody waits to be rung', async () => {
    let questions = 0;
    const mackerel = { alert: async () => ({ ok: false, why: questions++ ? 'fault' : 'slow' }) as const };
    const services = servicesOf({ state: of('a', 'b'), mackerel });
    const { look, latest } = await closedAlerts(services, carrying(of('a'), null));
    expect(look).toEqual({ closed: [], blind: 'slow' });
    expect(latest.state).toEqual(of('a', 'b'));
    expect(questions).toBe(1);
  });

  test('where the URL tells nothing that can be read', async () => {
    const services = servicesOf({ state: of('a', 'b'), mackerel: both });
    const { look, latest } = await closedAlerts(services, carrying(null, null));
    expect(look).toEqual({ closed: ['a', 'b'] });
    expect(latest.state).toEqual(of('a', 'b'));
  });

  test('the URL is ahead of Sync, which could not be written: what it carries counts', async () => {
    const ahead = { ...carrying(stateOf({ attempt: 1 }, { alerts: ['a'] }), null), attempt: 1 };
    const services = servicesOf({ state: of('a', 'b'), mackerel: both });
    const { look, latest } = await closedAlerts(services, ahead);
    expect(look).toEqual({ closed: ['a'] });
    expect(latest).toBe(ahead);
  });

  test('Sync is down: it goes on from the URL, over its revision', async () => {
    const services = servicesOf({ state: of('a', 'b'), mackerel: both });
    services.document.always(new SyncFailure('Sync: down', false));
    const carried = carrying(of('a'), '0');
    const { look, latest } = await closedAlerts(services, carried);
    expect(look).toEqual({ closed: ['a'] });
    expect(latest).toBe(carried);
  });

  test('the page is over, or another one: nobody is asked about that', async () => {
    for (const state of [
      stateOf({ end: { kind: 'taken', at: EVENING, by: 0 } }, { alerts: ['a', 'b'] }),
      stateOf({ id: 'later', startedAt: EVENING + 60 }, { alerts: ['b'] }),
    ]) {
      const known = { ...state, previous: PAGE };
      const { look } = await closedAlerts(servicesOf({ state: known, mackerel: both }), carrying(of('a')));
      expect(look).toEqual({ closed: ['a'] });
    }
  });

  test('without an API, Sync is not read for it', async () => {
    const services = servicesOf({ state: of('a', 'b') });
    const carried = carrying(of('a'));
    expect(await closedAlerts(services, carried)).toEqual({ look: { closed: [] }, latest: carried });
    expect(services.document.requests).toEqual([]);
  });

  test('what was read just now is not read again', async () => {
    const services = servicesOf({ mackerel: both });
    const stored = { data: of('a', 'b'), revision: '4' };
    const { look, latest } = await closedAlerts(services, carrying(of('a')), stored);
    expect(look).toEqual({ closed: ['a', 'b'] });
    expect(latest).toEqual(carrying(of('a', 'b'), '4'));
    expect(services.document.requests).toEqual([]);
  });
});

describe('what the alerts of a page are called is learned', () => {
  const named = { monitor: 'disk', target: 'db1', metric: 'disk %', threshold: 90 };
  const api = (changes: Partial<MackerelApi> = {}): Partial<MackerelApi> => ({
    ...apiWith({ id: ALERT, value: 95 }),
    namesOf: async () => named,
    urlOf: async (id) => `https://mackerel.io/orgs/example/alerts/${id}`,
    mayWrite: async () => true,
    ...changes,
  });

  test('with all that Mackerel tells', async () => {
    const services = servicesOf({ state: of(ALERT), mackerel: api() });
    const learned = await learn(services, of(ALERT));
    expect(learned).toEqual(services.document.stored()?.data);
    expect(learned).toMatchObject({
      alerts: [{ id: ALERT, ...named, value: 95, status: 'critical', url: expect.stringContaining(ALERT) }],
      mayWrite: true,
    });
  });

  test.each<[string, State, boolean | null, number]>([
    ['at the first ring', of(ALERT), true, 1],
    ['not again at a later one', { ...stateOf({ attempt: 2 }), mayWrite: false }, null, 0],
    ['at a later one, where nobody has said yet', stateOf({ attempt: 2 }), true, 1],
    ['not where Mackerel refuses everything', stateOf({ isBlind: true }), null, 0],
  ])('whether the key may write: %s', async (_, state, __, tries) => {
    let tried = 0;
    const mackerel = api({ mayWrite: async () => tried++ >= 0 });
    await learn(servicesOf({ state, mackerel }), state);
    expect(tried).toBe(tries);
  });

  const whole = stateOf({}, { alerts: [ALERT] });
  const complete: State = {
    ...whole,
    alerts: whole.alerts.map((alert) => ({ ...alert, ...named, value: 95 })),
  };

  test.each<[string, State]>([
    ['of which little is known', of(ALERT)],
    ['of which all is known, for the webhook told it', complete],
    ['whose id got lost', of('unknown')],
  ])(
    'Mackerel refuses everything about an alert %s: people are told so, and of no read-only key',
    async (_, state) => {
      const services = servicesOf({
        state,
        mackerel: { ...saying('forbidden'), mayWrite: async () => false },
      });
      const learned = await learn(services, state);
      expect(learned?.news.at(-1)).toMatchObject({ kind: 'blind', why: 'forbidden' });
      expect(learned?.page?.isBlind).toBe(true);
      expect(learned?.mayWrite).toBeUndefined();
      // At the next ring it still does.
      expect(await learn(services, learned as State)).toBeNull();
    },
  );

  test('the key may read and not write: people are told what they miss', async () => {
    const services = servicesOf({ state: complete, mackerel: api({ mayWrite: async () => false }) });
    const learned = await learn(services, complete);
    expect(learned?.mayWrite).toBe(false);
    expect(learned?.news.at(-1)).toMatchObject({ kind: 'read-only-key' });
  });

  test('Sync does not take it: nothing is learned, and no news of it counted as told', async () => {
    const services = servicesOf({ state: complete, mackerel: api({ mayWrite: async () => false }) });
    services.document.befall('nothing');
    services.document.always(new SyncFailure('Sync: 503', false));
    expect(await learn(services, complete)).toBeNull();
  });

  test('Mackerel tells of one of two: nobody is told that it tells nothing', async () => {
    const state = of('a', 'b');
    const services = servicesOf({ state, mackerel: { ...api(), ...apiWith({ id: 'b' }) } });
    const learned = await learn(services, state);
    expect(learned).toMatchObject({ page: { isBlind: false }, mayWrite: true });
  });

  test('of very many, the first few are asked for', async () => {
    const ids = Array.from({ length: 12 }, (_, nth) => `alert-${nth}`);
    const asked: string[] = [];
    const mackerel = api({
      async alert(id) {
        asked.push(id);
        return { ok: false, why: 'slow' };
      },
    });
    await learn(servicesOf({ state: of(...ids), mackerel }), of(...ids));
    expect(asked).toEqual(ids.slice(0, 5));
  });

  test.each([
    ['no API', of(ALERT), undefined],
    ['a test, which has no alert', stateOf({ isTest: true }), api()],
  ])('%s: nothing is asked', async (_, state, mackerel) => {
    const services = servicesOf({ state, mackerel });
    expect(await learn(services, state)).toBeNull();
    expect(services.document.requests).toEqual([]);
  });
});
