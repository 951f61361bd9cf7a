/** Who is rung, and what they do in a practice. */
import type { DialList } from '../../src/dial-list/list';
import { dialOrder } from '../../src/dial-list/order';
import { turnByDate } from '../../src/dial-list/rotation';
import { ignores, type Switchboard, takes } from '../../switchboard';

/** Names in the order of ringing. A rotation by page counts its pages in Sync; here it begins at the first. */
export function inTurn(list: DialList, at: number): readonly string[] {
  const turn = list.rotation.every === 'page' ? 0 : turnByDate(list, at);
  return dialOrder(list.members.length, turn).map((place) => list.members[place]?.name ?? '');
}

/** The first sleeps, if there is another who takes it. */
export function practise({ person }: Switchboard, order: readonly string[]): void {
  const [first = '', second] = order;
  person(first).next(second === undefined ? takes : ignores);
  if (second !== undefined) person(second).next(takes);
}
