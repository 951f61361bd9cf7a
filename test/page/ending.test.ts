/** Alerts that were put aside while their page was just coming to its end. */
import type { State } from '../../src/core/escalation/state';
import { throughTheEnd, withPutAside } from '../../src/page/ending';
import type { Continuation } from '../../src/twilio/continuation';
import type { PutAside } from '../../src/twilio/inbox';
import type { Outcome } from '../../src/twilio/page-store';
import { callSid, ringEnded } from '../support/event';
import { ALERT, alertIdsOf, BEGAN, EVENING, logged, onDuty, PAGE, stateOf } from '../support/on-duty';
import { servicesOf } from '../support/services';

const list = onDuty();
const late: PutAside = { alert: { id: 'late', heardAt: EVENING + 15 }, call: callSid(2) };
const carried = (state: State): Continuation => ({
  page: PAGE.id,
  attempt: state.page?.attempt ?? 0,
  state,
  revision: '0',
});

describe('a page is over', () => {
  const ended = (changes: object, revision: string | null = '0'): Outcome => {
    const state = stateOf({ end: { kind: 'taken', at: EVENING + 20, by: 0 }, ...changes });
    return { state, step: { kind: 'hang-up' }, news: logged([BEGAN]), revision };
  };

  test('whoever took it has what was put aside for it as well, and that is told', async () => {
    const outcome = ended({});
    const after = await withPutAside(servicesOf({ list, state: outcome.state, aside: [late] }), outcome);
    expect(after.state.alerts.find(({ id }) => id === 'late')).toMatchObject({
      page: PAGE.id,
      taken: { by: 0 },
    });
    expect(after.news.map(({ kind }) => kind)).toEqual(['page-started', 'joined']);
    expect(after.revision).toBe('1');
  });

  test('it had closed: it goes on', async () => {
    const outcome = ended({ end: { kind: 'closed', at: EVENING + 20 } });
    const after = await withPutAside(servicesOf({ list, state: outcome.state, aside: [late] }), outcome);
    expect(after.state.page?.end).toBeNull();
  });

  test.each<[string, Outcome, PutAside[]]>([
    ['nothing was put aside', ended({}), []],
    ['it goes on', ended({ end: null }), [late]],
    ['it was over before', { ...ended({}), news: [] }, [late]],
    ['Sync does not hold it', ended({}, null), [late]],
  ])('nothing comes of it where %s', async (_, outcome, aside) => {
    const services = servicesOf({ list, state: outcome.state, aside });
    expect(await withPutAside(services, outcome)).toBe(outcome);
    expect(services.document.requests).toEqual([]);
  });
});

describe('a ring is over, and by then its alert has closed', () => {
  const state = stateOf();
  const event = ringEnded(PAGE, { closed: [ALERT], at: EVENING + 60 });

  test('nobody else is rung', async () => {
    const services = servicesOf({ list, state });
    const { step, state: after } = await throughTheEnd(services, event, carried(state));
    expect(step).toEqual({ kind: 'hang-up' });
    expect(after.page?.end?.kind).toBe('closed');
  });

  test('but another was put aside: the next member is rung for that', async () => {
    const services = servicesOf({ list, state, aside: [late] });
    const outcome = await throughTheEnd(services, event, carried(state));
    expect(outcome.step).toEqual({ kind: 'ring', attempt: 1, member: 1 });
    expect(alertIdsOf(outcome.state)).toEqual(['late']);
    expect(outcome.news.map(({ kind }) => kind)).not.toContain('all-closed');
    expect(services.document.stored()).toEqual({ data: outcome.state, revision: outcome.revision });
  });

  test('at the last ring there is: nobody answered, and that is told', async () => {
    const last = stateOf({ attempt: 5 });
    const ended = ringEnded({ ...PAGE, attempt: 5 }, { closed: [ALERT], at: EVENING + 600 });
    const outcome = await throughTheEnd(
      servicesOf({ list, state: last, aside: [late] }),
      ended,
      carried(last),
    );
    expect(outcome.step).toEqual({ kind: 'hang-up' });
    expect(outcome.state.page?.end?.kind).toBe('unanswered');
    expect(outcome.news.map(({ kind }) => kind)).toContain('nobody-answered');
  });
});
