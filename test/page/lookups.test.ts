import type { Blindness } from '../../src/core/escalation/news';
import type { State } from '../../src/core/escalation/state';
import type { MackerelApi } from '../../src/mackerel/api';
import { closedAlerts, learn } from '../../src/page/lookups';
import { ALERT, EVENING, stateOf } from '../support/on-duty';
import { apiWith, servicesOf } from '../support/services';

const of = (...ids: string[]) => stateOf({}, { alerts: ids });
const open = { status: 'CRITICAL' };
const closed = { status: 'OK', closedAt: EVENING };
const saying = (why: Blindness): Partial<MackerelApi> => ({
  alert: async () => ({ ok: false, why }),
  openAlerts: async () => ({ ok: false, why }),
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
    ['two, both', of('a', 'b'), apiWith({ id: 'c', ...open }), { closed: ['a', 'b'] }],
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
    ['it is slow', of('a'), saying('slow'), { closed: [], blind: 'slow' }],
    ['it is slow about several', of('a', 'b'), saying('slow'), { closed: [], blind: 'slow' }],
  ])('%s', async (_, state, mackerel, look) => {
    expect(await closedAlerts(servicesOf({ mackerel }), state)).toEqual(look);
  });

  test('there are more open ones than one answer holds: none is believed to be closed', async () => {
    const mackerel: Partial<MackerelApi> = {
      openAlerts: async () => ({ ok: true, value: { alerts: [], isAll: false } }),
    };
    expect(await closedAlerts(servicesOf({ mackerel }), of('a', 'b'))).toEqual({ closed: [] });
  });

  test('nothing is known of a page', async () => {
    expect(await closedAlerts(servicesOf({ mackerel: apiWith() }), null)).toEqual({ closed: [] });
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
