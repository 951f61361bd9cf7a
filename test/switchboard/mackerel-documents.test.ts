/** The stand-in for Mackerel sends and answers what Mackerel's documents have, field by field. */

import {
  type MackerelAlert,
  type MackerelAlertSpec,
  type MonitorType,
  openAlert,
} from '../../switchboard/mackerel/alert';
import { type Alerts, answerApi } from '../../switchboard/mackerel/api';
import { webhookPayload } from '../../switchboard/mackerel/webhook-payload';
import { EVENING } from '../support/event';
import * as documented from './mackerel-documents';

type Fields = { readonly always: readonly string[]; readonly sometimes: readonly string[] };
type Json = Readonly<Record<string, unknown>>;

/** As it goes over the wire: what is undefined is not there. */
const sent = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;
const missing = (json: unknown, { always }: Fields) => always.filter((name) => !(name in (json as Json)));
const unheardOf = (json: unknown, { always, sometimes }: Fields) =>
  Object.keys(json as Json).filter((name) => ![...always, ...sometimes].includes(name));

function expectFields(json: unknown, fields: Fields): void {
  expect({ missing: missing(json, fields), unheardOf: unheardOf(json, fields) }).toEqual({
    missing: [],
    unheardOf: [],
  });
}

const TYPES = Object.keys(documented.EVENTS) as MonitorType[];
const SPECS: readonly (readonly [string, MackerelAlertSpec])[] = [
  ...TYPES.map((type) => [type, { type }] as const),
  [
    'external, by response time',
    {
      type: 'external',
      service: 'shop',
      value: 12_000,
      responseTimeCritical: 10_000,
      responseTimeWarning: 5_000,
      operator: '>',
    },
  ],
  ['check, in words', { type: 'check', message: 'DISK CRITICAL', monitorMemo: 'see the wiki' }],
];

describe.each(SPECS)('a webhook of type %s', (_, spec) => {
  const alert = openAlert(1, spec, EVENING);
  const closed: MackerelAlert = { ...alert, status: 'OK', trigger: 'manual close', closedAt: EVENING + 60 };

  test.each([
    ['opened', alert],
    ['closed', closed],
  ])('%s', (_when, one) => {
    const event = sent(webhookPayload(one));
    expectFields(event, documented.EVENTS[one.type]);
    expectFields(event.alert, documented.ALERTS[one.type]);
    const { host, service, series, user } = event as Record<string, Json | null | undefined>;
    if (host) {
      expectFields(host, documented.HOST);
      for (const role of host.roles as Json[]) expectFields(role, documented.ROLE);
    }
    if (service) expectFields(service, documented.SERVICE);
    if (series) expectFields(series, documented.SERIES);
    if (user) expectFields(user, documented.USER);
    const { status, trigger, monitorOperator = '>', closedAt } = event.alert as Record<string, unknown>;
    expect(documented.WORDS.status).toContain(status);
    expect(documented.WORDS.trigger).toContain(trigger);
    expect(documented.WORDS.operator).toContain(monitorOperator);
    expect(closedAt).toBe(one.closedAt ?? null);
    expect(user === null).toBe(one.closedAt === undefined);
  });
});

describe.each(SPECS)('the API, of type %s', (_, spec) => {
  const alert = openAlert(1, { host: { name: 'db01', displayName: '決済DB' }, ...spec }, EVENING);
  const alerts: Alerts = {
    newestFirst: () => [alert],
    find: () => alert,
    close: () => alert,
    writeMemo: () => {},
  };
  const get = (path: string) => {
    const url = new URL(`https://api.mackerelio.com/api/v0${path}`);
    const request = { method: 'GET', url, headers: { 'x-api-key': 'k' }, body: '' };
    const { status, body } = answerApi(request, alerts, [{ key: 'k', write: false }], { memo: true });
    return { status, body: JSON.parse(body) as Json };
  };

  test('an alert', () => {
    expectFields(get(`/alerts/${alert.id}`).body, documented.API_ALERTS[alert.type]);
  });

  test('its monitor', () => {
    const [monitor, check] = [
      get(`/monitors/${alert.monitorId}`),
      get(`/monitoring/checks/${alert.monitorId}`),
    ];
    expect([monitor.status, check.status]).toEqual(alert.type === 'check' ? [404, 200] : [200, 404]);
    if (alert.type === 'check') expectFields(check.body, documented.API_CHECK);
    else expectFields(monitor.body.monitor, documented.MONITORS[alert.type]);
  });

  test('its host', () => {
    if (alert.hostId) expectFields(get(`/hosts/${alert.hostId}`).body.host, documented.API_HOST);
  });
});

test('the comparison can fail', () => {
  const fields = { always: ['id', 'user'], sometimes: ['memo'] };
  expect(missing({ id: 1, memo: '' }, fields)).toEqual(['user']);
  expect(unheardOf({ id: 1, memo: '', extra: 1 }, fields)).toEqual(['extra']);
});
