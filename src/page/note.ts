import type { Entry } from '../http/log';
import type { Outcome } from '../twilio/page-store';

/** What the log keeps of a decision: no name, no number, no text of an alert. */
export function noteOf(event: string, outcome: Outcome): Entry {
  return { event, page: outcome.state.page?.id, ...cameOf(outcome) };
}

/** Of a page that the URL names. */
export const cameOf = ({ step, revision }: Outcome): Entry => ({
  step: step.kind,
  remembered: revision !== null,
});
