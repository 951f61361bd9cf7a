/** mackerel.io/docs/entry/howto/alerts/{twilio,webhook}, mackerel.io/api-docs/entry/alerts. */
import { type Clock, installClock } from '../../switchboard/clock';
import { createMackerel, type Mackerel, type MackerelOptions } from '../../switchboard/mackerel';
import { installNetwork, type Network } from '../../switchboard/network';
import type { Neighbour, WireRequest } from '../../switchboard/wire';
import { inTime } from './in-time';

const nobody: Neighbour = { name: 'nobody', handle: async () => ({ status: 500, headers: {}, body: '' }) };
const startAt = new Date('2026-11-22T09:00:00Z');
const startSeconds = startAt.getTime() / 1000;
const twilioChannel = {
  from: '+815000000001',
  to: '+815000000002',
  twimlUrl: 'https://kaden-1234-dev.twil.io/dial-list',
};

let clock: Clock;
let network: Network | undefined;
let mackerel: Mackerel;
let calls: URLSearchParams[];
let posts: WireRequest[];

function open(options: Partial<MackerelOptions> = {}): void {
  calls = [];
  posts = [];
  mackerel = createMackerel({
    clock,
    placeCall: async (form) => void calls.push(form),
    apiKeys: [
      { key: 'both', write: true },
      { key: 'read', write: false },
    ],
    ...options,
  });
  network?.restore();
  network = installNetwork({ twilio: nobody, sync: nobody, slack: nobody, mackerel }, clock);
}

const webhook = (url = 'https://user:p%40ss@kaden-1234-dev.twil.io/mackerel-webhook', status = 200) => ({
  url,
  deliver: async (request: WireRequest) => {
    posts.push(request);
    return { status, headers: {}, body: '' };
  },
});
const payloads = () => posts.map(({ body }) => JSON.parse(body));

beforeEach(() => {
  clock = installClock({ startAt });
});
afterEach(() => {
  network?.restore();
  clock.uninstall();
});

describe('the Twilio channel', () => {
  test('calls by GET, with the alert in the query', () => {
    open({
      twilioChannel: { ...twilioChannel, statusCallback: 'https://kaden-1234-dev.twil.io/call-ended' },
    });
    const id = mackerel.raise();
    expect(id).toMatch(/^2bj[0-9A-Za-z]{8}$/);
    expect(calls.map((form) => Object.fromEntries(form))).toEqual([
      {
        From: '+815000000001',
        To: '+815000000002',
        Url: `https://kaden-1234-dev.twil.io/dial-list?alertId=${id}`,
        Method: 'GET',
        StatusCallback: 'https://kaden-1234-dev.twil.io/call-ended',
      },
    ]);
  });

  test('leaves a URL alone that has a query', () => {
    open({ twilioChannel: { ...twilioChannel, twimlUrl: 'https://example.com/x?list=db' } });
    mackerel.raise();
    expect(calls[0]?.get('Url')).toBe('https://example.com/x?list=db');
  });

  test('calls again when the status changes, not when it stays, never on ok', () => {
    open({ twilioChannel });
    const id = mackerel.raise({ status: 'WARNING' });
    mackerel.change(id, 'WARNING');
    expect(calls).toHaveLength(1);
    mackerel.change(id, 'CRITICAL');
    expect(calls).toHaveLength(2);
    mackerel.close(id);
    expect(calls).toHaveLength(2);
  });

  test('calls again at the re-send interval as long as the alert is open', async () => {
    open({ twilioChannel: { ...twilioChannel, resendEverySeconds: 600 } });
    const id = mackerel.raise();
    await clock.run(599);
    expect(calls).toHaveLength(1);
    await clock.run(1);
    expect(calls).toHaveLength(2);
    await clock.run(300);
    mackerel.change(id, 'UNKNOWN');
    await clock.run(599);
    expect(calls).toHaveLength(3);
    await clock.run(1);
    expect(calls).toHaveLength(4);
    mackerel.close(id);
    await clock.run(3600);
    expect(calls).toHaveLength(4);
    expect(mackerel.calls.map(({ at }) => at / 1000 - startSeconds)).toEqual([0, 600, 900, 1500]);
  });

  test('re-sent by hand, the interval begins anew, and a closed alert is not re-sent', async () => {
    open({ twilioChannel: { ...twilioChannel, resendEverySeconds: 600 } });
    const id = mackerel.raise();
    await clock.run(500);
    mackerel.resend(id);
    await clock.run(500);
    expect(calls).toHaveLength(2);
    await clock.run(101);
    expect(calls).toHaveLength(3);
    mackerel.close(id);
    expect(() => mackerel.resend(id)).toThrow('closed');
  });

  test('refuses an interval that Mackerel refuses', () => {
    expect(() => open({ twilioChannel: { ...twilioChannel, resendEverySeconds: 599 } })).toThrow('600');
  });

  test.each([
    ['CRITICAL' as const, 1],
    ['UNKNOWN' as const, 1],
    ['WARNING' as const, 0],
  ])('at level critical, %s makes %i call', (status, expected) => {
    open({ twilioChannel: { ...twilioChannel, level: 'critical' } });
    mackerel.raise({ status });
    expect(calls).toHaveLength(expected);
  });

  test('a call that Twilio does not take is noted', async () => {
    const placeCall = async () => {
      throw new Error('429');
    };
    open({ twilioChannel, placeCall });
    mackerel.raise();
    await clock.drain();
    expect(mackerel.calls).toMatchObject([{ failed: 'Error: 429' }]);
  });
});

describe('the webhook channel', () => {
  test('tells of the whole life of an alert', async () => {
    open({ webhook: webhook() });
    const id = mackerel.raise({ monitorName: 'loadavg', status: 'WARNING' });
    await clock.run(60);
    mackerel.change(id, 'CRITICAL');
    await clock.run(60);
    mackerel.close(id, 'rebooted');
    await clock.drain();

    const [request] = posts;
    expect(request?.method).toBe('POST');
    expect(request?.url.href).toBe('https://kaden-1234-dev.twil.io/mackerel-webhook');
    expect(request?.headers).toEqual({
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    });
    expect(payloads()[0]).toEqual({
      orgName: 'switchboard',
      event: 'alert',
      type: 'host',
      message: 'loadavg5 2.26 > 1.47',
      memo: '',
      imageUrl: expect.stringMatching(/^https:/),
      user: null,
      host: {
        id: expect.stringMatching(/^22D/),
        name: 'app01',
        url: expect.stringMatching(/^https:\/\/mackerel\.io\/orgs\/.*\/hosts\//),
        type: 'unknown',
        status: 'working',
        memo: '',
        isRetired: false,
        roles: [
          {
            fullname: 'shop: app',
            serviceName: 'shop',
            serviceUrl: 'https://mackerel.io/orgs/switchboard/services/shop',
            roleName: 'app',
            roleUrl: 'https://mackerel.io/orgs/switchboard/services/shop#role=app',
          },
        ],
      },
      alert: {
        id,
        url: `https://mackerel.io/orgs/switchboard/alerts/${id}`,
        status: 'warning',
        isOpen: true,
        trigger: 'monitor',
        openedAt: startSeconds,
        closedAt: null,
        statusChangedAt: startSeconds,
        createdAt: startSeconds * 1000,
        monitorName: 'loadavg',
        metricLabel: 'loadavg5',
        metricValue: 2.26,
        criticalThreshold: 1.96,
        warningThreshold: 1.47,
        monitorOperator: '>',
        duration: 5,
      },
    });
    expect(payloads()[1].alert).toMatchObject({ status: 'critical', statusChangedAt: startSeconds + 60 });
    expect(payloads()[2].user).toMatchObject({ id: expect.any(String), screenName: expect.any(String) });
    expect(payloads()[2].alert).toMatchObject({
      status: 'ok',
      isOpen: false,
      trigger: 'manual close',
      openedAt: startSeconds,
      closedAt: startSeconds + 120,
    });
    expect(mackerel.deliveries).toHaveLength(3);
    expect(mackerel.deliveries[0]).toEqual({ at: startAt.getTime(), url: request?.url.href, status: 200 });
  });

  test.each([
    ['connectivity' as const, { message: 'unreachable', imageUrl: null }, false],
    ['service' as const, { service: { name: 'shop', roles: [] } }, true],
    ['external' as const, { imageUrl: null }, false],
    ['check' as const, { message: 'check - ', imageUrl: null }, false],
    [
      'expression' as const,
      {
        message: 'expression 2.26 > 1.96',
        alert: { metricLabel: expect.stringMatching(/^scale\(host\(22D.*\), 1\)$/) },
      },
      true,
    ],
    ['anomalyDetection' as const, { message: 'anomalyDetection cpu.iowait.percentage' }, false],
    ['query' as const, { series: { name: 'loadavg5', labels: {} } }, true],
  ])('a %s alert', async (type, expected, hasValue) => {
    open({ webhook: webhook() });
    mackerel.raise({ type });
    await clock.drain();
    expect(payloads()[0]).toMatchObject({ type, ...expected });
    const isAboutHost = ['connectivity', 'check', 'anomalyDetection'].includes(type);
    expect('host' in payloads()[0]).toBe(isAboutHost);
    expect('metricValue' in payloads()[0].alert).toBe(hasValue);
    expect('criticalThreshold' in payloads()[0].alert).toBe(hasValue);
  });

  test('an external monitor of response times has a value', async () => {
    open({ webhook: webhook() });
    mackerel.raise({ type: 'external', value: 12000, critical: 10000, message: 'too slow' });
    await clock.drain();
    expect(payloads()[0]).toMatchObject({ message: 'too slow', alert: { metricValue: 12000, duration: 5 } });
  });

  test('the test button sends a sample', async () => {
    open({ webhook: webhook('https://example.com/hook') });
    mackerel.sendSample();
    await clock.drain();
    expect(payloads()).toEqual([{ event: 'sample', message: 'Sample Notification from Mackerel' }]);
    expect(posts[0]?.headers).toEqual({ 'content-type': 'application/json' });
  });

  test('a receiver that fails is noted', async () => {
    open({ webhook: webhook(undefined, 500) });
    mackerel.raise();
    await clock.drain();
    const broken = async () => {
      throw new Error('gone');
    };
    const before = mackerel.deliveries;
    open({ webhook: { url: 'https://example.com/hook', deliver: broken } });
    mackerel.raise();
    await clock.drain();
    expect([...before, ...mackerel.deliveries].map(({ status }) => status)).toEqual([500, 0]);
  });
});

describe('the API', () => {
  beforeEach(() => open());

  async function ask(path: string, { key = 'both', ...init }: RequestInit & { key?: string } = {}) {
    const headers = { 'X-Api-Key': key, 'Content-Type': 'application/json' };
    const response = await inTime(clock, fetch(`https://api.mackerelio.com${path}`, { headers, ...init }));
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const put = (path: string, body: unknown, key = 'both') =>
    ask(path, { method: 'PUT', body: JSON.stringify(body), key });
  const post = (path: string, body: unknown, key = 'both') =>
    ask(path, { method: 'POST', body: JSON.stringify(body), key });

  test('gives an alert, with what its type has', async () => {
    const id = mackerel.raise({ monitorName: 'loadavg', value: 3 });
    const { status, body } = await ask(`/api/v0/alerts/${id}`, { key: 'read' });
    expect([status, body]).toEqual([
      200,
      {
        id,
        status: 'CRITICAL',
        monitorId: expect.any(String),
        type: 'host',
        hostId: expect.any(String),
        value: 3,
        openedAt: startSeconds,
      },
    ]);
  });

  test.each([
    ['connectivity' as const, ['hostId']],
    ['host' as const, ['hostId', 'value']],
    ['service' as const, ['value']],
    ['external' as const, ['message']],
    ['check' as const, ['hostId', 'message']],
    ['expression' as const, []],
    ['anomalyDetection' as const, ['hostId']],
    ['query' as const, ['series', 'value']],
  ])('a %s alert has %j beside what all have', async (type, extra) => {
    const { body } = await ask(`/api/v0/alerts/${mackerel.raise({ type })}`);
    const common = ['id', 'status', 'monitorId', 'type', 'openedAt'];
    expect(Object.keys(body).sort()).toEqual([...common, ...extra].sort());
  });

  test('gives the names of the monitor and the host', async () => {
    const spec = { monitorName: 'loadavg', host: { name: 'db01', roles: ['shop:db', 'shop:batch'] } };
    const { body } = await ask(`/api/v0/alerts/${mackerel.raise(spec)}`);
    const monitor = await ask(`/api/v0/monitors/${body.monitorId}`);
    expect(monitor.body).toMatchObject({ monitor: { id: body.monitorId, type: 'host', name: 'loadavg' } });
    const host = await ask(`/api/v0/hosts/${body.hostId}`);
    expect(host.body).toMatchObject({
      host: { name: 'db01', status: 'working', roles: { shop: ['db', 'batch'] } },
    });
  });

  test('has checks where checks are, and hosts with the name that people gave them', async () => {
    const host = { name: 'ip-10-0-1-23', displayName: '決済DB' };
    const id = mackerel.raise({ type: 'check', monitorName: 'disk', monitorMemo: 'see the wiki', host });
    const { body } = await ask(`/api/v0/alerts/${id}`);
    const { monitorId, hostId } = body;
    expect((await ask(`/api/v0/monitors/${monitorId}`)).status).toBe(404);
    const check = await ask(`/api/v0/monitoring/checks/${monitorId}`);
    expect(check.body).toEqual({ id: monitorId, name: 'disk', memo: 'see the wiki' });
    expect((await ask(`/api/v0/hosts/${hostId}`)).body).toMatchObject({ host });
    expect((await ask('/api/v0/monitoring/checks/2cSnone')).status).toBe(404);
  });

  test.each([
    ['expression' as const, 'expression'],
    ['query' as const, 'query'],
    ['host' as const, 'metric'],
  ])('a monitor of type %s has what it measures as %s', async (type, key) => {
    const { body } = await ask(`/api/v0/alerts/${mackerel.raise({ type })}`);
    const { monitor } = (await ask(`/api/v0/monitors/${body.monitorId}`)).body as { monitor: object };
    expect(['expression', 'query', 'metric'].filter((name) => name in monitor)).toEqual([key]);
  });

  test('closes an alert, and tells of it', async () => {
    open({ webhook: webhook() });
    const id = mackerel.raise();
    const { status, body } = await post(`/api/v0/alerts/${id}/close`, { reason: 'done' });
    expect([status, body]).toMatchObject([
      200,
      { id, status: 'OK', reason: 'done', closedAt: expect.any(Number) },
    ]);
    expect(mackerel.alert(id)).toMatchObject({ status: 'OK', reason: 'done' });
    expect(payloads().at(-1).alert).toMatchObject({ status: 'ok', trigger: 'manual close' });
  });

  test('writes a memo over the old one', async () => {
    const id = mackerel.raise();
    await put(`/api/v0/alerts/${id}`, { memo: 'A was called' });
    expect((await put(`/api/v0/alerts/${id}`, { memo: 'A took it' })).body).toEqual({
      id,
      memo: 'A took it',
    });
    expect(mackerel.alert(id)?.memo).toBe('A took it');
  });

  test('lists the open ones, newest first, page by page', async () => {
    const [a, b, c] = [mackerel.raise(), mackerel.raise(), mackerel.raise()];
    mackerel.close(b);
    const ids = ({ body }: { body: Record<string, unknown> }) =>
      (body.alerts as { id: string }[]).map(({ id }) => id);
    expect(ids(await ask('/api/v0/alerts'))).toEqual([c, a]);
    expect(ids(await ask('/api/v0/alerts?withClosed=true'))).toEqual([c, b, a]);
    const first = await ask('/api/v0/alerts?withClosed=true&limit=2');
    expect(ids(first)).toEqual([c, b]);
    expect(first.body.nextId).toBe(b);
    const rest = await ask(`/api/v0/alerts?withClosed=true&limit=2&nextId=${first.body.nextId}`);
    expect([ids(rest), rest.body.nextId]).toEqual([[a], undefined]);
  });

  test.each<[string, (id: string) => Promise<{ status: number }>, number]>([
    ['an unknown key', (id) => ask(`/api/v0/alerts/${id}`, { key: 'x' }), 403],
    [
      'writing with a key that may only read',
      (id) => put(`/api/v0/alerts/${id}`, { memo: 'x' }, 'read'),
      403,
    ],
    [
      'closing with a key that may only read',
      (id) => post(`/api/v0/alerts/${id}/close`, { reason: 'x' }, 'read'),
      403,
    ],
    ['an unknown alert', () => ask('/api/v0/alerts/2bjnone'), 404],
    ['closing an unknown alert', () => post('/api/v0/alerts/2bjnone/close', { reason: 'x' }), 404],
    ['a memo for an unknown alert', () => put('/api/v0/alerts/2bjnone', { memo: 'x' }), 404],
    ['an unknown monitor', () => ask('/api/v0/monitors/2cSnone'), 404],
    ['an unknown host', () => ask('/api/v0/hosts/22Dnone'), 404],
    ['another address', () => ask('/api/v0/nothing'), 404],
    ['no memo', (id) => put(`/api/v0/alerts/${id}`, {}), 400],
    ['no reason', (id) => post(`/api/v0/alerts/${id}/close`, {}), 400],
    ['more than 80 KB of memo', (id) => put(`/api/v0/alerts/${id}`, { memo: 'x'.repeat(81 * 1024) }), 413],
    ['more than 100 alerts', () => ask('/api/v0/alerts?limit=101'), 400],
  ])('%s is refused', async (_, act, status) => {
    expect((await act(mackerel.raise())).status).toBe(status);
  });

  test('a closed alert cannot change, and closes once only', () => {
    const id = mackerel.raise();
    mackerel.close(id);
    const closed = mackerel.alert(id);
    mackerel.close(id, 'again');
    expect(mackerel.alert(id)).toBe(closed);
    expect(() => mackerel.change(id, 'WARNING')).toThrow('closed');
  });
});
