/**
 * Sync's rate limits (twilio.com/docs/sync/limits): for each top-level object (a map is one, with all its items)
 * 20 reads and 20 writes a second, averaged over 10 s so that bursts pass; writing 10 KiB or more, 2 a second.
 */
import { refuse } from './problems';

const windowSeconds = 10;
const perSecond = 20;
const perSecondWhenLarge = 2;
const kib = 1024;

export type Rates = { spend(objectSid: string, kind: 'read' | 'write', bytes?: number): void };

export function createRates(now: () => number): Rates {
  const spent = new Map<string, number[]>();
  return {
    spend(objectSid, kind, bytes = 0) {
      const account = `${kind} ${objectSid}`;
      const recent = (spent.get(account) ?? []).filter((at) => at > now() - windowSeconds * 1000);
      spent.set(account, recent);
      const allowed = (kind === 'read' ? perSecond : writesPerSecond(bytes)) * windowSeconds;
      if (recent.length >= allowed) refuse('rateLimited');
      recent.push(now());
    },
  };
}

/** Twilio names both ends (up to 1 KiB, from 10 KiB) and says "less" in between: here a straight line. */
export function writesPerSecond(bytes: number): number {
  if (bytes <= kib) return perSecond;
  if (bytes >= 10 * kib) return perSecondWhenLarge;
  return perSecond - ((perSecond - perSecondWhenLarge) * (bytes - kib)) / (9 * kib);
}
