import * as fc from 'fast-check';
import { recordOf } from '../../../src/core/escalation/book';
import { decide } from '../../../src/core/escalation/decide';
import type { AlertsClosed } from '../../../src/core/escalation/event';
import type { News } from '../../../src/core/escalation/news';
import { emptyState, isGoingOn, type PageEnd, type State } from '../../../src/core/escalation/state';
import type { CallerStep } from '../../../src/core/escalation/step';
import { aDialList } from '../../support/dial-list';
import {
  alertNotified,
  alertsClosed,
  answered,
  callEnded,
  callSid,
  EVENING,
  keyPressed,
  pauseOver,
  ringEnded,
} from '../../support/event';
import { alertIds, aState, happen, pageIn, told } from '../../support/state';

const list = aDialList();
const hangUp: CallerStep = { kind: 'hang-up' };
const endCall = (nth: number): CallerStep => ({ kind: 'end-call', call: callSid(nth) });
const at = EVENING + 20;
const both = ['alert-1', 'alert-2'];

const since = (state: State, ...happenings: Parameters<typeof happen>[1]) =>
  happen(list, happenings, state).state;
const ofTwo = since(aState(list), alertNotified(2, { at: EVENING + 5 }));
/** In the direct way, the member's call placed or not. */
const wentDirect = since(aState(list), (page) => callEnded(page, { canCall: true }));
const placed = since(wentDirect, ({ id, attempt }) => ({
  kind: 'placed',
  page: id,
  attempt,
  call: callSid(7),
  at: EVENING + 20,
}));

describe('the last open alert of a page closes', () => {
  const closed: PageEnd = { kind: 'closed', at };
  const nobodyTook: News[] = [{ kind: 'all-closed' }];

  test.each<{
    why: string;
    before: State;
    event?: AlertsClosed;
    step: CallerStep;
    news: News[];
    end: PageEnd | null;
  }>([
    {
      why: 'while it rings: the phone stops',
      before: aState(list),
      step: endCall(1),
      news: nobodyTook,
      end: closed,
    },
    {
      why: 'while somebody listens',
      before: aState(list, { leg: 'answered' }),
      step: endCall(1),
      news: nobodyTook,
      end: closed,
    },
    {
      why: 'in a pause',
      before: aState(list, { leg: 'pausing', attempt: 3 }),
      step: endCall(1),
      news: nobodyTook,
      end: closed,
    },
    { why: 'in the direct way', before: placed, step: endCall(7), news: nobodyTook, end: closed },
    {
      why: 'in the direct way, while the call is just being placed: it is ended once it is known',
      before: wentDirect,
      step: hangUp,
      news: nobodyTook,
      end: closed,
    },
    {
      why: 'after somebody took it: they are told how long it was',
      before: aState(list, { end: 'taken' }),
      event: alertsClosed(['alert-1'], { at: EVENING + 920 }),
      step: hangUp,
      news: [{ kind: 'all-closed', taker: 0, seconds: 900 }],
      end: { kind: 'taken', at, by: 0 },
    },
    {
      why: 'after nobody answered',
      before: aState(list, { end: 'unanswered' }),
      step: hangUp,
      news: nobodyTook,
      end: { kind: 'unanswered', at },
    },
    {
      why: 'together with the others',
      before: ofTwo,
      event: alertsClosed(both),
      step: endCall(1),
      news: nobodyTook,
      end: closed,
    },
    {
      why: 'the other has closed before',
      before: since(ofTwo, alertsClosed(['alert-1'])),
      event: alertsClosed(['alert-2']),
      step: endCall(1),
      news: nobodyTook,
      end: closed,
    },
    {
      why: 'by phone: the member who closed it has to hear so',
      before: aState(list, { leg: 'answered', attempt: 1 }),
      event: alertsClosed(['alert-1'], { by: 1 }),
      step: hangUp,
      news: [{ kind: 'closed-by-phone', member: 1, alerts: 1 }],
      end: closed,
    },
    {
      why: 'by phone, all of them',
      before: since(ofTwo, answered),
      event: alertsClosed(both, { by: 0 }),
      step: hangUp,
      news: [{ kind: 'closed-by-phone', member: 0, alerts: 2 }],
      end: closed,
    },
  ])('$why', ({ before, event = alertsClosed(['alert-1']), step, news, end }) => {
    const decision = decide(list, before, event);
    expect(decision.step).toEqual(step);
    expect(told(decision.news)).toEqual(news);
    expect(pageIn(decision.state)).toMatchObject({ id: before.page?.id, end });
    expect(alertIds(decision.state)).toEqual([]);
  });
});

describe('one of several closes: the page goes on', () => {
  test.each<[string, AlertsClosed, News[]]>([
    ['by itself', alertsClosed(['alert-2']), [{ kind: 'alert-closed', alert: 'alert-2' }]],
    ['by phone', alertsClosed(['alert-2'], { by: 0 }), [{ kind: 'closed-by-phone', member: 0, alerts: 1 }]],
    [
      'with another that nobody has heard of',
      alertsClosed(['alert-9', 'alert-2']),
      [{ kind: 'alert-closed', alert: 'alert-2' }],
    ],
  ])('%s', (_, event, news) => {
    const decision = decide(list, ofTwo, event);
    expect(decision.step).toEqual(hangUp);
    expect(told(decision.news)).toEqual(news);
    // Whoever closed it by phone hears of the other.
    const heard = event.by === undefined ? {} : { told: 1 };
    expect(decision.state.page).toEqual({ ...ofTwo.page, ...heard });
    expect(alertIds(decision.state)).toEqual(['alert-1']);
    expect(decide(list, decision.state, ringEnded(pageIn(ofTwo))).step).toEqual({
      kind: 'ring',
      attempt: 1,
      member: 1,
    });
  });

  test('two of three are told one by one', () => {
    const ofThree = since(ofTwo, alertNotified(3, { at: EVENING + 6 }));
    const { news } = decide(list, ofThree, alertsClosed(['alert-3', 'alert-1']));
    expect(told(news)).toEqual([
      { kind: 'alert-closed', alert: 'alert-3' },
      { kind: 'alert-closed', alert: 'alert-1' },
    ]);
  });
});

describe('an alert closes late', () => {
  const later = since(aState(list, { end: 'taken' }), alertNotified(2, { at: EVENING + 3600 }));

  test('that was an earlier page’s: the one that rings by then goes on', () => {
    const { state, step, news } = decide(list, later, alertsClosed(['alert-1'], { at: EVENING + 3620 }));
    expect(step).toEqual(hangUp);
    expect(news).toEqual([
      {
        kind: 'all-closed',
        taker: 0,
        seconds: 3600,
        page: recordOf(later, 'alert-1')?.page,
        at: EVENING + 3620,
      },
    ]);
    expect(state.page).toEqual(later.page);
  });

  test('together with that of the page that rings: each page is told its own', () => {
    const { state, step, news } = decide(list, later, alertsClosed(both, { at: EVENING + 3620 }));
    expect(step).toEqual(endCall(2));
    expect(news.map(({ kind, page }) => [kind, page])).toEqual([
      ['all-closed', recordOf(later, 'alert-1')?.page],
      ['all-closed', later.page?.id],
    ]);
    expect(state.page).toMatchObject({ end: { kind: 'closed' } });
  });

  test.each([
    ['whose page closed: its call is not left to ring', aState(list, { end: 'closed' }), endCall(1)],
    ['that was taken and closed', since(aState(list, { end: 'taken' }), alertsClosed(['alert-1'])), hangUp],
  ])('once more: %s', (_, before, step) => {
    const decision = decide(list, before, alertsClosed(['alert-1'], { at: EVENING + 60 }));
    expect(decision).toEqual({ state: before, step, news: [] });
    expect(decision.state).toBe(before);
  });

  test('none at all', () => {
    expect(decide(list, ofTwo, alertsClosed([])).state).toBe(ofTwo);
  });
});

describe('an alert closes of which nobody has heard: that is kept in mind, and not told', () => {
  const before = aState(list);
  const { state, step, news } = decide(list, before, alertsClosed(['alert-2']));

  test('nothing comes of it', () => {
    expect([step, news]).toEqual([hangUp, []]);
    expect(state.page).toEqual(before.page);
    expect(alertIds(state)).toEqual(['alert-1']);
  });

  test('its call comes late: nobody is rung for it', () => {
    const late = decide(list, state, alertNotified(2, { at: EVENING + 30 }));
    expect(late.step).toEqual(hangUp);
    expect(told(late.news)).toEqual([{ kind: 'closed-already', alert: 'alert-2' }]);
    expect(alertIds(late.state)).toEqual(['alert-1']);
  });
});

describe('what has closed stays closed', () => {
  const before = aState(list, { end: 'closed' });

  test.each([
    [
      'a report that was overtaken',
      {
        kind: 'alerts-reported',
        alerts: [{ id: 'alert-1', heardAt: EVENING, status: 'critical' }],
        at,
      } as const,
    ],
    ['a late ring', ringEnded(pageIn(before))],
    ['a late pause', pauseOver(pageIn(before))],
    ['the end of its call', callEnded(pageIn(before), { canCall: true })],
  ])('%s changes nothing', (_, event) => {
    const decision = decide(list, before, event);
    expect(decision).toEqual({ state: before, step: hangUp, news: [] });
  });

  test.each([
    ['picks up', answered(pageIn(before))],
    ['takes it', keyPressed(pageIn(before), 'take')],
    ['passes it on', keyPressed(pageIn(before), 'pass')],
  ])('somebody %s: it is over', (_, event) => {
    expect(decide(list, before, event)).toEqual({
      state: before,
      step: { kind: 'dismiss', member: 0, why: 'over' },
      news: [],
    });
  });

  test('another alert starts another page', () => {
    const { step } = decide(list, before, alertNotified(2, { at: EVENING + 60 }));
    expect(step).toEqual({ kind: 'ring', attempt: 0, member: 0 });
  });
});

describe('it turns out between two rings', () => {
  const pausing = since(aState(list, { leg: 'pausing', attempt: 3 }), alertNotified(2, { at: EVENING + 25 }));

  test.each([
    ['after a ring', ofTwo, ringEnded(pageIn(ofTwo), { closed: both })],
    ['after a pause', pausing, pauseOver(pageIn(pausing), { closed: both })],
  ])('%s: all are closed, nobody else is rung', (_, before, event) => {
    const { state, step, news } = decide(list, before, event);
    expect(step).toEqual(hangUp);
    expect(told(news)).toEqual([{ kind: 'all-closed' }]);
    expect(pageIn(state).end?.kind).toBe('closed');
  });

  test.each([
    [
      'after a ring',
      ofTwo,
      ringEnded(pageIn(ofTwo), { closed: ['alert-1'] }),
      { kind: 'ring', attempt: 1, member: 1 },
    ],
    [
      'after a pause',
      pausing,
      pauseOver(pageIn(pausing), { closed: ['alert-1'] }),
      { kind: 'ring', attempt: 3, member: 0 },
    ],
  ])('%s: one is closed, and the next member is rung for the other', (_, before, event, step) => {
    const decision = decide(list, before, event);
    expect(decision.step).toEqual(step);
    expect(told(decision.news)[0]).toEqual({ kind: 'alert-closed', alert: 'alert-1' });
    expect(alertIds(decision.state)).toEqual(['alert-2']);
  });
});

test('whatever closes, and when: a page goes on as long as an alert of it is open, and never longer', () => {
  const anyClosing = fc.array(fc.subarray(['alert-1', 'alert-2', 'alert-3', 'alert-9']), { maxLength: 6 });
  const before = since(ofTwo, alertNotified(3, { at: EVENING + 6 }));
  fc.assert(
    fc.property(anyClosing, (closings) => {
      const { state, news } = happen(
        list,
        closings.map((ids) => alertsClosed(ids)),
        before,
      );
      const gone = new Set(closings.flat());
      const isOpen = ['alert-1', 'alert-2', 'alert-3'].some((id) => !gone.has(id));
      expect(isGoingOn(state.page)).toBe(isOpen);
      expect(news.filter(({ kind }) => kind === 'all-closed')).toHaveLength(isOpen ? 0 : 1);
      expect(alertIds(state)).toEqual(['alert-1', 'alert-2', 'alert-3'].filter((id) => !gone.has(id)));
    }),
  );
});

test('a closing that comes before anything else', () => {
  const { state, step, news } = decide(list, emptyState, alertsClosed(['alert-1']));
  expect([step, news, state.page]).toEqual([hangUp, [], null]);
  expect(decide(list, state, alertNotified(1)).step).toEqual(hangUp);
});

/** Mackerel tells of a closing in its own ways as well, and may be faster than we are. */
describe('a member is about to close them by phone', () => {
  const before = aState(list, { leg: 'answered' });
  const { id: page, attempt } = pageIn(before);
  const closing = since(before, { kind: 'closing', page, attempt, at });

  test('and Mackerel tells first: it was them, and they are left to hear so', () => {
    const { state, step, news } = decide(list, closing, alertsClosed(['alert-1']));
    expect(step).toEqual(hangUp);
    expect(told(news)).toEqual([{ kind: 'closed-by-phone', member: 0, alerts: 1 }]);
    expect(pageIn(state).end).toEqual({ kind: 'closed', at });
    expect(decide(list, state, alertsClosed(['alert-1'], { by: 0 }))).toEqual({
      state,
      step: hangUp,
      news: [],
    });
  });

  test('and could not: what closes later closes by itself', () => {
    const next = since(closing, ringEnded);
    expect(pageIn(next)).toMatchObject({ attempt: 1, leg: 'ringing' });
    const { step, news } = decide(list, next, alertsClosed(['alert-1'], { at: EVENING + 60 }));
    expect(step).toEqual(endCall(1));
    expect(told(news)).toEqual([{ kind: 'all-closed' }]);
  });

  test.each([
    ['a page that went on', since(before, ringEnded)],
    ['a page that is over', since(before, alertsClosed(['alert-1']))],
    ['no page', emptyState],
  ])('of %s: nothing changes', (_, state) => {
    const decision = decide(list, state, { kind: 'closing', page, attempt, at });
    expect(decision).toEqual({ state, step: hangUp, news: [] });
  });
});

describe('a member was at the keys to close the alerts, and hangs up', () => {
  const closer = since(ofTwo, answered, ({ id, attempt }) => ({ kind: 'closing', page: id, attempt, at }));
  const called: News = { kind: 'calling', attempt: 1, member: 1 };

  test.each<[string, State, News[]]>([
    ['one is closed, the other open', since(closer, alertsClosed(['alert-1'], { by: 0 })), [called]],
    ['none could be closed', closer, [called]],
    [
      'who closed at an earlier ring may be a voicemail at this one',
      since(closer, ringEnded, answered),
      [
        { kind: 'not-reached', member: 1, why: 'no-key' },
        { kind: 'calling', attempt: 2, member: 2 },
      ],
    ],
  ])('%s: nobody calls them a voicemail', (_why, before, news) => {
    const decision = decide(list, before, ringEnded(pageIn(before), { why: 'no-key' }));
    expect(told(decision.news)).toEqual(news);
  });
});
