import { isState } from '../../../src/core/escalation/is-state';
import { emptyState } from '../../../src/core/escalation/state';
import { aDialList } from '../../support/dial-list';
import { alertNotified } from '../../support/event';
import { aState, happen, pageIn } from '../../support/state';

const list = aDialList();
const state = aState(list, { end: 'taken' });

test.each([
  ['the empty one', emptyState],
  ['of a page that rings', aState(list)],
  ['of one that is over', state],
  ['with a page before it', happen(list, [alertNotified(2)], state).state],
  ['that has been through JSON', JSON.parse(JSON.stringify(state))],
])('a state is one: %s', (_, value) => expect(isState(value)).toBe(true));

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'state'],
  ['a list', []],
  ['an empty object', {}],
  ['of another version', { ...state, version: 2 }],
  ['without a page, not even none', { ...state, page: undefined }],
  ['whose page has nobody to ring', { ...state, page: { ...pageIn(state), order: [] } }],
  ['whose page rings no member', { ...state, page: { ...pageIn(state), order: [-1] } }],
  ['whose page is at no ring', { ...state, page: { ...pageIn(state), attempt: Number.NaN } }],
  ['whose page has an end in a word', { ...state, page: { ...pageIn(state), end: 'taken' } }],
  ['whose page before is none', { ...state, previous: {} }],
  ['with an alert without an id', { ...state, alerts: [{}] }],
  ['with alerts in no list', { ...state, alerts: {} }],
  ['with news that says nothing', { ...state, news: [null] }],
  ['that has counted nothing', { ...state, newsCount: -1 }],
])('no state is one: %s', (_, value) => expect(isState(value)).toBe(false));
