/**
 * Checks requests to Twilio's REST API, and the stand-ins' answers, against Twilio's published description: the
 * operations in `openapi/`, whose README explains them.
 */
import account from './openapi/account.json';
import calls from './openapi/calls.json';
import { checksOf } from './openapi/checks';
import { readForm } from './openapi/form';
import lookups from './openapi/lookups.json';
import monitor from './openapi/monitor.json';
import numbers from './openapi/numbers.json';
import { type Description, findOperation, operationsOf } from './openapi/operations';
import pricing from './openapi/pricing.json';
import routes from './openapi/routes.json';
import serverless from './openapi/serverless.json';
import sync from './openapi/sync.json';
import trusthub from './openapi/trusthub.json';
import voice from './openapi/voice.json';
import type { WireRequest, WireResponse } from './wire';

const descriptions = [
  calls,
  sync,
  account,
  voice,
  monitor,
  pricing,
  lookups,
  routes,
  trusthub,
  numbers,
  serverless,
];

export const operations = descriptions.flatMap((description) =>
  operationsOf(description as unknown as Description),
);

/** The faults of a request, in words without its values; empty if Twilio describes it. */
export function requestFaults({ method, url, headers, body }: WireRequest): string[] {
  const found = findOperation(operations, method, url);
  if (!found) return [`${method} ${url.host}: no such operation`];
  const { operation, pathParams } = found;
  const checks = checksOf(operation);
  const params = {
    path: pathParams,
    query: readForm(url.searchParams, operation.query),
    header: Object.fromEntries(operation.describedHeaders.flatMap((name) => pick(headers, name))),
  };
  const faults = [...checks.params(params), ...(operation.form ? [] : strayBody(body))];
  if (operation.form) {
    const { schema, encoding } = operation.form;
    faults.push(...formType(headers, body));
    faults.push(...checks.form(readForm(new URLSearchParams(body), schema.properties ?? {}, encoding)));
  }
  return faults.map((fault) => `${operation.id}: ${fault}`);
}

/** The faults of an answer. An error has the shape of all of Twilio's errors, which no operation describes. */
export function responseFaults({ method, url }: WireRequest, response: WireResponse): string[] {
  const found = findOperation(operations, method, url);
  if (!found) return [];
  const { operation } = found;
  return checksOf(operation)
    .answer(response)
    .map((fault) => `${operation.id} answered ${response.status}: ${fault}`);
}

function pick(headers: WireRequest['headers'], wanted: string): [string, string][] {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === wanted.toLowerCase());
  return found ? [[wanted, found[1]]] : [];
}

const strayBody = (body: string): string[] => (body === '' ? [] : ['a body, where there is none']);

function formType(headers: WireRequest['headers'], body: string): string[] {
  const [[, type = ''] = []] = pick(headers, 'content-type');
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  return body === '' || isForm ? [] : [`a body of type "${type}", where there is a form`];
}
