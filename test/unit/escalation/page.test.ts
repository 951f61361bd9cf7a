/** Whose turn it is. */
import { memberAt, orderOf, ringsOf, turnsBefore } from '../../../src/escalation';

const cutIn = { attempt: 1, member: 2, isCutIn: true } as const;
const outOfTurn = { attempt: 1, member: 2 } as const;

test.each<[string, object, readonly number[]]>([
  ['from the first', { turn: 0 }, [0, 1, 2, 0, 1]],
  ['from whose turn it is', { turn: 2 }, [2, 0, 1, 2, 0]],
  ['its taker first, and the others in order', { turn: 0, taker: 1 }, [1, 0, 2, 1, 0]],
  ['its taker first, whose turn it is anyway', { turn: 1, taker: 1 }, [1, 2, 0, 1, 2]],
  ['somebody out of turn', { turn: 0, ringBacks: [outOfTurn] }, [0, 2, 1, 2, 0]],
  ['somebody out of turn, who cut another short', { turn: 0, ringBacks: [cutIn] }, [0, 2, 0, 1, 2]],
  ['two out of turn', { turn: 0, ringBacks: [cutIn, { attempt: 2, member: 1 }] }, [0, 2, 1, 0, 1]],
])('who is rung: %s', (_how, page, members) => {
  const rung = members.map((_, attempt) => memberAt({ members: 3, turn: 0, ...page }, attempt));
  expect(rung).toEqual(members);
});

test('a list of one', () => {
  expect([0, 1, 2].map((attempt) => memberAt({ members: 1, turn: 5 }, attempt))).toEqual([0, 0, 0]);
});

test('nobody can be rung for a page of nobody', () => {
  expect(() => memberAt({ members: 0, turn: 0 }, 0)).toThrow(RangeError);
});

test('the order, as people see it', () => {
  expect(orderOf({ members: 4, turn: 2, taker: 0 })).toEqual([0, 2, 3, 1]);
});

test.each<[string, object, number]>([
  ['each ring is a turn', { attempt: 4 }, 4],
  ['not one out of turn', { attempt: 4, ringBacks: [outOfTurn] }, 3],
  ['nor the one that it cut short', { attempt: 4, ringBacks: [cutIn] }, 2],
  ['one that comes yet does not matter', { attempt: 1, ringBacks: [cutIn] }, 1],
  ['rounds that begin anew', { attempt: 4, from: 3 }, 1],
  ['the same, with a ring out of turn before that', { attempt: 4, from: 3, ringBacks: [cutIn] }, 1],
])('turns in the rounds that count: %s', (_how, page, turns) => {
  expect(ringsOf({ attempt: 0, ...page })).toBe(turns);
});

test('turns before a ring', () => {
  expect(turnsBefore({ ringBacks: [outOfTurn] }, 2)).toBe(1);
});
