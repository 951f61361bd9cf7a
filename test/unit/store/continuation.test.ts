import { deflateRawSync } from 'node:zlib';
import type { State } from '../../../src/escalation';
import { CALLBACK } from '../../../src/platform/budget';
import { fromParams, toQuery } from '../../../src/store/continuation';
import { alertIdsOf, EVENING, onDuty, PAGE, stateOf } from '../../support/on-duty';

/** There and back, as a webhook does it. */
const back = (query: URLSearchParams) => fromParams(Object.fromEntries(new URLSearchParams(`${query}`)));

const packed = (value: unknown) => deflateRawSync(JSON.stringify(value)).toString('base64url');

/** Ids that have nothing in common, so that packing them saves little. */
const alertIds = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    Buffer.from(String(Math.sin(n + 1)))
      .toString('base64url')
      .slice(5, 16),
  );

describe('there and back', () => {
  test.each<[string, State, string | null]>([
    ['a page that has just begun', stateOf(), '0'],
    ['a later ring', stateOf({ attempt: 5 }), '12'],
    ['a page that Sync does not hold', stateOf({ isDegraded: true }), null],
    ['a page that is over', stateOf({ end: { kind: 'taken', at: EVENING + 60, by: 2, attempt: 0 } }), '3'],
    ['people and rings beyond ten', stateOf({ members: 30, attempt: 31 }), 'ab'],
  ])('%s', (_, state, revision) => {
    const { page } = state;
    expect(back(toQuery(state, revision))).toEqual({
      page: page?.id,
      attempt: page?.attempt,
      state,
      revision,
    });
  });

  test('what is not of this page is not begun: a first call carries nothing', () => {
    expect(fromParams({})).toBeNull();
    expect(fromParams({ alertId: '2wpLU5fBXbG', CallSid: 'CA1' })).toBeNull();
    expect(fromParams({ page: '', attempt: '0' })).toBeNull();
  });
});

describe('a state too long for a URL', () => {
  // Words that have nothing in common, so that packing them saves little.
  const news = alertIds(200).map(
    (word, nth) => ({ kind: 'settling', alert: word, member: nth, page: PAGE.id, at: EVENING }) as const,
  );
  const state = { ...stateOf({ attempt: 7 }, { alerts: alertIds(9) }), news, newsCount: 55 };

  test('is carried in outline: no news, all else', () => {
    const carried = back(toQuery(state, '9'))?.state ?? undefined;
    expect(carried).toMatchObject({ news: [], newsCount: 55, page: { id: PAGE.id, attempt: 7 } });
  });

  test('is carried without its revision: an outline must not be written over the whole', () => {
    expect(toQuery(state, '9').has('revision')).toBe(false);
    expect(back(toQuery(state, '9'))).toMatchObject({ page: state.page?.id, attempt: 7, revision: null });
  });
});

describe('of the alerts', () => {
  test('a few are carried, to be spoken of if Sync is down', () => {
    const carried = back(toQuery(stateOf({}, { alerts: alertIds(200) }), '9'))?.state ?? undefined;
    expect(alertIdsOf(carried)).toHaveLength(CALLBACK.alerts);
  });

  test.each([1, 10, 40, 100, 1_000])('%i make no long URL', (count) => {
    const query = String(toQuery(stateOf({}, { alerts: alertIds(count) }), '9'));
    expect(query.length).toBeLessThan(2_000);
  });

  test.each(['', 'hello', packed(null), packed({}), packed([1, null, { id: 1 }, { id: 'a' }])])(
    'what is none is left out: %s',
    (alerts) => {
      const query = { ...Object.fromEntries(toQuery(stateOf(), '7')), alerts };
      expect(fromParams(query)?.state?.alerts).toEqual([]);
    },
  );
});

describe('what comes back may be anything', () => {
  const { state: whole = '' } = Object.fromEntries(toQuery(stateOf(), '7'));

  test.each([
    ['nothing', ''],
    ['words', 'hello'],
    ['other characters than base64', '%%%あ<>'],
    ['one character', 'A'],
    ['cut off in the middle', whole.slice(0, whole.length / 2)],
    ['cut off at its end', whole.slice(0, -4)],
    ['no JSON', deflateRawSync('not JSON').toString('base64url')],
    ['JSON, but nothing', packed(null)],
    ['JSON, but a number', packed(1)],
    ['JSON, but a list', packed([1])],
    ['of a version to come', packed({ ...stateOf(), version: 3 })],
    ['of no version', packed({})],
    ['a small thing that unpacks to 10 MB', packed({ version: 1, filler: 'x'.repeat(10_000_000) })],
  ])('a state that is %s is none, and its revision goes with it', (_, state) => {
    expect(fromParams({ page: 'p1', attempt: '3', revision: '7', state })).toEqual({
      page: 'p1',
      attempt: 3,
      state: null,
      revision: null,
    });
  });

  test.each([
    ['0', 0],
    ['2', 2],
    ['31', 31],
    [undefined, Number.MAX_SAFE_INTEGER],
    ['', Number.MAX_SAFE_INTEGER],
    ['x', Number.MAX_SAFE_INTEGER],
    ['-1', Number.MAX_SAFE_INTEGER],
    ['1.5', Number.MAX_SAFE_INTEGER],
    ['12abc', Number.MAX_SAFE_INTEGER],
    ['1e9', Number.MAX_SAFE_INTEGER],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ])('attempt %p is read as %i, so that what is no ring ends none', (attempt, read) => {
    expect(fromParams({ page: 'p1', attempt })).toMatchObject({ attempt: read });
  });
});

test('no phone number is in it', () => {
  const { members } = onDuty();
  const query = toQuery(stateOf(), '7');
  const text = `${query} ${JSON.stringify(back(query))}`;
  expect(text).not.toMatch(/\+\d{6,}|%2B\d/);
  for (const { phone } of members) expect(text).not.toContain(phone.slice(1));
});
