/** What in a story goes against what Twilio publishes of itself. */
import type { ExchangeEvent, Network } from '../../switchboard';
import { unknownToTypings } from './twilio-typings';
import { elementsIn, parseXml } from './xml';

/**
 * Its REST requests and answers against the OpenAPI description, its documents against the typings of TwiML. Every URL in
 * a document has to be absolute: relative ones are promised in some places, and not in others.
 */
export function againstPublished(
  network: Pick<Network, 'violations'>,
  events: readonly ExchangeEvent[],
): string[] {
  const documents = [...new Set(documentsIn(events))];
  return [
    ...network.violations,
    ...documents.flatMap(unknownToTypings),
    ...new Set(documents.flatMap(relativeUrlsIn)),
  ];
}

function documentsIn(events: readonly ExchangeEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'webhook-answered' && event.status === 200 && event.hook.kind !== 'status'
      ? [event.body]
      : [],
  );
}

function relativeUrlsIn(twiml: string): string[] {
  return elementsIn(parseXml(twiml)).flatMap(({ name, attributes, children }) => {
    const { action, url, statusCallback } = attributes;
    const written = name === 'Play' || name === 'Redirect' ? [children.join('')] : [];
    return [...written, action, url, statusCallback]
      .filter((text) => text !== undefined && !/^https?:\/\//.test(text))
      .map((text) => `a relative URL in <${name}>: ${text?.split('?')[0]}`);
  });
}
