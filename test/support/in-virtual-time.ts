import type { Clock } from '../../switchboard';

/** Lets time pass until the work is done: as fast as what is to be done in it. */
export async function inVirtualTime<T>(clock: Clock, work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  await clock.runUntil(() => isOver);
  return over;
}
