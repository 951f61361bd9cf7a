/** What in a story goes against what Twilio publishes of itself. */
import type { ExchangeEvent, Network } from '../../switchboard';
import { unknownToTypings } from './twilio-typings';

/** Its REST requests and answers against the OpenAPI description, its documents against the typings of TwiML. */
export function againstPublished(
  network: Pick<Network, 'violations'>,
  events: readonly ExchangeEvent[],
): string[] {
  return [...network.violations, ...[...new Set(documentsIn(events))].flatMap(unknownToTypings)];
}

function documentsIn(events: readonly ExchangeEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'webhook-answered' && event.status === 200 && event.hook.kind !== 'status'
      ? [event.body]
      : [],
  );
}
