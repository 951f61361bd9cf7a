import { deflateRawSync } from 'node:zlib';
import type { State } from '../../src/core/escalation/state';
import { fromParams, toQuery } from '../../src/twilio/continuation';
import { alertIdsOf, EVENING, onDuty, PAGE, stateOf } from '../support/on-duty';

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
    ['a page that is over', stateOf({ end: { kind: 'taken', at: EVENING + 60, by: 2 } }), '3'],
    ['people and rings beyond ten', stateOf({ order: [...Array(30).keys()], attempt: 31 }), 'ab'],
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
  const calling = Array.from(
    { length: 40 },
    (_, attempt) => ({ kind: 'calling', attempt, member: attempt % 3 }) as const,
  );
  const state = { ...stateOf({ attempt: 7 }, { alerts: alertIds(200), news: calling }), newsCount: 55 };

  test('is carried in outline: no news, few alerts, all else', () => {
    const carried = back(toQuery(state, '9'))?.state ?? undefined;
    expect(alertIdsOf(carried)).toEqual(alertIds(2));
    expect(carried).toMatchObject({ news: [], newsCount: 55, page: { ...PAGE, attempt: 7 } });
  });

  test('is carried without its revision: an outline must not be written over the whole', () => {
    expect(toQuery(state, '9').has('revision')).toBe(false);
    expect(back(toQuery(state, '9'))).toMatchObject({ page: state.page?.id, attempt: 7, revision: null });
  });

  test.each([1, 10, 40, 100, 1_000])('%i alerts make no long URL', (count) => {
    const query = String(toQuery(stateOf({}, { alerts: alertIds(count) }), '9'));
    expect(query.length).toBeLessThan(2_000);
  });

  test('a page at its usual worst, three people and two rounds, goes in one piece', () => {
    const usual = stateOf({ attempt: 5 }, { alerts: alertIds(5), news: calling.slice(0, 20) });
    expect(back(toQuery(usual, '9'))).toMatchObject({ state: usual, revision: '9' });
  });
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
    ['of a version to come', packed({ ...stateOf(), version: 2 })],
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
