/** Memos of alerts: mackerel.io/api-docs/entry/alerts#update, "any text can be appended". */
import type { LoggedNews } from '../../../src/escalation';
import type { MackerelApi } from '../../../src/mackerel/api';
import type { ApiAlert } from '../../../src/mackerel/api-alert';
import { type Lines, memoLine, writeMemos } from '../../../src/news/memos';
import { apiWith } from '../../support/mackerel-api';
import { ALERT, BEGAN, EVENING, logged, onDuty, PAGE, stateOf } from '../../support/on-duty';

const taken = { kind: 'taken', page: PAGE.id, at: EVENING + 48, member: 0, attempt: 1, seconds: 48 } as const;
const state = { ...stateOf({ end: { kind: 'taken', at: EVENING + 48, by: 0, attempt: 0 } }), mayWrite: true };
const list = onDuty({ language: 'en' });
const LINE = '18:00 佐藤 took it, ring 2, 48 s';

describe('the line', () => {
  test.each<[string, object, object, string]>([
    ['in English', { language: 'en' }, {}, LINE],
    ['in Japanese', { language: 'ja' }, {}, '18:00 佐藤が対応, 2回目の呼び出し, 48秒'],
    [
      'in the list’s time zone',
      { language: 'en', timeZone: 'America/New_York' },
      {},
      '04:00 佐藤 took it, ring 2, 48 s',
    ],
    ['at midnight', { language: 'en' }, { at: EVENING + 6 * 3600 }, '00:00 佐藤 took it, ring 2, 48 s'],
    [
      'of a member who is on the list no more',
      { language: 'en' },
      { member: 7 },
      '18:00 #8 took it, ring 2, 48 s',
    ],
  ])('%s', (_, changes, of, line) => {
    expect(memoLine(onDuty(changes), { ...taken, ...of })).toBe(line);
  });
});

let warnings: string[];
beforeEach(() => {
  warnings = [];
});

const deskWith = (api: Partial<MackerelApi>) => ({
  list,
  mackerel: api as MackerelApi,
  warn: (message: string) => void warnings.push(message),
});

async function written(
  alert: Partial<ApiAlert>,
  changes: object = {},
  news: readonly LoggedNews[] = [taken],
  known: Lines = {},
) {
  const api = apiWith({ id: ALERT, ...alert });
  await writeMemos(deskWith(api), { ...state, ...changes }, news, known);
  return api.memos[ALERT];
}

const OLD = { openedAt: EVENING - 7200 };
const FIRST = '17:40 鈴木 took it, ring 1, 9 s';
const known = { [ALERT]: [FIRST] };

describe('somebody took it', () => {
  test.each<[string, Partial<ApiAlert>, Lines, string | undefined]>([
    ['there is no memo', { memo: '' }, {}, LINE],
    ['there is one: it stays', { memo: 'db1 is being replaced' }, {}, `db1 is being replaced\n${LINE}`],
    ['the line is there already', { memo: `first\n${LINE}\nlast` }, {}, undefined],
    ['no memo is shown, and the alert is new', {}, {}, LINE],
    ['no memo is shown, and people may have written one', OLD, {}, undefined],
    ['no memo is shown, nor since when it is open', { openedAt: undefined }, {}, undefined],
    ['no memo is shown, though we know that there is our own: so may be others’', {}, known, undefined],
    ['no memo is shown, but we know to have written this', OLD, { [ALERT]: [FIRST, LINE] }, undefined],
    [
      'the first of ours is shown',
      { memo: `look at db1\n${FIRST}` },
      known,
      `look at db1\n${FIRST}\n${LINE}`,
    ],
    ['the first of ours is gone', { memo: 'look at db1' }, known, `look at db1\n${FIRST}\n${LINE}`],
  ])('%s', async (_, alert, lines, memo) => {
    expect(await written(alert, {}, [taken], lines)).toBe(memo);
  });

  test('what may be hidden is said in the log, once a page', async () => {
    const alerts = ['a', 'b'].map((id) => ({ id, heardAt: EVENING, page: PAGE.id }));
    const api = apiWith({ id: 'a', ...OLD }, { id: 'b', ...OLD });
    await writeMemos(deskWith(api), { ...state, alerts }, [taken]);
    expect(api.memos).toEqual({});
    expect(warnings).toEqual([
      'No memo was written to 2 alerts: Mackerel does not show what people may have written there',
    ]);
  });

  test.each<[string, object, readonly LoggedNews[]]>([
    ['the key may only read', { mayWrite: false }, [taken]],
    ['nobody knows whether the key may write', { mayWrite: undefined }, [taken]],
    ['nobody took it', {}, logged([BEGAN])],
    ['another page was taken', {}, [{ ...taken, page: 'earlier' }]],
    ['it has closed', { alerts: state.alerts.map((alert) => ({ ...alert, closedAt: EVENING })) }, [taken]],
  ])('nothing is written where %s', async (_, changes, news) => {
    expect(await written({ memo: '' }, changes, news)).toBeUndefined();
  });

  test('all of its alerts get the line, ten at most, the worst of them', async () => {
    const alerts = Array.from({ length: 12 }, (_, nth) => ({
      id: `alert-${nth}`,
      heardAt: EVENING + nth,
      status: nth === 11 ? ('critical' as const) : ('warning' as const),
      page: PAGE.id,
    }));
    const api = apiWith(...alerts.map(({ id }) => ({ id, memo: '' })));
    await writeMemos(deskWith(api), { ...state, alerts }, [taken]);
    expect(Object.keys(api.memos)).toHaveLength(10);
    expect(Object.keys(api.memos)).toEqual(expect.arrayContaining(['alert-11', 'alert-0', 'alert-8']));
    expect(new Set(Object.values(api.memos))).toEqual(new Set([LINE]));
  });

  test('Mackerel tells nothing: nothing is written over', async () => {
    const api = apiWith();
    await writeMemos(deskWith(api), state, [taken]);
    expect(api.memos).toEqual({});
  });
});

describe('what we wrote is kept in mind', () => {
  const writing = (changes: Partial<MackerelApi>, lines: Lines = {}) =>
    writeMemos(deskWith({ ...apiWith({ id: ALERT, memo: '' }), ...changes }), state, [taken], lines);

  test('by alert', async () => {
    expect(await writing({})).toEqual({ lines: { [ALERT]: [LINE] }, isRefused: false });
    expect(await writing({}, known)).toEqual({ lines: { [ALERT]: [FIRST, LINE] }, isRefused: false });
  });

  test.each([
    ['for the right is missing', 'forbidden', true],
    ['for once', 'slow', false],
  ] as const)('not so what Mackerel did not take, %s', async (_, why, isRefused) => {
    const answer = await writing({ writeMemo: async () => ({ ok: false, why }) }, known);
    expect(answer).toEqual({ lines: known, isRefused });
  });

  test('of the latest twenty alerts, the latest four lines', async () => {
    const others = Object.fromEntries(Array.from({ length: 20 }, (_, nth) => [`alert-${nth}`, ['x']]));
    const { lines } = await writing({}, { [ALERT]: ['1', '2', '3', '4'], ...others });
    expect(Object.keys(lines)).toHaveLength(20);
    expect(Object.keys(lines)).not.toContain('alert-0');
    expect(lines[ALERT]).toEqual(['2', '3', '4', LINE]);
  });
});

describe('an alert joins what somebody has taken', () => {
  const joined: LoggedNews = { kind: 'joined', alerts: [ALERT], page: PAGE.id, at: EVENING + 60 };
  const before = { ...state, news: [taken] };

  test('it gets the same line', async () => {
    expect(await written({ memo: '' }, before, [joined])).toBe(LINE);
  });

  test('what has the line already is not read again', async () => {
    const api = apiWith({ id: ALERT, memo: LINE });
    const asked = jest.spyOn(api, 'alert');
    await writeMemos(deskWith(api), before, [joined], { [ALERT]: [LINE] });
    expect(asked).not.toHaveBeenCalled();
  });

  test('nobody has taken that page: no line', async () => {
    expect(await written({ memo: '' }, { news: [{ ...taken, page: 'another' }] }, [joined])).toBeUndefined();
  });
});
