import type { Clock } from '../../switchboard/clock';

/** Lets virtual time pass until the promise is settled, and gives its value or throws its error. */
export async function inTime<T>(clock: Clock, promise: Promise<T>, limitSeconds = 600): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  if (!(await clock.runUntil(() => settled, limitSeconds))) {
    throw new Error(`Not settled within ${limitSeconds} s`);
  }
  return promise;
}

/** The error of a promise that must fail. */
export async function failureOf(
  clock: Clock,
  promise: Promise<unknown>,
): Promise<Error & Record<string, unknown>> {
  try {
    await inTime(clock, promise);
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('Expected a failure');
}
