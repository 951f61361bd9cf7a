/** What can be wrong with the people, and what never came. */
import type { DialList } from '../../../src/dial-list/list';
import { UNKNOWN_ID } from '../../../src/escalation/alert';
import { answers, type FaultCase, fault, isAt, onDetails, set } from './case';

const members =
  (change: (member: DialList['members'][number], place: number) => object) => (list: DialList) => ({
    ...list,
    members: list.members.map((one, place) => ({ ...one, ...change(one, place) })),
  });

/** One page on record, in the place of those that there are. */
const onRecord = (data: object) => (request: { url: URL }) =>
  isAt('.history/Items')(request)
    ? answers({ items: [{ key: '1.A', data }], meta: { key: 'items', next_page_url: null } })
    : undefined;

export const OF_PEOPLE: readonly FaultCase[] = [
  fault('calls that never say which alert it is', 'wrong arrived.alert-id', 'never say', ({ network }) =>
    network.fault('sync', onRecord({ alerts: [UNKNOWN_ID] })),
  ),
  fault('no call yet', 'unknown arrived.alert-id', 'no call yet', ({ network }) =>
    network.fault('sync', onRecord({ alerts: [] })),
  ),
  fault('ends that were never reported', 'unknown arrived.call-ended', 'no call yet', ({ network }) =>
    network.fault(
      'functions',
      onDetails(answers({ ok: true, assets: {}, sync: { ok: true }, mackerel: { ok: true } })),
    ),
  ),
  ...[1, 2, 3].map((place) =>
    fault('made-up numbers, for real', `wrong people.${place}`, 'any numbering plan', undefined, {
      isReal: true,
    }),
  ),
  fault('a number that everybody pays for', 'unknown people.1', 'PREMIUM_RATE', undefined, {
    isReal: true,
    list: members((_member, place) => (place === 0 ? { phone: '+81990500000' } : {})),
  }),
  fault('a phone that stands there twice', 'unknown people.doubles', 'more than once', undefined, {
    list: (list) => members(() => ({ phone: list.members[0]?.phone }))(list),
  }),
  fault('a number that Twilio calls invalid', 'wrong people.valid', 'not a valid number: ', undefined, {
    list: members((_member, place) => (place === 0 ? { phone: '+8190' } : {})),
  }),
  fault(
    'a line that is a pager',
    'unknown people.carriers',
    'pager',
    ({ account }) => set(account.state, { lineOf: () => ({ type: 'pager', carrier: null }) }),
    { looksUpCarriers: true },
  ),
  fault('a voicemail that is faster', 'unknown people.voicemail', 'after 15 s', undefined, {
    voicemailSeconds: 15,
  }),
  fault('a member who never answered', 'wrong people.proven', '新人', undefined, {
    list: members((_member, place) => (place === 0 ? { name: '新人' } : {})),
  }),
];
