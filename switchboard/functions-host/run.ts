import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A Function at work. It stops when its 10 s are over (docs/serverless/functions-assets/functions/request-flow), and
 * once it has called back: work that it did not await may go on in a later invocation
 * (docs/serverless/functions-assets/faq), but nobody can rely on that.
 */
export type Run = {
  isOver: boolean;
  /** Counted from 1. */
  readonly id: number;
};

let count = 0;
const runs = new AsyncLocalStorage<Run>();

/** Everything that follows from the work, however late, belongs to this run. */
export function inRun<T>(work: (run: Run) => T): T {
  count += 1;
  const run: Run = { isOver: false, id: count };
  return runs.run(run, () => work(run));
}

/** Whether the request comes from a Function that has been stopped; its requests are dropped. */
export const isStopped = (): boolean => runs.getStore()?.isOver ?? false;

/** The run that makes the request, if it is a Function's. */
export const currentRun = (): number | undefined => runs.getStore()?.id;
