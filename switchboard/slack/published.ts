/**
 * Holds requests to Slack, and the stand-in's answers, against Slack's own types, which its npm packages carry:
 * `../openapi/slack.json`, where the README beside it tells how that was made.
 */
import { failuresOf } from '../openapi/checks';
import { parsedJson } from '../openapi/form';
import type { Schema } from '../openapi/operations';
import { schemas } from '../openapi/slack.json';
import type { WireRequest, WireResponse } from '../wire';

const known = schemas as unknown as Readonly<Record<string, Schema>>;

/** What is wrong with a request, in words that hold none of its values. */
export function slackRequestFaults(request: WireRequest): string[] {
  const name = nameOf(request);
  const schema = known[`${typeOf(request)}Arguments`];
  if (!schema) return [`${name}: no such method`];
  return failuresOf(schema, argumentsIn(request, schema)).map((fault) => `${name}: ${fault}`);
}

/** What is wrong with an answer. A webhook answers in plain words. */
export function slackAnswerFaults(request: WireRequest, { headers, body }: WireResponse): string[] {
  const schema = known[`${typeOf(request)}Response`];
  if (!schema) return [];
  const name = `${nameOf(request)} answered`;
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return [`${name}: no JSON`];
  return failuresOf(schema, parsedJson(body)).map((fault) => `${name}: ${fault}`);
}

const isWebhook = ({ url }: WireRequest) => url.host === 'hooks.slack.com';
const nameOf = (request: WireRequest) =>
  isWebhook(request) ? 'an incoming webhook' : request.url.pathname.replace('/api/', '');

/** `chat.postMessage` is ChatPostMessage in Slack's types. */
const typeOf = (request: WireRequest): string =>
  isWebhook(request)
    ? 'IncomingWebhookSend'
    : nameOf(request).replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** JSON, or a form whose structured fields are JSON text: docs.slack.dev/apis/web-api */
function argumentsIn({ headers, body, url }: WireRequest, schema: Schema): unknown {
  if (headers['content-type']?.startsWith('application/json')) return parsedJson(body);
  const properties = propertiesOf(schema);
  const given = [...url.searchParams, ...new URLSearchParams(body)];
  return Object.fromEntries(given.map(([name, text]) => [name, typed(text, properties[name])]));
}

function typed(text: string, schema: Schema = {}): unknown {
  return schema.type === 'string' ? text : parsedJson(text);
}

/** The limits of all alternatives together. */
function propertiesOf({ properties = {}, anyOf = [] }: Schema): Readonly<Record<string, Schema>> {
  return Object.assign({}, properties, ...(anyOf as Schema[]).map(propertiesOf));
}
