import type { Entry } from '../../platform/log';
import type { Outcome } from '../../store/page-store';

/** What the log says of an outcome: no name, no phone number, no text of an alert. */
export function entryOf(event: string, outcome: Outcome): Entry {
  return { event, page: outcome.state.page?.id, ...cameOf(outcome) };
}

/** The same, if the URL names the page. */
export const cameOf = ({ step, revision }: Outcome): Entry => ({
  step: step.kind,
  remembered: revision !== null,
});
