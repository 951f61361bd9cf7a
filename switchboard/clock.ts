import FakeTimers from '@sinonjs/fake-timers';

/**
 * The one clock of the switchboard: every part waits on it, so ten virtual minutes pass as fast as the
 * work done in them. Durations are seconds; `now()` is milliseconds since the epoch.
 */
export type Clock = {
  now(): number;
  /** Returns a function that cancels it. */
  after(seconds: number, what: () => void): () => void;
  sleep(seconds: number): Promise<void>;
  run(seconds: number): Promise<void>;
  /** True as soon as `done()` is; false if `limitSeconds` (default one hour) have passed before that. */
  runUntil(done: () => boolean, limitSeconds?: number): Promise<boolean>;
  /** Lets everything happen that takes no time. */
  drain(): Promise<void>;
  /** Real-time mode: virtual time runs at `factor` × wall time until the returned function is called. */
  pace(factor: number): () => void;
  /** Whether somebody awaits `run` or `runUntil`. */
  isRunning(): boolean;
  /** Restores the real clock. A promise that waits for this one never settles: what was cut off does not go on. */
  uninstall(): void;
};

export const NEVER_AGAIN = new Promise<never>(() => {});

/** Work outside JavaScript: file reads (assets), compression. */
const UNDER_WAY = /^(FSReq|CloseReq|FileHandle|ZLIB)/i;
/** A chain of immediates is followed this far: a loop that polls with them must not stop time. */
const IMMEDIATES = 200;

/** Wall-clock milliseconds for which a drain waits for files: on a busy machine a read may take seconds. */
const DRAIN_PATIENCE = 60_000;
/** Wall-clock milliseconds between two steps of real-time mode. */
const PACE_STEP = 20;

/**
 * Fakes only the timers and Date. Promises, `nextTick` and `setImmediate` stay real, so a request that is handled in
 * this process goes on by itself. Time advances when nothing is left to do without it.
 */
export function installClock(options: {
  startAt: Date;
  /** Only promises and timers are at work, no files or streams, so one turn between two timers is enough. */
  isDirect?: boolean;
}): Clock {
  const real = { setImmediate, setInterval, clearInterval, abortAfter: AbortSignal.timeout };
  const timers = FakeTimers.install({
    now: options.startAt,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
  AbortSignal.timeout = abortAfter;
  let installed = true;

  const after = (seconds: number, what: () => void) => {
    const timer = setTimeout(what, Math.max(0, Math.round(seconds * 1000)));
    return () => clearTimeout(timer);
  };

  const turn = () => new Promise<void>((resolve) => void real.setImmediate(resolve));

  async function settled(): Promise<void> {
    const started = performance.now();
    // Two quiet turns in a row: between two steps of a file read, one turn shows nothing.
    for (let quiet = 0, turns = 0; quiet < 2; turns += 1) {
      await turn();
      const busy = process
        .getActiveResourcesInfo()
        .some((resource) => (resource === 'Immediate' ? turns < IMMEDIATES : UNDER_WAY.test(resource)));
      quiet = busy ? 0 : quiet + 1;
      if (performance.now() - started > DRAIN_PATIENCE) return;
    }
  }

  const drain = options.isDirect ? turn : settled;

  /**
   * Fires one timer after another until the time is up. A timer of our own marks the end, so that nothing overshoots
   * it.
   */
  async function advance(seconds: number, done: () => boolean): Promise<boolean> {
    await drain();
    if (!installed) return NEVER_AGAIN;
    for (let wait = seconds, others = 1; others > 0; wait = 0) {
      // Once more without time left: timers for this very instant may have been set on the way here.
      if (done()) return true;
      others = 0;
      let reached = false;
      const cancel = after(wait, () => {
        reached = true;
      });
      while (!reached) {
        timers.next();
        await drain();
        if (!installed) return NEVER_AGAIN;
        if (!reached) others += 1;
        if (done()) {
          cancel();
          return true;
        }
      }
      if (wait > 0) others += 1;
    }
    return false;
  }

  // Two `run`s at once would each fire the other's timers and end too early.
  let last: Promise<unknown> = Promise.resolve();
  let running = 0;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    running += 1;
    const mine = last.then(work).finally(() => {
      running -= 1;
    });
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    now: () => timers.now,
    after,
    sleep: (seconds) => new Promise((resolve) => void after(seconds, resolve)),
    run: async (seconds) => void (await inTurn(() => advance(seconds, () => false))),
    runUntil: (done, limitSeconds = 3600) => inTurn(() => advance(limitSeconds, done)),
    drain,
    isRunning: () => running > 0,
    pace(factor) {
      const wallStart = performance.now();
      const virtualStart = timers.now;
      let isMoving = false;
      const interval = real.setInterval(() => {
        const target = virtualStart + (performance.now() - wallStart) * factor;
        if (isMoving || target <= timers.now) return;
        isMoving = true;
        void inTurn(() => advance((target - timers.now) / 1000, () => false)).finally(() => {
          isMoving = false;
        });
      }, PACE_STEP);
      return () => real.clearInterval(interval);
    },
    uninstall() {
      installed = false;
      AbortSignal.timeout = real.abortAfter;
      timers.uninstall();
    },
  };
}

/** Like the platform's own timers, which cannot be faked from here. */
export function abortAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
    milliseconds,
  );
  timer.unref?.();
  return controller.signal;
}
