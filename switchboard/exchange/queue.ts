import type { Clock } from '../clock';

/** The calls of an account that wait to be dialed. */
export type Queue = {
  /** Takes a place in the queue; returns the seconds until its turn. */
  join(): number;
};

/** What the account may do at once; may change at any time. Left out: no limit. */
export type Limits = {
  callsPerSecond?: number;
  /** Calls that are up at once, incoming and outgoing (docs/api/errors/10004). */
  concurrentCalls?: number;
};

/**
 * Calls made by REST are dialed at so many a second and queued beyond that. Incoming calls, and those of a Dial, are
 * not limited (docs/voice/api/call-resource, "Calls Per Second").
 */
export function openQueue(clock: Clock, limits: Limits): Queue {
  let nextTurn = 0;
  return {
    join() {
      const turn = Math.max(nextTurn, clock.now());
      nextTurn = turn + 1000 / (limits.callsPerSecond ?? Number.POSITIVE_INFINITY);
      return (turn - clock.now()) / 1000;
    },
  };
}
