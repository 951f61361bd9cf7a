import * as fc from 'fast-check';
import { dialOrder } from '../../../src/dial-list/order';

test.each([
  ['the list as it stands', 3, 0, [0, 1, 2]],
  ['begun one further on', 3, 1, [1, 2, 0]],
  ['the last is first', 3, 2, [2, 0, 1]],
  ['round again', 3, 3, [0, 1, 2]],
  ['before the list began', 3, -1, [2, 0, 1]],
  ['a whole round before it', 3, -3, [0, 1, 2]],
  ['a year of days', 7, 365, [1, 2, 3, 4, 5, 6, 0]],
  ['one member is always first', 1, 12, [0]],
  ['more members than one <Dial> takes', 12, 11, [11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
])('%s', (_why, members, turn, order) => {
  expect(dialOrder(members, turn)).toEqual(order);
});

const members = fc.integer({ min: 1, max: 50 });
const turn = fc.integer({ min: -100_000, max: 100_000 });

test('everyone is in it once, whatever the turn', () => {
  fc.assert(
    fc.property(members, turn, (members, turn) => {
      expect(new Set(dialOrder(members, turn))).toEqual(new Set(Array(members).keys()));
      expect(dialOrder(members, turn)).toHaveLength(members);
    }),
  );
});

test('with each turn, the first goes to the end', () => {
  fc.assert(
    fc.property(members, turn, (members, turn) => {
      const [first, ...others] = dialOrder(members, turn);
      expect(dialOrder(members, turn + 1)).toEqual([...others, first]);
    }),
  );
});
