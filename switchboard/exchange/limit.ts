import type { Desk } from './desk';
import { end, isOver, type Leg } from './leg';

/** docs/api/errors/10004 */
export const TOO_MANY = { code: 10004, message: 'Call concurrency limit exceeded' } as const;

/** Whether our account has as many calls up as it may, incoming and outgoing. Queued calls do not count. */
export function isFull({ legs, account, limits }: Desk, but?: Leg): boolean {
  const isUp = (leg: Leg) =>
    leg !== but && leg.account.sid === account.sid && !isOver(leg) && leg.record.status !== 'queued';
  const most = limits.concurrentCalls ?? Number.POSITIVE_INFINITY;
  return [...legs.values()].filter(isUp).length >= most;
}

export function reject(desk: Desk, leg: Leg): void {
  desk.tell({ kind: 'fault', callSid: leg.record.sid, ...TOO_MANY });
  end(desk, leg, 'failed', 'network');
}
