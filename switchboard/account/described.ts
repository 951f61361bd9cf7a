/**
 * Twilio's REST API by its published description. Each request is checked against the description, and each answer is
 * Twilio's own example with the account's values in it. So neither can have a property that Twilio does not know.
 */
import { operations, requestFaults } from '../openapi';
import { readForm } from '../openapi/form';
import { findOperation, type Operation } from '../openapi/operations';
import { pageByPath, pageByUrl } from '../paging';
import type { WireRequest, WireResponse } from '../wire';

type Values = Readonly<Record<string, unknown>>;

/** A request that the description knows, with typed values. */
export type Asked = {
  readonly operation: Operation;
  readonly url: URL;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Values;
  readonly form: Values;
};

export type Reply =
  | { readonly kind: 'one'; readonly status?: number; readonly body: Values }
  | { readonly kind: 'list'; readonly items: readonly Values[] }
  | { readonly kind: 'gone' };

/**
 * By product and operation, as in `voice.FetchDialingPermissionsCountry`: some operations of two products have the
 * same name.
 */
export type Handlers = Readonly<Record<string, (asked: Asked) => Reply>>;

/** An error answer: `{code, message, more_info, status}` (docs/usage/twilios-response#response-formats-exceptions). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export const notFound = (url: URL) =>
  new Refused(404, 20404, `The requested resource ${url.pathname} was not found`);

/** Throws `Refused`. */
export function answerDescribed(handlers: Handlers, request: WireRequest): WireResponse {
  const { method, url, body } = request;
  const found = findOperation(operations, method, url);
  const handle = found && handlers[keyOf(found.operation)];
  if (!handle) throw notFound(url);
  // Twilio overlooks parameters that it does not know, and its own deploy tool sends one.
  const [fault] = requestFaults(request).filter((one) => !one.includes('additional properties'));
  if (fault) throw new Refused(400, 20001, fault);
  const { operation, pathParams } = found;
  const { schema, encoding } = operation.form ?? { schema: {}, encoding: {} };
  const asked: Asked = {
    operation,
    url,
    path: pathParams,
    query: readForm(url.searchParams, operation.query),
    form: readForm(new URLSearchParams(body), schema.properties ?? {}, encoding),
  };
  const reply = handle(asked);
  if (reply.kind === 'gone') return { status: 204, headers: {}, body: '' };
  return reply.kind === 'one'
    ? json(reply.status ?? 200, reply.body)
    : json(200, page(asked, operation, reply.items));
}

const keyOf = ({ host, id }: Operation): string => `${host.split('.')[0]}.${id}`;

/** Twilio's example of a resource, with these values and links. */
export function resource(key: string, values: Values): Values {
  const example = exampleOf(key);
  const stray = Object.keys(values).filter((name) => !(name in example));
  if (stray.length > 0) throw new Error(`Twilio's ${key} knows no ${stray.join(', ')}`);
  const links = example.links as Readonly<Record<string, string>> | undefined;
  if (!links || typeof values.url !== 'string') return { ...example, ...values };
  const pointed = Object.entries(links).map(([name, link]) => [
    name,
    link.replace(String(example.url), String(values.url)),
  ]);
  return { ...example, links: Object.fromEntries(pointed), ...values };
}

function exampleOf(key: string): Values {
  const operation = operations.find((one) => keyOf(one) === key);
  const example = operation && Object.values(operation.examples)[0];
  if (!example) throw new Error(`Twilio publishes no example of ${key}`);
  return example as Values;
}

function page({ url }: Asked, operation: Operation, items: readonly Values[]): Values {
  const example = exampleOf(keyOf(operation));
  if ('meta' in example) return pageByUrl(url, (example.meta as { key: string }).key, items);
  const key = Object.keys(example).find((name) => Array.isArray(example[name])) ?? '';
  return pageByPath(url, key, items);
}

export function json(status: number, body: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
