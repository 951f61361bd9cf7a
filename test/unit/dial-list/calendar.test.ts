import { handoffsOf, handoffTime } from '../../../src/dial-list/calendar';
import { handoffsSince } from '../../../src/dial-list/rotation';
import { instants, wallClock } from '../../support/year';

type Handoff = { readonly timeZone: string; readonly at: string; readonly since: string };

/** As the build completes a list, for the year before an instant and the year after it. */
function around(now: number, { since, ...handoff }: Handoff) {
  const day = Math.floor(now / 86_400_000);
  return { since, handoffs: handoffsOf(handoff, day - 366, day + 366) };
}

const at = (now: string, handoff: Handoff) =>
  handoffsSince(Date.parse(now), around(Date.parse(now), handoff));

describe('a handoff in Japan at 09:00', () => {
  const handoff = { timeZone: 'Asia/Tokyo', at: '09:00', since: '2026-11-22' };

  test.each([
    ['the last moment before it', '2026-11-22T08:59:59.999+09:00', -1],
    ['the moment itself', '2026-11-22T09:00:00.000+09:00', 0],
    ['the last second of the day', '2026-11-22T23:59:59+09:00', 0],
    ['midnight brings none', '2026-11-23T00:00:00+09:00', 0],
    ['it is still yesterday in UTC', '2026-11-23T08:59:59+09:00', 0],
    ['the second one', '2026-11-23T09:00:00+09:00', 1],
    ['the first of another month', '2026-12-01T09:00:00+09:00', 9],
    ['New Year, before it', '2027-01-01T08:59:59+09:00', 39],
    ['New Year', '2027-01-01T09:00:00+09:00', 40],
    ['a year on', '2027-11-22T09:00:00+09:00', 365],
    ['before the list began', '2026-11-12T09:00:00+09:00', -10],
    ['long before the list began', '2025-11-22T08:59:59+09:00', -366],
  ])('%s', (_why, now, handoffs) => {
    expect(at(now, handoff)).toBe(handoffs);
  });
});

describe('a handoff at any time of day', () => {
  test.each([
    ['at midnight: the day before', '00:00', '2026-11-22T23:59:59+09:00', 0],
    ['at midnight: the day itself', '00:00', '2026-11-23T00:00:00+09:00', 1],
    ['in the last minute: before it', '23:59', '2026-11-22T23:58:59+09:00', -1],
    ['in the last minute: the minute', '23:59', '2026-11-22T23:59:00+09:00', 0],
    ['in the last minute: until the next', '23:59', '2026-11-23T23:58:59+09:00', 0],
  ])('%s', (_why, time, now, handoffs) => {
    expect(at(now, { timeZone: 'Asia/Tokyo', at: time, since: '2026-11-22' })).toBe(handoffs);
  });
});

describe('the calendar', () => {
  test.each([
    ['29 February counts in a leap year', '2028-02-28', '2028-03-01T09:00:00+09:00', 2],
    ['there is none in another', '2027-02-28', '2027-03-01T09:00:00+09:00', 1],
    ['a list may begin on 29 February', '2028-02-29', '2028-02-29T09:00:00+09:00', 0],
    ['and a year after it, no day is lost', '2028-02-29', '2029-02-28T09:00:00+09:00', 365],
    ['the year 2100 has no leap day', '2100-02-28', '2100-03-01T09:00:00+09:00', 1],
  ])('%s', (_why, since, now, handoffs) => {
    expect(at(now, { timeZone: 'Asia/Tokyo', at: '09:00', since })).toBe(handoffs);
  });
});

describe('the date is that of the time zone', () => {
  test.each([
    ['Honolulu, still yesterday there', 'Pacific/Honolulu', '2026-11-22T08:59:59-10:00', -1],
    ['Honolulu, the day itself', 'Pacific/Honolulu', '2026-11-22T09:00:00-10:00', 0],
    ['Honolulu, already tomorrow in UTC', 'Pacific/Honolulu', '2026-11-22T20:00:00-10:00', 0],
    ['Honolulu, the next day', 'Pacific/Honolulu', '2026-11-23T09:00:00-10:00', 1],
    ['Kiritimati, 14 h ahead of UTC', 'Pacific/Kiritimati', '2026-11-22T09:00:00+14:00', 0],
    ['Kiritimati, still the day before', 'Pacific/Kiritimati', '2026-11-22T08:59:59+14:00', -1],
    ['Kathmandu, a quarter of an hour off', 'Asia/Kathmandu', '2026-11-22T09:00:00+05:45', 0],
    ['Kathmandu, a second before', 'Asia/Kathmandu', '2026-11-22T08:59:59+05:45', -1],
    ['UTC', 'UTC', '2026-11-22T09:00:00Z', 0],
  ])('%s', (_why, timeZone, now, handoffs) => {
    expect(at(now, { timeZone, at: '09:00', since: '2026-11-22' })).toBe(handoffs);
  });
});

/** The clock jumps forward: the time comes as much later as it jumped. */
describe('a time that the clock skips', () => {
  const newYork = { timeZone: 'America/New_York', at: '02:30', since: '2026-03-08' };
  const london = { timeZone: 'Europe/London', at: '01:30', since: '2026-03-29' };
  const lordHowe = { timeZone: 'Australia/Lord_Howe', at: '02:15', since: '2026-10-04' };
  const cairo = { timeZone: 'Africa/Cairo', at: '00:00', since: '2026-04-24' };

  test.each([
    ['New York: the day before', newYork, '2026-03-07T02:30:00-05:00', -1],
    ['New York: the clock has jumped over 02:30', newYork, '2026-03-08T03:00:00-04:00', -1],
    ['New York: a second before 03:30', newYork, '2026-03-08T03:29:59-04:00', -1],
    ['New York: 03:30', newYork, '2026-03-08T03:30:00-04:00', 0],
    ['New York: the next day at its own time', newYork, '2026-03-09T02:30:00-04:00', 1],
    ['New York: the next day, a second before', newYork, '2026-03-09T02:29:59-04:00', 0],
    ['London: a second before 02:30', london, '2026-03-29T02:29:59+01:00', -1],
    ['London: 02:30', london, '2026-03-29T02:30:00+01:00', 0],
    ['Lord Howe jumps half an hour: before', lordHowe, '2026-10-04T02:44:59+11:00', -1],
    ['Lord Howe jumps half an hour: 02:45', lordHowe, '2026-10-04T02:45:00+11:00', 0],
    ['Cairo has no midnight: before', cairo, '2026-04-23T23:59:59+02:00', -1],
    ['Cairo has no midnight: 01:00', cairo, '2026-04-24T01:00:00+03:00', 0],
  ])('%s', (_why, handoff, now, handoffs) => {
    expect(at(now, handoff)).toBe(handoffs);
  });
});

/** Then that date has two handoffs: its own, and that of the date before. */
describe('a skipped time that falls on the next date comes no sooner', () => {
  test.each([
    ['Nuuk skips 23:30', 'America/Nuuk', '23:30', '2027-03-27', '2027-03-28T00:29:59-01:00', -1],
    ['Nuuk: half past midnight', 'America/Nuuk', '23:30', '2027-03-27', '2027-03-28T00:30:00-01:00', 0],
    ['Samoa skips a whole day', 'Pacific/Apia', '09:00', '2011-12-29', '2011-12-31T08:59:59+14:00', 0],
  ])('%s', (_why, timeZone, time, since, now, handoffs) => {
    expect(at(now, { timeZone, at: time, since })).toBe(handoffs);
  });
});

/** The clock is set back: the first time round counts. */
describe('a time that the clock repeats', () => {
  const newYork = { timeZone: 'America/New_York', at: '01:30', since: '2026-11-01' };
  const london = { timeZone: 'Europe/London', at: '01:30', since: '2026-10-25' };
  const lordHowe = { timeZone: 'Australia/Lord_Howe', at: '01:45', since: '2026-04-05' };

  test.each([
    ['New York: a second before the first', newYork, '2026-11-01T01:29:59-04:00', -1],
    ['New York: the first', newYork, '2026-11-01T01:30:00-04:00', 0],
    ['New York: before it by the clock, not in time', newYork, '2026-11-01T01:00:00-05:00', 0],
    ['New York: the second is none', newYork, '2026-11-01T01:30:00-05:00', 0],
    ['New York: the next day', newYork, '2026-11-02T01:30:00-05:00', 1],
    ['London: a second before the first', london, '2026-10-25T01:29:59+01:00', -1],
    ['London: the first', london, '2026-10-25T01:30:00+01:00', 0],
    ['London: the second is none', london, '2026-10-25T01:30:00Z', 0],
    ['Lord Howe repeats half an hour: the first', lordHowe, '2026-04-05T01:45:00+11:00', 0],
    ['Lord Howe repeats half an hour: once more 01:30', lordHowe, '2026-04-05T01:30:00+10:30', 0],
    ['Lord Howe: the next day', lordHowe, '2026-04-06T01:45:00+10:30', 1],
  ])('%s', (_why, handoff, now, handoffs) => {
    expect(at(now, handoff)).toBe(handoffs);
  });
});

describe('a clock set back across midnight shows the old date once more', () => {
  // Newfoundland did so until 2011, at one minute past midnight; Nuuk does, at midnight sharp.
  const stJohns = { timeZone: 'America/St_Johns', at: '00:00', since: '2006-10-29' };
  const nuuk = { timeZone: 'America/Nuuk', at: '23:30', since: '2026-10-24' };

  test.each([
    ['St. John’s: before midnight', stJohns, '2006-10-28T23:59:59-02:30', -1],
    ['St. John’s: midnight', stJohns, '2006-10-29T00:00:00-02:30', 0],
    ['St. John’s: the day before, once more', stJohns, '2006-10-28T23:01:00-03:30', 0],
    ['St. John’s: its last second', stJohns, '2006-10-28T23:59:59-03:30', 0],
    ['St. John’s: the second midnight is none', stJohns, '2006-10-29T00:00:00-03:30', 0],
    ['St. John’s: the next day', stJohns, '2006-10-30T00:00:00-03:30', 1],
    ['Nuuk: a second before the first 23:30', nuuk, '2026-10-24T23:29:59-01:00', -1],
    ['Nuuk: the first 23:30', nuuk, '2026-10-24T23:30:00-01:00', 0],
    ['Nuuk: 23:00 comes again', nuuk, '2026-10-24T23:00:00-02:00', 0],
    ['Nuuk: the second 23:30 is none', nuuk, '2026-10-24T23:30:00-02:00', 0],
    ['Nuuk: the next day', nuuk, '2026-10-25T23:30:00-02:00', 1],
  ])('%s', (_why, handoff, now, handoffs) => {
    expect(at(now, handoff)).toBe(handoffs);
  });
});

describe('Samoa, which left out 30 December 2011', () => {
  const handoff = { timeZone: 'Pacific/Apia', at: '09:00', since: '2011-12-29' };

  test.each([
    ['a second before the last handoff on the old side', '2011-12-29T08:59:59-10:00', -1],
    ['the last one on the old side', '2011-12-29T09:00:00-10:00', 0],
    ['the last second of the 29th', '2011-12-29T23:59:59-10:00', 0],
    ['the 31st is two dates after the 29th', '2011-12-31T09:00:00+14:00', 2],
    ['and from there on as ever', '2012-01-01T09:00:00+14:00', 3],
  ])('%s', (_why, now, handoffs) => {
    expect(at(now, handoff)).toBe(handoffs);
  });
});

describe('a whole year has one handoff a day, each at its time', () => {
  test.each([
    { why: 'no summer time', timeZone: 'Asia/Tokyo', at: '09:00', unusual: {} },
    {
      why: 'the time is skipped in spring and repeated in autumn',
      timeZone: 'Europe/London',
      at: '01:30',
      unusual: { '2026-03-29': '2026-03-29T02:30:00+01:00', '2026-10-25': '2026-10-25T01:30:00+01:00' },
    },
    {
      why: 'half an hour is repeated in autumn',
      timeZone: 'Australia/Lord_Howe',
      at: '01:45',
      unusual: { '2026-04-05': '2026-04-05T01:45:00+11:00' },
    },
  ])('$timeZone at $at: $why', ({ timeZone, at, unusual }) => {
    const handoff = { timeZone, at, since: '2026-01-01' };
    const local = wallClock(timeZone);
    const start = Date.parse('2026-01-01T12:00:00Z');
    const handoffs: { date: string; time: string; now: number; step: number }[] = [];
    const table = around(start, handoff);
    let before = handoffsSince(start, table);
    for (const now of instants(start, 365, handoff)) {
      const count = handoffsSince(now, table);
      if (count !== before) handoffs.push({ ...local(now), now, step: count - before });
      before = count;
    }
    expect(handoffs).toHaveLength(365);
    expect(handoffs.filter(({ step }) => step !== 1)).toEqual([]);
    expect(new Set(handoffs.map(({ date }) => date)).size).toBe(365);
    const special = new Map<string, string>(Object.entries(unusual));
    expect(handoffs.filter(({ date, time }) => !special.has(date) && time !== at)).toEqual([]);
    for (const [date, instant] of special) {
      expect(handoffs.find((each) => each.date === date)?.now).toBe(Date.parse(instant));
    }
  });
});

describe('the table that the Functions get', () => {
  // timeanddate.com: on 2026-03-08 at 02:00 it becomes 03:00 in New York, on 2026-11-01 at 02:00 it becomes 01:00.
  const days = (...dates: string[]) => dates.map((date) => Date.parse(date) / 86_400_000);
  const [first = 0, spring = 0, autumn = 0, end = 0] = days(
    '2026-01-01',
    '2026-03-08',
    '2026-11-01',
    '2027-01-01',
  );

  test.each([
    ['a zone whose clock never changes has one entry', 'Asia/Tokyo', '09:00', [[first, 0]]],
    ['a date can begin on the day before in UTC', 'Asia/Tokyo', '00:30', [[first, -510]]],
    [
      'an entry for each change',
      'America/New_York',
      '09:00',
      [
        [first, 840],
        [spring, 780],
        [autumn, 840],
      ],
    ],
    [
      'a time that is skipped still goes by the clock of before',
      'America/New_York',
      '02:30',
      [
        [first, 450],
        [spring + 1, 390],
        [autumn, 450],
      ],
    ],
  ])('%s', (_, timeZone, time, table) => {
    expect(handoffsOf({ timeZone, at: time }, first, end)).toEqual(table);
  });

  test.each(['Europe/London', 'Africa/Casablanca', 'America/Nuuk'])(
    'is right on every single day: %s',
    (timeZone) => {
      const handoff = { timeZone, at: '00:30', since: '2026-01-01' };
      const table = { ...handoff, handoffs: handoffsOf(handoff) };
      for (let day = first; day < first + 3 * 365; day++) {
        const instant = day * 86_400_000 + handoffTime(day, handoff) * 60_000;
        expect(handoffsSince(instant, table)).toBe(day - first);
        expect(handoffsSince(instant - 1, table)).toBe(day - first - 1);
      }
    },
  );
});
