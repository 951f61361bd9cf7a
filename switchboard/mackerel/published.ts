/**
 * Holds requests to Mackerel's API, and the stand-in's answers, against what its pages say: mackerel.io/api-docs, the tables
 * of mackerelio/documents, content/api-docs/entry/*.md as of 2026-11. Mackerel publishes no description for machines, so
 * these are the names and types of those tables, and none of their text.
 */
import { failuresOf } from '../openapi/checks';
import { parsedJson } from '../openapi/form';
import type { Schema } from '../openapi/operations';
import type { WireRequest, WireResponse } from '../wire';

const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const flag: Schema = { type: 'boolean' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const words = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
const object = (always: Record<string, Schema>, sometimes: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  properties: { ...always, ...sometimes },
  required: Object.keys(always),
  additionalProperties: false,
});
const withId = ({ properties, required, ...schema }: Schema): Schema => ({
  ...schema,
  properties: { id: text, ...properties },
  required: ['id', ...(required as string[])],
});

const events = list(words('alert', 'alertGroup', 'hostStatus', 'hostRegister', 'hostRetire', 'monitor'));
const joins = { addToDefaultNotificationGroup: flag };
const channelInput: Schema = {
  anyOf: [
    object({ type: words('webhook'), name: text, url: text, enabledGraphImage: flag, events }, joins),
    object({ type: words('email'), name: text, emails: list(text), userIds: list(text), events }, joins),
  ],
};
const channel = object(
  { id: text, name: text, type: text },
  {
    suspendedAt: { type: 'number', nullable: true },
    url: text,
    enabledGraphImage: flag,
    emails: list(text),
    userIds: list(text),
    mentions: { type: 'object' },
    events,
  },
);
const group = object(
  {
    name: text,
    notificationLevel: words('all', 'critical'),
    childNotificationGroupIds: list(text),
    childChannelIds: list(text),
  },
  { monitors: list(object({ id: text, skipDefault: flag })), services: list(object({ name: text })) },
);
/** In the API's answer alone: mackerel-client-go, `NotificationGroup`, has no `type`, the page on terraform has. */
const groupAnswer = { ...withId(group), properties: { id: text, type: text, ...group.properties } };
const external = object(
  { type: words('external'), name: text, url: text },
  {
    memo: text,
    method: words('GET', 'POST', 'PUT', 'DELETE'),
    service: text,
    notificationInterval: { type: 'number', minimum: 10 },
    responseTimeWarning: number,
    responseTimeCritical: number,
    responseTimeDuration: number,
    containsString: text,
    maxCheckAttempts: { type: 'number', minimum: 1, maximum: 10 },
    certificationExpirationWarning: number,
    certificationExpirationCritical: number,
    skipCertificateVerification: flag,
    isMute: flag,
    headers: list(object({ name: text, value: text })),
    requestBody: text,
    followRedirect: flag,
    expectedStatusCode: number,
  },
);
/** Each kind has fields of its own; these are what all of them have. */
const monitor: Schema = {
  type: 'object',
  properties: { id: text, type: text, name: text, memo: text, notificationInterval: number, isMute: flag },
  required: ['id', 'type'],
};
const alert = object(
  {
    id: text,
    status: words('OK', 'CRITICAL', 'WARNING', 'UNKNOWN'),
    monitorId: text,
    type: text,
    openedAt: number,
  },
  {
    hostId: text,
    value: number,
    message: text,
    reason: text,
    closedAt: number,
    series: object({ name: text, labels: { type: 'object' } }),
    // The pages list none; mackerel-client-go has one.
    memo: text,
  },
);
const annotation = object(
  {
    title: { type: 'string', maxLength: 250 },
    from: number,
    to: number,
    service: text,
  },
  { description: { type: 'string', maxLength: 1024 }, roles: list(text) },
);
const metric = object({
  name: { type: 'string', pattern: '^[a-zA-Z0-9._-]+$' },
  time: number,
  value: number,
});
const anything: Schema = { type: 'object' };

type Described = readonly [method: string, path: RegExp, request: Schema | null, answer: Schema];

const DESCRIBED: readonly Described[] = [
  ['GET', /^org$/, null, object({ name: text }, { displayName: text })],
  ['GET', /^settings\/ip-restriction\/api$/, null, object({ cidrs: list(text) })],
  ['GET', /^channels$/, null, object({ channels: list(channel) })],
  ['POST', /^channels$/, channelInput, channel],
  ['PUT', /^channels\/[^/]+$/, channelInput, channel],
  ['GET', /^notification-groups$/, null, object({ notificationGroups: list(groupAnswer) })],
  ['POST', /^notification-groups$/, group, groupAnswer],
  ['PUT', /^notification-groups\/[^/]+$/, group, groupAnswer],
  ['GET', /^monitors$/, null, object({ monitors: list(monitor) })],
  ['POST', /^monitors$/, external, withId(external)],
  ['GET', /^monitors\/[^/]+$/, null, object({ monitor })],
  [
    'GET',
    /^services$/,
    null,
    object({ services: list(object({ name: text, memo: text, roles: list(text) })) }),
  ],
  ['POST', /^services\/[^/]+\/tsdb$/, list(metric), object({ success: flag })],
  ['POST', /^graph-annotations$/, annotation, withId(annotation)],
  ['GET', /^alerts$/, null, object({ alerts: list(alert) }, { nextId: text })],
  ['GET', /^alerts\/[^/]+$/, null, alert],
  ['PUT', /^alerts\/[^/]+$/, object({ memo: text }), object({ id: text, memo: text })],
  ['POST', /^alerts\/[^/]+\/close$/, object({ reason: text }), alert],
  ['GET', /^hosts\/[^/]+$/, null, object({ host: anything })],
  ['GET', /^monitoring\/checks\/[^/]+$/, null, anything],
];

const find = ({ method, url }: WireRequest) => {
  const path = url.pathname.replace('/api/v0/', '');
  return DESCRIBED.find(([wanted, pattern]) => wanted === method && pattern.test(path));
};

const inWords = ([method, path]: Described) => `Mackerel ${method} ${path.source.replace(/^\^|\$$|\\/g, '')}`;

/** What is wrong with a request, in words that hold none of its values. */
export function mackerelRequestFaults(request: WireRequest): string[] {
  const described = find(request);
  if (!described) return [`Mackerel ${request.method}: no such path`];
  const [, , schema] = described;
  if (!schema) return request.body === '' ? [] : [`${inWords(described)}: a body, where there is none`];
  return failuresOf(schema, parsedJson(request.body)).map((fault) => `${inWords(described)}: ${fault}`);
}

/** What is wrong with an answer. What an error says is not described. */
export function mackerelAnswerFaults(request: WireRequest, { status, body }: WireResponse): string[] {
  const described = find(request);
  if (!described || status >= 400) return [];
  const faults = failuresOf(described[3], parsedJson(body));
  return faults.map((fault) => `${inWords(described)} answered: ${fault}`);
}
