/** Each ring as it goes on record, out of the news. */
import { attemptsIn, bothAttempts, type LoggedNews } from '../../../src/escalation';

const news = (...items: object[]) =>
  items.map((item, nth) => ({ page: 'p', at: nth * 10, ...item }) as LoggedNews);
const calling = (attempt: number, member: number) => ({ kind: 'calling', attempt, member });
const rang = { attempt: 0, member: 1, calledAt: 0 };

test.each<[string, LoggedNews[], object[]]>([
  ['it rings still', news(calling(0, 1)), [rang]],
  [
    'nobody picked up',
    news(calling(0, 1), { kind: 'not-reached', why: 'busy' }),
    [{ ...rang, endedAt: 10, outcome: 'busy' }],
  ],
  [
    'picked up, and passed on',
    news(calling(0, 1), { kind: 'answered' }, { kind: 'passed-on' }),
    [{ ...rang, pickedUpAt: 10, endedAt: 20, outcome: 'passed' }],
  ],
  ['taken', news(calling(0, 1), { kind: 'taken', attempt: 0 }), [{ ...rang, endedAt: 10, outcome: 'taken' }]],
  [
    'taken late: an earlier ring is the one',
    news(calling(0, 1), { kind: 'not-reached', why: 'no-answer' }, calling(1, 2), {
      kind: 'taken',
      attempt: 0,
    }),
    [
      { ...rang, endedAt: 30, outcome: 'taken' },
      { attempt: 1, member: 2, calledAt: 20 },
    ],
  ],
  [
    'taken, whatever the call says later',
    news(calling(0, 1), { kind: 'taken', attempt: 0 }, { kind: 'not-reached', why: 'no-key' }),
    [{ ...rang, endedAt: 10, outcome: 'taken' }],
  ],
  [
    'closed while it rang',
    news(calling(0, 1), { kind: 'all-closed' }),
    [{ ...rang, endedAt: 10, outcome: 'closed' }],
  ],
  [
    'closed by phone',
    news(calling(0, 1), { kind: 'closed-by-phone' }),
    [{ ...rang, endedAt: 10, outcome: 'closed' }],
  ],
  [
    'the call broke off',
    news(calling(0, 1), { kind: 'went-direct' }),
    [{ ...rang, endedAt: 10, outcome: 'call-lost' }],
  ],
  [
    'the call broke off for good',
    news(calling(0, 1), { kind: 'call-lost' }),
    [{ ...rang, endedAt: 10, outcome: 'call-lost' }],
  ],
  [
    'closed after the ring was over',
    news(calling(0, 1), { kind: 'not-reached', why: 'busy' }, { kind: 'all-closed' }),
    [{ ...rang, endedAt: 10, outcome: 'busy' }],
  ],
  ['another page’s', news({ ...calling(0, 1), page: 'other' }), []],
  ['its beginning is forgotten', news({ kind: 'answered' }), []],
])('%s', (_what, items, attempts) => {
  expect(attemptsIn(items, 'p')).toEqual(attempts);
});

test('a ring that is told of twice is one ring, as it was told last', () => {
  const [first, second] = [{ attempt: 0 }, { attempt: 1 }];
  expect(bothAttempts([second], [first, { ...second, endedAt: 3 }])).toEqual([
    first,
    { ...second, endedAt: 3 },
  ]);
});
