/** The calls in a view: which one a phone is at, how it stands, and who is there. */
import type { Place } from './journal';
import type { CallSeen, View } from './view';

export const isLive = ({ endedAt }: CallSeen): boolean => endedAt === undefined;

/** The present or last call of a phone. */
export function latestCallAt(view: View, phone: Place): CallSeen | undefined {
  let latest: CallSeen | undefined;
  for (const call of view.calls.values()) {
    const isHere = call.to === phone || (call.from === phone && call.direction === 'inbound');
    if (isHere && (!latest || isLive(call) || !isLive(latest))) latest = call;
  }
  return latest;
}

/** The leg on which number B plays its music. */
export function musicOf(view: View): CallSeen | undefined {
  for (const call of view.calls.values())
    if (call.to === 'b' && call.music !== undefined && isLive(call)) return call;
  return undefined;
}

/** A person on the phone can press keys and hang up: they picked up, or called themselves. */
export const isInHand = ({ by, from, direction }: CallSeen): boolean =>
  by === 'person' || (direction === 'inbound' && from !== 'a');

/** How a ring stands, in a word. */
export type Standing = 'dialed' | 'ringing' | 'talking' | 'voicemail' | 'over';

export function standingOf(call: CallSeen): Standing {
  if (!isLive(call)) return 'over';
  if (call.answeredAt !== undefined || call.direction === 'inbound')
    return call.by === 'voicemail' ? 'voicemail' : 'talking';
  return call.ringingAt === undefined ? 'dialed' : 'ringing';
}
