import type { Services } from '../../platform/services';

/**
 * Lets another Function wait for the rest of a pause. The number to ring from is in the body, since no URL may hold
 * one.
 */
export function handOn(
  { ourselves }: Services,
  query: URLSearchParams,
  seconds: number,
  from: string | null,
): Promise<boolean> {
  const ours: Record<string, string> = from === null ? {} : { From: from, Direction: 'outbound-api' };
  return ourselves.handOver('/pause', { ...Object.fromEntries(query), left: String(seconds), ...ours });
}
