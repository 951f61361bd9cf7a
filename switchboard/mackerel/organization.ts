/**
 * An organization's settings at Mackerel, as its API shows and changes them: channels, notification groups, monitors,
 * services. mackerel.io/api-docs/entry/{organizations,channels,notification-groups,monitors,services,service-metrics,
 * graph-annotations}
 */
import * as v from 'valibot';
import type { WireRequest, WireResponse } from '../wire';

const EVENTS = ['alert', 'alertGroup', 'hostStatus', 'hostRegister', 'hostRetire', 'monitor'] as const;

const url = v.pipe(v.string(), v.url());
const channel = v.object({
  type: v.picklist(['email', 'slack', 'webhook']),
  name: v.string(),
  url: v.optional(url),
  emails: v.optional(v.array(v.string())),
  userIds: v.optional(v.array(v.string())),
  enabledGraphImage: v.optional(v.boolean()),
  events: v.optional(v.array(v.picklist(EVENTS))),
  addToDefaultNotificationGroup: v.optional(v.boolean()),
});
const group = v.object({
  name: v.string(),
  notificationLevel: v.picklist(['all', 'critical']),
  childNotificationGroupIds: v.array(v.string()),
  childChannelIds: v.array(v.string()),
  monitors: v.optional(v.array(v.object({ id: v.string(), skipDefault: v.boolean() }))),
  services: v.optional(v.array(v.object({ name: v.string() }))),
});
const external = v.looseObject({
  type: v.literal('external'),
  name: v.string(),
  url,
  method: v.optional(v.picklist(['GET', 'POST', 'PUT', 'DELETE'])),
  memo: v.optional(v.string()),
  notificationInterval: v.optional(v.pipe(v.number(), v.minValue(10))),
  maxCheckAttempts: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10))),
  service: v.optional(v.string()),
  containsString: v.optional(v.string()),
  expectedStatusCode: v.optional(v.number()),
  isMute: v.optional(v.boolean()),
  headers: v.optional(v.array(v.object({ name: v.string(), value: v.string() }))),
});
const metrics = v.array(
  v.object({ name: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9._-]+$/)), time: v.number(), value: v.number() }),
);
const annotation = v.object({
  title: v.pipe(v.string(), v.maxLength(250)),
  description: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  from: v.number(),
  to: v.number(),
  service: v.string(),
  roles: v.optional(v.array(v.string())),
});

export type Channel = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  suspendedAt: number | null;
  readonly [field: string]: unknown;
};
export type Group = v.InferOutput<typeof group> & { readonly id: string; readonly type?: 'group-default' };
export type Monitor = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly notificationInterval?: number;
  readonly [field: string]: unknown;
};

export type Organization = {
  name: string;
  channels: Channel[];
  groups: Group[];
  monitors: Monitor[];
  services: string[];
  /** CIDR ranges that may use the API; empty: all may. */
  apiRestriction: string[];
  /** Only paid and trial plans have external monitors. */
  hasExternalMonitors: boolean;
  readonly metrics: (v.InferOutput<typeof metrics>[number] & { readonly service: string })[];
  readonly annotations: v.InferOutput<typeof annotation>[];
};

/** One with a Twilio channel in its own group, and a default group. */
export const organizationInOrder = (): Organization => ({
  name: 'switchboard',
  channels: [{ id: '2chEmail0000', type: 'email-broadcast', name: 'Email (all members)', suspendedAt: null }],
  groups: [
    {
      id: '2grDefault00',
      type: 'group-default',
      name: 'Default',
      notificationLevel: 'all',
      childNotificationGroupIds: [],
      childChannelIds: ['2chEmail0000'],
    },
  ],
  monitors: [],
  services: ['shop'],
  apiRestriction: [],
  hasExternalMonitors: true,
  metrics: [],
  annotations: [],
});

/** Nothing if the request is not about the organization. The key's rights have been checked by then. */
export function answerOrganization(
  organization: Organization,
  request: WireRequest,
): WireResponse | undefined {
  const { method, url } = request;
  const [, , collection = '', id, ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const body = () => parsed(request.body);
  const at = `${method} ${collection}`;
  const last = rest.at(-1);
  try {
    if (at === 'GET org' && !id) return json({ name: organization.name, displayName: organization.name });
    if (at === 'GET settings' && id === 'ip-restriction' && last === 'api')
      return json({ cidrs: organization.apiRestriction });
    if (at === 'GET channels' && !id) return json({ channels: organization.channels });
    if (at === 'POST channels' && !id) return addChannel(organization, v.parse(channel, body()));
    if (at === 'PUT channels' && id)
      return problem(organization.channels.some((one) => one.id === id) ? 400 : 404);
    if (at === 'DELETE channels' && id) return removed(organization.channels, id);
    if (at === 'GET notification-groups') return json({ notificationGroups: organization.groups });
    if (at === 'POST notification-groups') return addGroup(organization, v.parse(group, body()));
    if (at === 'PUT notification-groups' && id) return putGroup(organization, id, v.parse(group, body()));
    if (at === 'DELETE notification-groups' && id) return removed(organization.groups, id);
    if (at === 'GET monitors' && !id) return json({ monitors: organization.monitors });
    if (at === 'POST monitors') return addMonitor(organization, v.parse(external, body()));
    if (at === 'PUT monitors' && id) return putMonitor(organization, id, v.parse(external, body()));
    if (at === 'DELETE monitors' && id) return removed(organization.monitors, id);
    if (at === 'GET services' && !id)
      return json({ services: organization.services.map((name) => ({ name, memo: '', roles: [] })) });
    if (at === 'POST services' && id && last === 'tsdb')
      return addMetrics(organization, id, v.parse(metrics, body()));
    if (at === 'POST graph-annotations') return annotate(organization, v.parse(annotation, body()));
  } catch (fault) {
    if (fault instanceof v.ValiError) return problem(400, fault.message);
    throw fault;
  }
  return undefined;
}

let made = 0;
const newId = (prefix: string) => {
  made += 1;
  return `${prefix}${String(made).padStart(11 - prefix.length, '0')}`;
};

function addChannel(
  { channels, groups }: Organization,
  { addToDefaultNotificationGroup = true, ...given }: v.InferOutput<typeof channel>,
): WireResponse {
  const id = newId('2ch');
  channels.push({ id, suspendedAt: null, ...given });
  // Every alert goes to the default group, so a new channel reports every alert unless that is declined.
  const standard = groups.find(({ type }) => type === 'group-default');
  if (addToDefaultNotificationGroup) standard?.childChannelIds.push(id);
  return json({ id, ...given });
}

function addGroup({ groups }: Organization, given: v.InferOutput<typeof group>): WireResponse {
  const added = { id: newId('2gr'), ...given };
  groups.push(added);
  return json(added);
}

function putGroup({ groups }: Organization, id: string, given: v.InferOutput<typeof group>): WireResponse {
  const place = groups.findIndex((one) => one.id === id);
  const before = groups[place];
  if (!before) return problem(404);
  if (before.type === 'group-default' && given.name !== before.name) return problem(400);
  const after: Group = { id, ...(before.type && { type: before.type }), ...given };
  groups[place] = after;
  return json(after);
}

function addMonitor(organization: Organization, given: v.InferOutput<typeof external>): WireResponse {
  if (!organization.hasExternalMonitors)
    return problem(403, 'external monitoring is not available on your plan');
  const added = { id: newId('2mo'), ...given };
  organization.monitors.push(added);
  return json(added);
}

/** The whole monitor: what is left out is dropped, except its headers (mackerel.io/api-docs/entry/monitors#update). */
function putMonitor(
  { monitors }: Organization,
  id: string,
  given: v.InferOutput<typeof external>,
): WireResponse {
  const place = monitors.findIndex((one) => one.id === id);
  const before = monitors[place];
  if (!before) return problem(404);
  const after = { id, ...(before.headers ? { headers: before.headers } : {}), ...given };
  monitors[place] = after;
  return json(after);
}

function addMetrics(
  { services, metrics: kept }: Organization,
  service: string,
  given: v.InferOutput<typeof metrics>,
): WireResponse {
  if (!services.includes(service)) return problem(404);
  kept.push(...given.map((metric) => ({ ...metric, service })));
  return json({ success: true });
}

function annotate(
  { services, annotations }: Organization,
  given: v.InferOutput<typeof annotation>,
): WireResponse {
  if (!services.includes(given.service)) return problem(404);
  if (given.from > given.to) return problem(400);
  annotations.push(given);
  return json({ id: newId('2an'), ...given });
}

function removed<T extends { readonly id: string; readonly type?: string }>(
  from: T[],
  id: string,
): WireResponse {
  const place = from.findIndex((one) => one.id === id);
  if (place === -1) return problem(404);
  if (from[place]?.type === 'group-default') return problem(400);
  return json(from.splice(place, 1)[0] as object);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function json(body: object, status = 200): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

const problem = (status: number, message = 'invalid') => json({ error: { message } }, status);
