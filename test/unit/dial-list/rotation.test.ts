import { handoffsOf } from '../../../src/dial-list/calendar';
import type { Rotation } from '../../../src/dial-list/list';
import { dialOrder } from '../../../src/dial-list/order';
import { turnByDate } from '../../../src/dial-list/rotation';
import { instants, wallClock } from '../../support/year';

function turn(now: string, rotation: Partial<Rotation>, timeZone = 'Asia/Tokyo'): number {
  const { at = '09:00' } = rotation;
  const handoffs = handoffsOf({ timeZone, at });
  return turnByDate(
    { rotation: { every: 'week', at, since: '2026-01-05', handoffs, ...rotation } },
    Date.parse(now),
  );
}

describe('by day', () => {
  test.each([
    ['before the handoff it is the turn before', '2026-01-05T08:59:59+09:00', -1],
    ['member 1 is first from the handoff on', '2026-01-05T09:00:00+09:00', 0],
    ['until the next one', '2026-01-06T08:59:59+09:00', 0],
    ['then member 2', '2026-01-06T09:00:00+09:00', 1],
    ['on 29 February as on any day', '2028-02-29T09:00:00+09:00', 785],
  ])('%s', (_why, now, turns) => {
    expect(turn(now, { every: 'day' })).toBe(turns);
  });
});

describe('by week: seven days from the date it is counted from, whatever weekday that is', () => {
  const wednesday = '2026-01-07';

  test.each([
    ['a second before the first', '2026-01-07T08:59:59+09:00', -1],
    ['the first', '2026-01-07T09:00:00+09:00', 0],
    ['Monday changes nothing', '2026-01-12T09:00:00+09:00', 0],
    ['a second before the second', '2026-01-14T08:59:59+09:00', 0],
    ['the second', '2026-01-14T09:00:00+09:00', 1],
    ['the last second of a week before the first', '2026-01-07T08:59:59+09:00', -1],
    ['the week before the first', '2025-12-31T09:00:00+09:00', -1],
    ['a second before that week', '2025-12-31T08:59:59+09:00', -2],
    ['over New Year, a year on', '2027-01-06T09:00:00+09:00', 52],
  ])('%s', (_why, now, turns) => {
    expect(turn(now, { since: wednesday })).toBe(turns);
  });
});

test.each(['page', 'never'] as const)('a list that rotates by %s has no turn by date', (every) => {
  expect(turn('2026-11-22T09:00:00+09:00', { every })).toBe(0);
});

test('before the list begins, the order runs backwards without a break', () => {
  const first = (now: string) => dialOrder(3, turn(now, { every: 'day', since: '2026-01-05' }))[0];
  const days = ['02', '03', '04', '05', '06', '07', '08'];
  expect(days.map((day) => first(`2026-01-${day}T09:00:00+09:00`))).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

describe('a whole year has one handoff a week, each at its local time', () => {
  test.each([
    ['Asia/Tokyo', '09:00'],
    ['America/New_York', '09:00'],
    ['Australia/Lord_Howe', '00:00'],
  ])('%s at %s', (timeZone, at) => {
    const table = handoffsOf({ timeZone, at });
    const list = { rotation: { every: 'week', at, since: '2026-01-05', handoffs: table } } as const;
    const local = wallClock(timeZone);
    const start = Date.parse('2026-01-06T12:00:00Z');
    const handoffs: object[] = [];
    let before = turnByDate(list, start);
    for (const now of instants(start, 364, { timeZone, at })) {
      const turn = turnByDate(list, now);
      if (turn !== before) handoffs.push({ turn, ...local(now) });
      before = turn;
    }
    const dateOf = (week: number) => new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 10);
    const expected = (_: unknown, week: number) => ({
      turn: week + 1,
      date: dateOf(week + 1),
      weekday: 'Mon',
      time: at,
    });
    expect(handoffs).toEqual(Array.from({ length: 52 }, expected));
  });
});
