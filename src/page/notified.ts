import { type AlertFacts, UNKNOWN_ID } from '../core/alert';
import type { CallerStep } from '../core/escalation/step';
import { turnByDate } from '../core/rotation';
import { factsOf, isClosed } from '../mackerel/api';
import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';
import { closedAlerts } from './lookups';

/**
 * Mackerel called about an alert, or somebody to try the line out, for whom there is none. Sync and Mackerel's API
 * are asked side by side; neither is waited for longer than a caller can be kept.
 */
export async function notified(
  { list, pages, mackerel, now }: Services,
  alert: AlertFacts | null,
  call: string,
): Promise<Outcome<CallerStep>> {
  const at = now();
  const starting = { at, call, way: 'bridge', turn: turnByDate(list, at * 1000) } as const;
  if (!alert) return pages.apply({ kind: 'test-started', ...starting }, null);
  const reading = pages.reading();
  const answer = mackerel && alert.id !== UNKNOWN_ID ? await mackerel.alert(alert.id) : null;
  const known = answer?.ok
    ? { alert: { ...alert, ...factsOf(answer.value, at) }, isClosed: isClosed(answer.value) }
    : { alert, ...(answer && { blind: answer.why }) };
  return pages.apply({ kind: 'alert-notified', ...starting, ...known }, null, reading);
}

/** The pause between two rounds is over: the call comes back to be told whom to ring. */
export async function resumed(
  services: Services,
  carried: Continuation,
  call: string,
): Promise<Outcome<CallerStep>> {
  const look = await closedAlerts(services, carried.state);
  const { page, attempt } = carried;
  return services.pages.apply(
    { kind: 'pause-over', page, attempt, call, ...look, at: services.now() },
    carried,
  );
}
