import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A Function at work. Nothing of it goes on any more once its 10 s are over
 * (docs/serverless/functions-assets/functions/request-flow), nor once it has called back: what it has not waited for may
 * go on in a later invocation (docs/serverless/functions-assets/faq), and nobody can rely on that.
 */
export type Run = {
  isOver: boolean;
  /** Counted from 1. */
  readonly id: number;
};

let count = 0;
const runs = new AsyncLocalStorage<Run>();

/** Whatever comes of the work, however much later, belongs to this run. */
export function inRun<T>(work: (run: Run) => T): T {
  count += 1;
  const run: Run = { isOver: false, id: count };
  return runs.run(run, () => work(run));
}

/** Whether who asks is a Function that has been stopped; nobody hears of its requests. */
export const isStopped = (): boolean => runs.getStore()?.isOver ?? false;

/** The run that asks, if it is a Function at all. */
export const currentRun = (): number | undefined => runs.getStore()?.id;
