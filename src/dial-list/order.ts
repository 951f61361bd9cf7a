/**
 * Members by their place in the list, in the order in which a page rings them: the list, starting `turn` places
 * further on.
 */
export function dialOrder(members: number, turn: number): number[] {
  const first = ((turn % members) + members) % members;
  return Array.from({ length: members }, (_, position) => (first + position) % members);
}
