import type { Entry } from '../http/log';
import type { Outcome } from '../twilio/page-store';

/** What the log keeps of a decision: no name, no number, no text of an alert. */
export function noteOf(event: string, { state, step, revision }: Outcome): Entry {
  return { event, page: state.page?.id, step: step.kind, remembered: revision !== null };
}
