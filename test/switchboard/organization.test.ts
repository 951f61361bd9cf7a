/** mackerel.io/api-docs/entry/{organizations,channels,notification-groups,monitors,service-metrics,graph-annotations} */
import { type ApiKey, answerApi } from '../../switchboard/mackerel/api';
import { type Organization, organizationInOrder } from '../../switchboard/mackerel/organization';

const KEYS: ApiKey[] = [
  { key: 'both', write: true },
  { key: 'read', write: false },
];
const noAlerts = {
  newestFirst: () => [],
  find: () => undefined,
  close: () => {
    throw new Error('no alerts');
  },
  writeMemo: () => {},
};

let organization: Organization;
beforeEach(() => {
  organization = organizationInOrder();
});

function ask(method: string, path: string, body?: object, key = 'both') {
  const request = {
    method,
    url: new URL(`https://api.mackerelio.com/api/v0/${path}`),
    headers: { 'x-api-key': key },
    body: body === undefined ? '' : JSON.stringify(body),
  };
  const answer = answerApi(request, noAlerts, KEYS, { memo: false }, organization);
  return { status: answer.status, body: JSON.parse(answer.body) };
}

const webhook = { type: 'webhook', name: 'kaden', url: 'https://example.com/hook', events: ['alert'] };
const defaultGroup = () => ask('GET', 'notification-groups').body.notificationGroups[0];

test('a new channel joins the default group, and so tells of every alert, unless that is declined', () => {
  const { body: joined } = ask('POST', 'channels', webhook);
  const { body: alone } = ask('POST', 'channels', { ...webhook, addToDefaultNotificationGroup: false });
  expect(ask('GET', 'channels').body.channels).toHaveLength(3);
  expect(defaultGroup().childChannelIds).toContain(joined.id);
  expect(defaultGroup().childChannelIds).not.toContain(alone.id);
  expect(alone).not.toHaveProperty('addToDefaultNotificationGroup');
});

test('a Twilio channel cannot be made by the API', () => {
  expect(ask('POST', 'channels', { type: 'twilio', name: 'kaden' }).status).toBe(400);
});

test('a group is replaced as a whole; the default one keeps its name and cannot be removed', () => {
  const group = {
    name: 'on call',
    notificationLevel: 'all',
    childNotificationGroupIds: [],
    childChannelIds: [],
  };
  const { body } = ask('POST', 'notification-groups', group);
  const { id, type, ...standard } = defaultGroup();
  expect(
    ask('PUT', `notification-groups/${body.id}`, { ...group, notificationLevel: 'critical' }).body,
  ).toEqual({
    ...group,
    id: body.id,
    notificationLevel: 'critical',
  });
  expect(ask('PUT', `notification-groups/${id}`, { ...standard, name: 'other' }).status).toBe(400);
  expect(ask('DELETE', `notification-groups/${id}`).status).toBe(400);
  expect(ask('POST', 'notification-groups', { name: 'half' }).status).toBe(400);
});

test('an external monitor keeps its headers where a change leaves them out, and nothing else', () => {
  const clock = {
    type: 'external',
    name: 'clock',
    url: 'https://example.com/health',
    isMute: true,
    headers: [{ name: 'Authorization', value: 'Basic x' }],
  };
  const { body } = ask('POST', 'monitors', clock);
  const { headers, isMute, ...rest } = clock;
  expect(ask('PUT', `monitors/${body.id}`, rest).body).toEqual({ ...rest, id: body.id, headers });
});

test('the free plan has no external monitors', () => {
  organization.hasExternalMonitors = false;
  const monitor = { type: 'external', name: 'clock', url: 'https://example.com/health' };
  expect(ask('POST', 'monitors', monitor).status).toBe(403);
});

test('metrics and annotations want a service that is there', () => {
  const metric = [{ name: 'kaden.rings', time: 1, value: 2 }];
  expect(ask('POST', 'services/shop/tsdb', metric).body).toEqual({ success: true });
  expect(ask('POST', 'services/other/tsdb', metric).status).toBe(404);
  expect(ask('POST', 'graph-annotations', { title: 'page', from: 1, to: 2, service: 'shop' }).status).toBe(
    200,
  );
  expect(ask('POST', 'graph-annotations', { title: 'page', from: 2, to: 1, service: 'shop' }).status).toBe(
    400,
  );
});

test('a key that reads changes nothing', () => {
  expect(ask('POST', 'channels', webhook, 'read').status).toBe(403);
  expect(ask('GET', 'settings/ip-restriction/api', undefined, 'read').body).toEqual({ cidrs: [] });
});
