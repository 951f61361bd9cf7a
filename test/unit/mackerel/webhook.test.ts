/** In Mackerel's words: mackerel.io/docs/entry/howto/alerts/webhook, …/advanced/fluent-plugin-webhook-mackerel */
import type { AlertDetails } from '../../../src/escalation/alert';
import { type Posted, readPosted } from '../../../src/mackerel/webhook';
import { type MackerelAlertSpec, openAlert } from '../../../switchboard/mackerel/alert';
import { samplePayload, webhookPayload } from '../../../switchboard/mackerel/webhook-payload';
import { EVENING } from '../../support/on-duty';

/** The sample of Mackerel's page as it stands there, with all dots but the id's: those are no part of any. */
const documented = {
  orgName: 'Macker...',
  event: 'alert',
  imageUrl: 'https://mackerel.io/embed/public/.../....png',
  memo: 'memo....',
  type: 'host',
  message: 'MetricName 2.26 > 1.96',
  host: {
    id: '22D4...',
    name: 'app01',
    url: 'https://mackerel.io/orgs/.../hosts/...',
    type: 'unknown',
    status: 'working',
    memo: '',
    isRetired: false,
    roles: [
      {
        fullname: 'Service: Role',
        serviceName: 'Service',
        serviceUrl: 'https://mackerel.io/orgs/.../services/...',
        roleName: 'Role',
        roleUrl: 'https://mackerel.io/orgs/.../services/...',
      },
    ],
  },
  alert: {
    openedAt: 1473129912,
    closedAt: 1473130092,
    createdAt: 1473129912693,
    statusChangedAt: 1473130092,
    criticalThreshold: 1.9588528112516932,
    duration: 5,
    isOpen: true,
    metricLabel: 'MetricName',
    metricValue: 2.255356387321597,
    monitorName: 'MonitorName',
    monitorOperator: '>',
    status: 'critical',
    trigger: 'monitor',
    id: '2bj',
    url: 'https://mackerel.io/orgs/.../alerts/2bj...',
    warningThreshold: 1.4665636369580741,
  },
};

const read = (body: object): Posted => readPosted(body, EVENING);

/** The facts of an alert that is open. */
function factsIn(body: object): AlertDetails {
  const posted = read(body);
  if (posted.kind !== 'opened') throw new Error(`Not opened, but ${JSON.stringify(posted)}`);
  return JSON.parse(JSON.stringify(posted.alert));
}

/** The sample with changes of its alert. */
const withAlert = (changes: object, others: object = {}) => ({
  ...documented,
  ...others,
  alert: { ...documented.alert, ...changes },
});

describe('the sample of the documentation', () => {
  test('is understood', () => {
    expect(factsIn(documented)).toEqual({
      id: '2bj',
      heardAt: EVENING,
      status: 'critical',
      monitor: 'MonitorName',
      notes: 'memo....',
      target: 'app01',
      roles: ['Service: Role'],
      metric: 'MetricName',
      value: 2.255356387321597,
      threshold: 1.9588528112516932,
      operator: '>',
      openedAt: 1473129912,
      url: 'https://mackerel.io/orgs/.../alerts/2bj...',
      imageUrl: 'https://mackerel.io/embed/public/.../....png',
    });
  });

  test.each(['warning', 'unknown', 'critical'])('is open while its status is %s', (status) => {
    expect(factsIn(withAlert({ status })).status).toBe(status);
  });

  test('as a warning has crossed the threshold of warnings', () => {
    expect(factsIn(withAlert({ status: 'warning' })).threshold).toBe(1.4665636369580741);
  });

  test.each([
    [
      'critical, where there is one for warnings only',
      'critical',
      { criticalThreshold: null },
      1.4665636369580741,
    ],
    [
      'warning, where there is one for critical only',
      'warning',
      { warningThreshold: null },
      1.9588528112516932,
    ],
    ['a threshold of 0', 'critical', { criticalThreshold: 0 }, 0],
    ['no threshold', 'critical', { criticalThreshold: null, warningThreshold: null }, undefined],
  ])('%s', (_, status, thresholds, threshold) => {
    expect(factsIn(withAlert({ status, ...thresholds })).threshold).toBe(threshold);
  });

  test.each([
    ['its status is ok', { status: 'ok', isOpen: false }],
    ['it is open no more, whatever its status', { isOpen: false }],
    ['its status is ok, whatever else', { status: 'ok' }],
    ['in capitals, as the API writes it', { status: 'OK', isOpen: false }],
  ])('is closed where %s', (_, changes) => {
    expect(read(withAlert(changes))).toEqual({ kind: 'closed', id: '2bj' });
  });

  test.each([
    ...['monitor', 'manual close', 'delete monitor', 'retire host', 'delete service'],
    // Its table had these until 2026-01.
    ...['monitoring', 'manual', 'monitorDelete', 'hostRetire'],
  ])('is closed whatever triggered that: %s', (trigger) => {
    const closed = withAlert({ trigger, status: 'ok', isOpen: false });
    expect(read(closed)).toEqual({ kind: 'closed', id: '2bj' });
  });
});

describe('by type of monitor', () => {
  const named = { monitorName: 'a monitor' };
  const about = (spec: MackerelAlertSpec) => openAlert(1, { ...named, ...spec }, EVENING - 60);
  const id = about({}).id;
  const known = {
    id,
    heardAt: EVENING,
    status: 'critical',
    monitor: 'a monitor',
    openedAt: EVENING - 60,
    url: `https://mackerel.io/orgs/switchboard/alerts/${id}`,
  };
  const measured = {
    metric: 'loadavg5',
    value: 2.26,
    threshold: 1.96,
    operator: '>',
    imageUrl: `https://mackerel.io/embed/public/graphs/${id}.png`,
  };

  const { metric: _, ...computed } = measured;
  const onHost = { target: 'app01', roles: ['shop: app'] };

  test.each<[string, MackerelAlertSpec, object]>([
    ['connectivity', { type: 'connectivity' }, { ...onHost, message: 'unreachable' }],
    ['host metric', { type: 'host' }, { ...measured, target: 'app01', roles: ['shop: app'] }],
    [
      'host metric of a host without a role',
      { type: 'host', host: { name: 'db01' } },
      { ...measured, target: 'db01', roles: [] },
    ],
    ['service metric', { type: 'service' }, { ...measured, target: 'shop' }],
    ['external, by URL only', { type: 'external' }, {}],
    [
      'external, by response time',
      {
        type: 'external',
        value: 12_000,
        responseTimeCritical: 10_000,
        responseTimeWarning: 5_000,
        operator: '>',
      },
      {
        ...measured,
        metric: 'response time (ms)',
        value: 12_000,
        threshold: 10_000,
        message: 'response time 12000 > 10000',
      },
    ],
    [
      'external, a wrong answer in good time',
      {
        type: 'external',
        value: 120,
        responseTimeCritical: 10_000,
        message: '503 Service Unavailable',
      },
      { message: '503 Service Unavailable', imageUrl: measured.imageUrl },
    ],
    [
      'external, a wrong answer that is slow for a warning only',
      {
        type: 'external',
        value: 6_000,
        responseTimeCritical: 10_000,
        responseTimeWarning: 5_000,
        message: '503 Service Unavailable',
      },
      { message: '503 Service Unavailable', imageUrl: measured.imageUrl },
    ],
    [
      'check, which says its own name first',
      { type: 'check', message: 'DISK CRITICAL - free space: / 42 MB' },
      { ...onHost, message: 'DISK CRITICAL - free space: / 42 MB' },
    ],
    [
      'expression: its label is a formula',
      { type: 'expression', metric: 'scale(host(3yAbCdEfGhJ, custom.heap_bytes), 100)' },
      { ...computed, formula: 'scale(host(3yAbCdEfGhJ, custom.heap_bytes), 100)' },
    ],
    ['anomaly detection', { type: 'anomalyDetection' }, { ...onHost, message: 'cpu.iowait.percentage' }],
    ['query', { type: 'query', metric: 'httpcheck.status' }, { ...computed, formula: 'httpcheck.status' }],
    [
      'with what people noted at the monitor',
      { type: 'external', monitorMemo: 'https://example.com/runbook' },
      { notes: 'https://example.com/runbook' },
    ],
  ])('%s', (_, spec, facts) => {
    expect(factsIn(webhookPayload(about(spec)))).toEqual({ ...known, ...facts });
  });

  test('what is measured falls short of a threshold', () => {
    const spec = {
      type: 'host',
      operator: '<',
      value: 0.1,
      critical: 0.5,
      warning: 1,
      status: 'WARNING',
    } as const;
    expect(factsIn(webhookPayload(about(spec)))).toMatchObject({ operator: '<', value: 0.1, threshold: 1 });
  });

  test('a query’s series is found under either name', () => {
    const { host: _, ...others } = documented;
    const series = { name: 'httpcheck.status', labels: { 'http.method': 'GET', 'http.status_code': '200' } };
    const { metricLabel: __, ...alert } = documented.alert;
    for (const key of ['series', 'query']) {
      expect(factsIn({ ...others, alert, type: 'query', [key]: series })).toMatchObject({
        formula: 'httpcheck.status',
      });
    }
  });
});

test('a host goes by the name that people gave it, where that is told', () => {
  const host = { ...documented.host, displayName: '決済DB' };
  expect(factsIn({ ...documented, host }).target).toBe('決済DB');
});

test('a label without a type is a metric’s name only of a host or a service', () => {
  const { type: _, host, ...bare } = documented;
  expect(factsIn({ ...bare, host })).toMatchObject({ metric: 'MetricName' });
  expect(factsIn(bare)).toMatchObject({ formula: 'MetricName' });
});

test('what may be a secret is in no fact', () => {
  const body = withAlert(
    { monitorName: 'db password=hunter2' },
    { type: 'check', message: 'postgres://user:hunter2@db1/shop is down', memo: 'api_key: hunter2' },
  );
  expect(factsIn(body)).toMatchObject({
    monitor: 'db password=•••',
    message: 'postgres://•••@db1/shop is down',
    notes: 'api_key: •••',
  });
});

describe('what is no alert', () => {
  test('the test button', () => {
    expect(read(samplePayload)).toEqual({ kind: 'sample' });
    expect(read({ event: 'sample', message: 'Sample Notification from Mackerel' })).toEqual({
      kind: 'sample',
    });
  });

  test('a group without its alerts’ status', () => {
    expect(read({ event: 'alertGroup' })).toEqual({ kind: 'not-understood', event: 'alertGroup' });
  });

  test.each(['hostStatus', 'hostRegister', 'hostRetire', 'monitor'])('the event %s', (event) => {
    expect(read({ orgName: 'Macker...', event })).toEqual({ kind: 'other', event });
  });

  test.each(['', '+815000000042', 'disk of db1 is full', 'x'.repeat(65)])(
    'an event whose name may be anything is not repeated: %s',
    (event) => {
      expect(read({ event })).toEqual({ kind: 'not-understood', event: 'another' });
    },
  );
});

describe('only which alert it is, and whether it is open, has to be there', () => {
  const bare = { event: 'alert', alert: { id: '2bj1', status: 'critical', isOpen: true } };

  test('nothing else is', () => {
    expect(factsIn(bare)).toEqual({ id: '2bj1', heardAt: EVENING, status: 'critical' });
  });

  test('everything else is null', () => {
    const nothing = (object: object) => Object.fromEntries(Object.keys(object).map((key) => [key, null]));
    const body = {
      ...nothing({ ...documented, service: 0, series: 0, query: 0 }),
      event: 'alert',
      alert: { ...nothing(documented.alert), ...bare.alert },
    };
    expect(factsIn(body)).toEqual({ id: '2bj1', heardAt: EVENING, status: 'critical' });
    const host = { ...nothing(documented.host), roles: [nothing(documented.host.roles[0] ?? {})] };
    expect(factsIn({ ...body, host })).toEqual({
      id: '2bj1',
      heardAt: EVENING,
      status: 'critical',
      roles: [],
    });
  });

  test('everything else is empty', () => {
    const empty = { monitorName: '', metricLabel: '', monitorOperator: '', url: '' };
    const body = {
      ...bare,
      message: '',
      imageUrl: '',
      host: { name: '' },
      alert: { ...bare.alert, ...empty },
    };
    expect(factsIn(body)).toEqual({ id: '2bj1', heardAt: EVENING, status: 'critical' });
  });

  test('there is more than anybody knew', () => {
    const more = { isMuted: true, runbook: { url: 'https://example.com' } };
    const body = withAlert(more, { ...more, host: { ...documented.host, ...more } });
    expect(factsIn(body)).toEqual(factsIn(documented));
  });

  test.each<[string, object]>([
    ['a value in words', withAlert({ metricValue: '2.26' })],
    ['a time in words', withAlert({ openedAt: '2016-09-06' })],
    ['a time in milliseconds', withAlert({ openedAt: 1473129912693 })],
    ['a time that no calendar has', withAlert({ openedAt: 1e300 })],
    ['a threshold in words', withAlert({ criticalThreshold: 'high', warningThreshold: {} })],
    ['a monitor without words', withAlert({ monitorName: 1 })],
    ['an operator of another kind', withAlert({ monitorOperator: '!=' })],
    ['a host that is text', { ...documented, host: 'app01' }],
    ['roles that are no list', { ...documented, host: { roles: {} } }],
    ['a role that is text', { ...documented, host: { roles: ['Service: Role'] } }],
    ['a message that is an object', { ...documented, message: {} }],
    ['a query in words', { ...documented, query: 'sum(x)' }],
    ['a service and a series of other kinds', { ...documented, service: 1, series: [true] }],
    ['a type and an image of other kinds', { ...documented, type: {}, imageUrl: 7 }],
  ])('what has another shape is none: %s', (_, body) => {
    const { openedAt, ...facts } = factsIn(body);
    expect(facts).toMatchObject({ id: '2bj', status: 'critical' });
    expect(openedAt ?? 1473129912).toBe(1473129912);
    for (const fact of Object.values(facts).flat()) expect(['string', 'number']).toContain(typeof fact);
  });

  test('a status that nobody knew is none', () => {
    expect(factsIn({ ...bare, alert: { ...bare.alert, status: 'emergency' } })).toEqual({
      id: '2bj1',
      heardAt: EVENING,
    });
  });
});

describe('refused, the field named', () => {
  const alert = documented.alert;
  const without = (key: string) => Object.fromEntries(Object.entries(alert).filter(([name]) => name !== key));

  test.each<[string, object, string, string]>([
    ['nothing', {}, 'event', 'is missing or not a text'],
    ['a list', [], 'event', 'is missing or not a text'],
    ['no event', { alert }, 'event', 'is missing or not a text'],
    ['an event that is no text', { event: 1, alert }, 'event', 'is missing or not a text'],
    ['no alert', { event: 'alert' }, 'alert', 'is missing'],
    ['an alert of null', { event: 'alert', alert: null }, 'alert', 'is not of the type object'],
    ['an alert that is text', { event: 'alert', alert: '2bj...' }, 'alert', 'is not of the type object'],
    ['no id', { ...documented, alert: without('id') }, 'alert.id', 'is missing'],
    ['an id that is a number', withAlert({ id: 2 }), 'alert.id', 'is not an id'],
    ['no status', { ...documented, alert: without('status') }, 'alert.status', 'is missing'],
    ['a status of null', withAlert({ status: null }), 'alert.status', 'is not of the type string'],
    ['not whether it is open', { ...documented, alert: without('isOpen') }, 'alert.isOpen', 'is missing'],
    ['open in words', withAlert({ isOpen: 'true' }), 'alert.isOpen', 'is not of the type boolean'],
    ...[
      ['an empty id', ''],
      ['an id with a blank', '2bj 1'],
      ['half a character for an id', '\ud800'],
      ['an id of 65 characters', 'x'.repeat(65)],
      ['an id of 300 KB', 'x'.repeat(300_000)],
      ['a path for an id', '../monitors'],
    ].map(([what = '', id]): [string, object, string, string] => [
      what,
      withAlert({ id }),
      'alert.id',
      'is not an id',
    ]),
  ])('%s', (_, body, field, problem) => {
    expect(read(body)).toEqual({ kind: 'refused', field, problem });
  });

  test('what was sent is not repeated', () => {
    for (const sent of [815000000042, ['+815000000042'], { phone: '+815000000042' }]) {
      expect(JSON.stringify(read(withAlert({ id: sent })))).not.toContain('0042');
    }
    expect(JSON.stringify(read(withAlert({ isOpen: '+815000000042' })))).not.toContain('0042');
  });
});

describe('a link is https, and of a length that can be kept', () => {
  const long = `https://mackerel.io/${'x'.repeat(381)}`;

  test.each<[string, unknown, string | undefined]>([
    ['https', 'https://mackerel.io/orgs/x/alerts/2bj', 'https://mackerel.io/orgs/x/alerts/2bj'],
    ['as long as can be', long.slice(0, 400), long.slice(0, 400)],
    ['longer', long, undefined],
    ['a script', 'javascript:alert(1)', undefined],
    ['data', 'data:text/html,x', undefined],
    ['http', 'http://mackerel.io/', undefined],
    ['a file', 'file:///etc/passwd', undefined],
    ['a path', '/orgs/x/alerts/2bj', undefined],
    ['words', 'see Slack', undefined],
    ['nothing', '', undefined],
    ['null', null, undefined],
  ])('%s', (_, link, kept) => {
    const { url, imageUrl } = factsIn(withAlert({ url: link }, { imageUrl: link }));
    expect({ url, imageUrl }).toEqual({ url: kept, imageUrl: kept });
  });
});

test('texts of any length are cut, at whole characters', () => {
  const facts = factsIn({
    ...withAlert({
      monitorName: '監'.repeat(1000),
      metricLabel: `${'m'.repeat(119)}🔥${'m'.repeat(99)}`,
      metricValue: null,
    }),
    message: '長'.repeat(9_000),
    host: {
      name: 'h'.repeat(121),
      roles: Array.from({ length: 30 }, (_, nth) => ({ fullname: `${nth}: ${'r'.repeat(500)}` })),
    },
  });
  expect(facts).toMatchObject({
    monitor: `${'監'.repeat(120)}…`,
    target: `${'h'.repeat(120)}…`,
    message: `${'長'.repeat(1_200)}…`,
  });
  expect(facts.metric).toBe(`${'m'.repeat(119)}…`);
  expect(facts.roles).toHaveLength(6);
  expect(facts.roles?.every((role) => role.length <= 121)).toBe(true);
  expect(JSON.stringify(facts).length).toBeLessThan(4_000);
});
