/** Alerts that were put aside while their page was just coming to its end. */
import type { AlertFacts } from '../../src/core/alert';
import type { CallerEvent } from '../../src/core/escalation/decide';
import type { Event } from '../../src/core/escalation/event';
import type { State } from '../../src/core/escalation/state';
import type { Continuation } from '../../src/twilio/continuation';
import { alertNotified, keyPressed, ringEnded } from '../support/event';
import { ALERT, alertIdsOf, EVENING, onDuty, PAGE, stateOf } from '../support/on-duty';
import { servicesOf } from '../support/services';

const list = onDuty();
const late: AlertFacts = { id: 'late', heardAt: EVENING + 15 };
const carried = (state: State): Continuation => ({
  page: PAGE.id,
  attempt: state.page?.attempt ?? 0,
  state,
  revision: '0',
});

describe('a page ends', () => {
  const key = keyPressed(PAGE, 'take');

  test('whoever takes it has what was put aside for it as well, and that is told', async () => {
    const state = stateOf();
    const services = servicesOf({ list, state, aside: [late] });
    const after = await services.pages.apply(key, carried(state));
    expect(after.state.alerts.find(({ id }) => id === 'late')).toMatchObject({
      page: PAGE.id,
      taken: { by: 0 },
    });
    expect(after.news.map(({ kind }) => kind)).toEqual(['taken', 'joined']);
    expect(after.state.page?.isSwept).toBe(true);
    expect(services.document.requests).toEqual(['write', 'write']);
  });

  test('while it goes on, nobody looks', async () => {
    const state = stateOf();
    const services = servicesOf({ list, state, aside: [late] });
    const after = await services.pages.apply(ringEnded(PAGE), carried(state));
    expect(alertIdsOf(after.state)).toEqual([ALERT]);
  });

  test.each<[string, Event]>([
    ['a callback that comes late', ringEnded(PAGE)],
    ['the next notification', alertNotified(3, { at: EVENING + 900 })],
  ])('what could not be looked for then is found by %s', async (_, event) => {
    const state = stateOf({ end: { kind: 'taken', at: EVENING + 20, by: 0 } });
    const services = servicesOf({ list, state, aside: [late] });
    const after = await services.pages.apply(event as CallerEvent, null);
    expect(after.state.alerts.find(({ id }) => id === 'late')).toMatchObject({ taken: { by: 0 } });
    expect(after.news.map(({ kind }) => kind)).toContain('joined');
  });

  test('what has been looked for is not looked for again', async () => {
    const state = stateOf({ isSwept: true, end: { kind: 'taken', at: EVENING + 20, by: 0 } });
    const services = servicesOf({ list, state, aside: [late] });
    const after = await services.pages.apply(ringEnded(PAGE), null);
    expect(after.state).toEqual(state);
  });
});

describe('a ring is over, and by then its alert has closed', () => {
  const state = stateOf();
  const event = ringEnded(PAGE, { closed: [ALERT], at: EVENING + 60 });

  test('nobody else is rung', async () => {
    const services = servicesOf({ list, state });
    const { step, state: after } = await services.pages.apply(event, carried(state));
    expect(step).toEqual({ kind: 'hang-up' });
    expect(after.page?.end?.kind).toBe('closed');
  });

  test('but another was put aside: the next member is rung for that', async () => {
    const services = servicesOf({ list, state, aside: [late] });
    const outcome = await services.pages.apply(event, carried(state));
    expect(outcome.step).toEqual({ kind: 'ring', attempt: 1, member: 1 });
    expect(alertIdsOf(outcome.state)).toEqual(['late']);
    expect(outcome.news.map(({ kind }) => kind)).not.toContain('all-closed');
    expect(services.document.stored()).toEqual({ data: outcome.state, revision: outcome.revision });
  });

  test('at the last ring there is: nobody answered, and that is told', async () => {
    const last = stateOf({ attempt: 5 });
    const ended = ringEnded({ ...PAGE, attempt: 5 }, { closed: [ALERT], at: EVENING + 600 });
    const { pages } = servicesOf({ list, state: last, aside: [late] });
    const outcome = await pages.apply(ended, carried(last));
    expect(outcome.step).toEqual({ kind: 'hang-up' });
    expect(outcome.state.page?.end?.kind).toBe('unanswered');
    expect(outcome.news.map(({ kind }) => kind)).toContain('nobody-answered');
  });
});
