/**
 * What a test has under way in this process: a world of its own, with its clock in place of the real one. Where jest's
 * hang guard cuts the test off, nobody else ends that world, and the next test would live in two.
 */
const underWay = new Set<() => void>();

/** @param end puts everything back. Gives what does so when the work is over; either of the two happens once. */
export function underWayUntil(end: () => void): () => void {
  const once = () => {
    if (underWay.delete(once)) end();
  };
  underWay.add(once);
  return once;
}

export function endAllThatIsUnderWay(): void {
  for (const end of [...underWay]) end();
}
