/** What counts as a state: deciding on what a person or another version wrote might fail, and then nobody would be rung. */
import { readState } from '../../../src/escalation';
import { aDialList } from '../../support/dial-list';
import { aState, pageIn } from '../../support/state';

const list = aDialList();
const { alerts: _, ...stored } = aState(list, { attempt: 1 });
const page = pageIn(aState(list, { attempt: 1 }));
const withPage = (changes: object) => ({ ...stored, page: { ...page, ...changes } });

test('what was written is read', () => {
  expect(readState(JSON.parse(JSON.stringify(stored)))).toEqual({ ...stored, alerts: [] });
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['text', 'state'],
  ['a list', []],
  ['a version to come', { ...stored, version: 3 }],
  ['no version', { ...stored, version: undefined }],
  ['no count of pages', { ...stored, pagesStarted: undefined }],
  ['a count that is none', { ...stored, newsCount: -1 }],
  ['no list of pages', { ...stored, ended: {} }],
  ['a page that is none', { ...stored, ended: [{}] }],
  ['news that is none', { ...stored, news: [{}] }],
  ['no page', { ...stored, page: undefined }],
  ['a page without an id', withPage({ id: undefined })],
  ['a page without a call', withPage({ call: 7 })],
  ['a page of nobody', withPage({ members: 0 })],
  ['half an attempt', withPage({ attempt: 0.5 })],
  ['an attempt before the first', withPage({ attempt: -1 })],
  ['no time', withPage({ until: 'soon' })],
  ['an end without a kind', withPage({ end: {} })],
])('%s is none', (_what, value) => {
  expect(readState(value)).toBeNull();
});

/** As it was written before alerts had items of their own. */
const old = {
  version: 1,
  pagesStarted: 4,
  newsCount: 9,
  mayWrite: true,
  news: [
    { kind: 'blind', why: 'slow', page: 'p1', at: 1 },
    { kind: 'calling', attempt: 0, member: 1, page: 'p1', at: 1 },
    {},
  ],
  page: {
    ...{
      id: 'p1',
      startedAt: 1,
      isTest: false,
      way: 'bridge',
      call: 'CA',
      order: [1, 2, 0],
      attempt: 2,
      leg: 'ringing',
    },
    ...{ until: 99, end: null, isDegraded: false, isBlind: true, turn: 1 },
  },
  alerts: [
    { id: 'A', heardAt: 1, page: 'p1', closedAt: 5 },
    { id: 'B', heardAt: 2, page: 'p1', taken: { by: 1 } },
    { heardAt: 3 },
  ],
};

describe('the form before this one', () => {
  test('a page that goes on is not lost, nor are its alerts', () => {
    expect(readState(old)).toMatchObject({
      ...{ version: 2, pagesStarted: 4, newsCount: 9, mayWrite: true },
      news: [{ kind: 'unavailable' }, { kind: 'calling' }],
      page: {
        id: 'p1',
        members: 3,
        turn: 1,
        attempt: 2,
        first: 'B',
        watch: 'B',
        lap: 1,
        isUnavailable: true,
      },
      alerts: [
        { id: 'A', heardAt: 1, page: 'p1', closedAt: 5 },
        { id: 'B', heardAt: 2, page: 'p1' },
      ],
    });
  });

  test.each<[string, readonly number[], object]>([
    ['in turn', [2, 0, 1], { turn: 2 }],
    ['its taker first', [2, 0, 1, 3], { taker: 2 }],
  ])('the order is what it was: %s', (_how, order, expected) => {
    const { turn: __, ...before } = old.page;
    expect(readState({ ...old, page: { ...before, order } })?.page).toMatchObject({
      members: order.length,
      ...expected,
    });
  });

  test.each<[string, object]>([
    ['no count', { ...old, newsCount: undefined }],
    ['no news', { ...old, news: 'none' }],
  ])('%s: it is none', (_what, value) => {
    expect(readState(value)).toBeNull();
  });

  test.each<[string, object]>([
    ['there was none', { ...old, page: null }],
    ['its order is none', { ...old, page: { ...old.page, order: [] } }],
    ['it is half a page', { ...old, page: { ...old.page, call: undefined } }],
  ])('its page counts as none: %s', (_what, value) => {
    expect(readState(value)).toMatchObject({ page: null, pagesStarted: 4 });
  });
});
