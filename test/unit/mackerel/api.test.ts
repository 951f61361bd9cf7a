/** mackerel.io/api-docs/entry/{alerts,monitors,hosts}; errors: …/index and the "Error" of each. */

import { detailsOf, isClosed } from '../../../src/mackerel/alert';
import { type MackerelApi, mackerelApi } from '../../../src/mackerel/api';
import type { ApiAlert } from '../../../src/mackerel/api-alert';
import { statusOf, trimmed } from '../../../src/mackerel/details';
import { type Clock, installClock } from '../../../switchboard/clock';
import { createMackerel, type Mackerel, type MackerelAlertSpec } from '../../../switchboard/mackerel';
import { type Fault, installNetwork, type Network } from '../../../switchboard/network';
import type { Neighbour } from '../../../switchboard/wire';
import { EVENING } from '../../support/on-duty';
import { inTime } from '../../switchboard/in-time';

const nobody: Neighbour = { name: 'nobody', handle: async () => ({ status: 500, headers: {}, body: '' }) };

let clock: Clock;
let network: Network;
let mackerel: Mackerel;
let warnings: string[];

beforeEach(() => {
  clock = installClock({ startAt: new Date(EVENING * 1000) });
  mackerel = createMackerel({
    clock,
    placeCall: async () => {},
    apiKeys: [
      { key: 'both', write: true },
      { key: 'read', write: false },
    ],
  });
  network = installNetwork({ twilio: nobody, sync: nobody, slack: nobody, mackerel }, clock);
  warnings = [];
});
afterEach(() => {
  network.restore();
  clock.uninstall();
});

const api = (key = 'both'): MackerelApi =>
  mackerelApi({ key, warn: (message) => void warnings.push(message) });
const soon = <T>(promise: Promise<T>) => inTime(clock, promise);
/** The answer, with the milliseconds that it took. */
async function timed<T>(promise: Promise<T>): Promise<{ answer: T; ms: number }> {
  const startedAt = clock.now();
  const answer = await soon(promise);
  return { answer, ms: clock.now() - startedAt };
}
const requests = () =>
  network.log.map(({ request: { method, url } }) => `${method} ${url.pathname}${url.search}`);
const answering = (status: number, body: unknown = { error: 'x' }): Fault => ({
  kind: 'status',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
/** The alert as the API has it. */
async function asked(id: string): Promise<ApiAlert> {
  const answer = await soon(api().alert(id));
  if (!answer.ok) throw new Error(answer.why);
  return answer.value;
}

describe('an alert', () => {
  test.each<[string, MackerelAlertSpec, object]>([
    ['host', { type: 'host', value: 3 }, { hostId: expect.any(String), value: 3 }],
    ['connectivity', { type: 'connectivity' }, { hostId: expect.any(String) }],
    ['service', { type: 'service', status: 'WARNING' }, { value: 2.26 }],
    ['external', { type: 'external', message: '503' }, { message: '503' }],
    ['external, by response time', { type: 'external', value: 12_350 }, { value: 12_350 }],
    [
      'check',
      { type: 'check', status: 'UNKNOWN', message: 'no such file' },
      { hostId: expect.any(String), message: 'no such file' },
    ],
    ['expression', { type: 'expression' }, {}],
    ['anomalyDetection', { type: 'anomalyDetection' }, { hostId: expect.any(String) }],
    ['query', { type: 'query', value: 500 }, { value: 500, series: { name: 'loadavg5' } }],
  ])('is read, and what else is in it is left: %s', async (_, spec, more) => {
    const id = mackerel.raise(spec);
    expect(await asked(id)).toEqual({
      id,
      status: spec.status ?? 'CRITICAL',
      type: spec.type,
      monitorId: expect.any(String),
      openedAt: EVENING,
      ...more,
    });
    expect(warnings).toEqual([]);
  });

  test('is asked for with the key, in a URL that holds the id and no more', async () => {
    await soon(api('both').alert('../monitors?x=1#y'));
    expect(requests()).toEqual(['GET /api/v0/alerts/..%2Fmonitors%3Fx%3D1%23y']);
    expect(network.log[0]?.request.headers).toMatchObject({ 'x-api-key': 'both' });
  });

  test('whatever an id is made of, nothing fails', async () => {
    for (const id of ['\ud800', '', '..', 'x'.repeat(9_000), '+815000000001']) {
      expect(await soon(api().alert(id))).toMatchObject({ ok: false });
      expect(await soon(api().close(id, 'done'))).toMatchObject({ ok: false });
      expect(await soon(api().writeMemo(id, 'a memo'))).toMatchObject({ ok: false });
      expect(await soon(api().urlOf(id))).toMatch(/^https:/);
      const alert = { id, status: 'CRITICAL', monitorId: id, hostId: id };
      expect(await soon(api().namesOf(alert))).toEqual({});
    }
  });

  test.each<[string, object]>([
    ['a value in words', { value: '3' }],
    ['a time in words', { openedAt: '2026-11-22' }],
    ['a time in milliseconds', { openedAt: EVENING * 1000 }],
    ['a time that no calendar has', { openedAt: 9e99 }],
    ['a time of the last century', { openedAt: -1 }],
    ['a message, a memo and a series of other kinds', { message: {}, memo: 1, series: 'httpcheck' }],
    ['a monitor and a host that are none', { monitorId: 7, hostId: null }],
  ])('is read without what is not as documented: %s', async (_, odd) => {
    network.fault('mackerel', answering(200, { id: '2bj1', status: 'CRITICAL', ...odd }));
    expect(await asked('2bj1')).toEqual({ id: '2bj1', status: 'CRITICAL' });
    expect(warnings).toEqual([]);
  });
});

describe('what Mackerel does not tell is said in the answer', () => {
  const alertJson = { id: '2bj1', status: 'CRITICAL', openedAt: EVENING };

  test.each<[string, Fault, string, string]>([
    ['the key is wrong', answering(401), 'wrong-key', 'HTTP 401'],
    ['the key may not, or not from here', answering(403), 'forbidden', 'HTTP 403'],
    ['there is no such alert', answering(404), 'not-found', 'HTTP 404'],
    ['too many requests', answering(429), 'too-many', 'HTTP 429'],
    ['a request that it does not like', answering(400), 'unexpected', 'HTTP 400'],
    ['it is broken', answering(500), 'fault', 'HTTP 500'],
    ['it is down for maintenance', answering(503, '<html>maintenance</html>'), 'fault', 'HTTP 503'],
    ['it answers something else', answering(302, ''), 'unexpected', 'HTTP 302'],
    ['it is not there', { kind: 'down' }, 'unreachable', 'ECONNREFUSED'],
    ['it never answers', { kind: 'hang' }, 'slow', 'no answer within 1500 ms'],
    ['it takes its time', { kind: 'slow', seconds: 1.6 }, 'slow', 'no answer within 1500 ms'],
    ['no JSON', answering(200, '<html>'), 'garbled', 'not of the documented shape'],
    ['nothing', answering(200, ''), 'garbled', 'not of the documented shape'],
    ['null', answering(200, null), 'garbled', 'not of the documented shape'],
    ['a list', answering(200, []), 'garbled', 'not of the documented shape'],
    [
      'an alert without an id',
      answering(200, { ...alertJson, id: undefined }),
      'garbled',
      'not of the documented shape',
    ],
    [
      'an alert without a status',
      answering(200, { ...alertJson, status: null }),
      'garbled',
      'not of the documented shape',
    ],
  ])('%s', async (_, fault, why, detail) => {
    network.fault('mackerel', fault);
    const { answer, ms } = await timed(api().alert('2bj1'));
    expect(answer).toEqual({ ok: false, why });
    expect(warnings).toEqual([expect.stringContaining(`Mackerel's API, alerts: ${why} (`)]);
    expect(warnings[0]).toContain(detail);
    expect(ms).toBeLessThanOrEqual(1_500);
  });

  test('with no key, and no alert’s text, in what is noted', async () => {
    for (const fault of [
      answering(403),
      answering(200, { id: 1, status: 'db1 is down' }),
      { kind: 'down' } as const,
    ]) {
      network.fault('mackerel', fault);
      await soon(api('the-secret').alert('2bj1'));
    }
    expect(warnings).toHaveLength(3);
    expect(warnings.join()).not.toMatch(/the-secret|db1 is down/);
  });

  test('what is almost too slow is in time', async () => {
    const id = mackerel.raise();
    network.fault('mackerel', { kind: 'slow', seconds: 1.4 });
    expect(await timed(api().alert(id))).toMatchObject({ answer: { ok: true }, ms: 1_480 });
  });

  test('nothing fails that is asked, and all of it is over in time', async () => {
    for (const kind of ['down', 'hang'] as const) {
      network.fault('mackerel', { kind });
      const alert = { id: '2bj1', status: 'CRITICAL', monitorId: '2cS1', hostId: '22D1' };
      const { answer, ms } = await timed(
        Promise.all([
          api()
            .openAlerts()
            .then(({ ok }) => ok),
          api().namesOf(alert),
          api()
            .close('2bj1', 'done')
            .then(({ ok }) => ok),
          api()
            .writeMemo('2bj1', 'a memo')
            .then(({ ok }) => ok),
          api().mayWrite(),
        ]),
      );
      expect(answer).toEqual([false, {}, false, false, null]);
      expect(ms).toBeLessThanOrEqual(1_500);
    }
  });
});

describe('the open alerts', () => {
  test('come newest first, in one request', async () => {
    const [first, second, third] = [mackerel.raise(), mackerel.raise(), mackerel.raise()];
    mackerel.close(second);
    const answer = await soon(api('read').openAlerts());
    expect(answer).toMatchObject({
      ok: true,
      value: { alerts: [{ id: third }, { id: first }], isAll: true },
    });
    expect(requests()).toEqual(['GET /api/v0/alerts?limit=100']);
  });

  test('are none', async () => {
    expect(await soon(api().openAlerts())).toEqual({ ok: true, value: { alerts: [], isAll: true } });
  });

  test.each([
    [100, true],
    [101, false],
  ])('of %i: that these are all of them is %s', async (count, isAll) => {
    for (let nth = 0; nth < count; nth++) mackerel.raise();
    const answer = await soon(api().openAlerts());
    expect(answer.ok && [answer.value.alerts.length, answer.value.isAll]).toEqual([100, isAll]);
  });

  test('one of which is garbled: nothing is taken from them', async () => {
    network.fault('mackerel', answering(200, { alerts: [{ id: '2bj1', status: 'OK' }, { id: 2 }] }));
    expect(await soon(api().openAlerts())).toEqual({ ok: false, why: 'garbled' });
  });
});

describe('names', () => {
  const namesOf = async (spec: MackerelAlertSpec) => {
    const alert = await asked(mackerel.raise(spec));
    return JSON.parse(JSON.stringify(await soon(api('read').namesOf(alert))));
  };
  const measured = { metric: 'loadavg5', threshold: 1.96, operator: '>' };

  test.each<[string, MackerelAlertSpec, object]>([
    [
      'host',
      { type: 'host', host: { name: 'db01', roles: ['shop:db', 'shop:batch', 'mail:db'] } },
      { ...measured, target: 'db01', roles: ['shop: db', 'shop: batch', 'mail: db'] },
    ],
    [
      'host, a warning',
      { type: 'host', status: 'WARNING', host: { name: 'db01' } },
      { ...measured, threshold: 1.47, target: 'db01', roles: [] },
    ],
    [
      'host, too little of it',
      { type: 'host', operator: '<', host: { name: 'db01' } },
      { ...measured, operator: '<', target: 'db01', roles: [] },
    ],
    ['connectivity', { type: 'connectivity' }, { target: 'app01', roles: ['shop: app'] }],
    ['check', { type: 'check' }, { target: 'app01', roles: ['shop: app'] }],
    ['service', { type: 'service', service: 'mail' }, { ...measured, target: 'mail' }],
    [
      'host, whom people call otherwise than its machine does',
      { type: 'host', host: { name: 'ip-10-0-1-23', displayName: '決済DB' } },
      { ...measured, target: '決済DB', roles: [] },
    ],
    [
      'what people noted at the monitor',
      { type: 'host', monitorMemo: 'see the runbook' },
      {
        ...measured,
        notes: 'see the runbook',
        target: 'app01',
        roles: ['shop: app'],
      },
    ],
    [
      'a check with a note',
      { type: 'check', monitorMemo: 'call the DBA' },
      {
        notes: 'call the DBA',
        target: 'app01',
        roles: ['shop: app'],
      },
    ],
    ['expression: a formula is no metric’s name', { type: 'expression' }, { threshold: 1.96, operator: '>' }],
    ['query, likewise', { type: 'query' }, { threshold: 1.96, operator: '>' }],
    ['external', { type: 'external' }, {}],
    [
      'external, too slow',
      { type: 'external', value: 12_350, responseTimeCritical: 10_000, responseTimeWarning: 5_000 },
      { metric: 'response time (ms)', value: 12_350, threshold: 10_000, operator: '>' },
    ],
    [
      'external, too slow for a warning',
      {
        type: 'external',
        status: 'WARNING',
        value: 6_000,
        responseTimeCritical: 10_000,
        responseTimeWarning: 5_000,
      },
      { metric: 'response time (ms)', value: 6_000, threshold: 5_000, operator: '>' },
    ],
    [
      'external, wrong and in good time',
      { type: 'external', value: 120, responseTimeCritical: 10_000, message: '503 Service Unavailable' },
      {},
    ],
  ])('%s', async (_, spec, names) => {
    const { isDisplayName, ...told } = await namesOf({ monitorName: 'a monitor', ...spec });
    expect(told).toEqual({ monitor: 'a monitor', ...names });
    // Nobody has to ask for the host's name again.
    expect(isDisplayName ?? false).toBe('roles' in told);
  });

  test.each([
    ['critical only', { critical: 9 }, 'CRITICAL', 9],
    ['warnings only', { warning: 5 }, 'CRITICAL', 5],
    ['critical only, of a warning', { critical: 9, warning: null }, 'WARNING', undefined],
    ['0', { critical: 0, warning: 5 }, 'CRITICAL', 0],
  ])('a monitor that has a threshold of %s', async (_, thresholds, status, threshold) => {
    network.fault('mackerel', answering(200, { monitor: { name: 'a monitor', ...thresholds } }));
    const names = await soon(api().namesOf({ id: '2bj1', status, monitorId: '2cS1' }));
    expect(names.threshold).toBe(threshold);
  });

  test('are asked for side by side', async () => {
    const alert = await asked(mackerel.raise());
    expect((await timed(api().namesOf(alert))).ms).toBe(80);
    expect(requests().slice(1)).toEqual([
      `GET /api/v0/monitors/${alert.monitorId}`,
      `GET /api/v0/hosts/${alert.hostId}`,
    ]);
  });

  test('a check’s is not among the monitors’', async () => {
    const alert = await asked(mackerel.raise({ type: 'check', monitorName: 'disk' }));
    expect(await soon(api().namesOf(alert))).toMatchObject({ monitor: 'disk', target: 'app01' });
    expect(requests().slice(1)).toEqual([
      `GET /api/v0/monitoring/checks/${alert.monitorId}`,
      `GET /api/v0/hosts/${alert.hostId}`,
    ]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['bare, as an alert comes', { id: '2cS1', name: 'disk', memo: 'see wiki' }],
    ['under a key, as a monitor comes', { check: { id: '2cS1', name: 'disk', memo: 'see wiki' } }],
  ])('a check’s are understood %s', async (_, body) => {
    network.fault('mackerel', answering(200, body));
    const check = { id: '2bj1', status: 'CRITICAL', type: 'check', monitorId: '2cS1' };
    expect(await soon(api().namesOf(check))).toEqual({ monitor: 'disk', notes: 'see wiki' });
  });

  test('are half known where one of the two is not told', async () => {
    const alert = await asked(mackerel.raise({ monitorName: 'a monitor', host: { name: 'db01' } }));
    network.fault('mackerel', ({ url }) =>
      url.pathname.includes('/monitors/') ? answering(403) : undefined,
    );
    expect(await soon(api().namesOf(alert))).toEqual({ target: 'db01', isDisplayName: true, roles: [] });
    network.fault('mackerel', ({ url }) => (url.pathname.includes('/hosts/') ? answering(404) : undefined));
    expect(await soon(api().namesOf(alert))).toMatchObject({ monitor: 'a monitor', metric: 'loadavg5' });
  });

  test('nobody is asked where the alert says nothing', async () => {
    expect(await soon(api().namesOf({ id: '2bj1', status: 'CRITICAL' }))).toEqual({});
    expect(requests()).toEqual([]);
  });
});

describe('where people look at an alert', () => {
  test('is asked for once, for all of them', async () => {
    const one = api();
    expect(await soon(Promise.all([one.urlOf('2bj1'), one.urlOf('2bj2')]))).toEqual([
      'https://mackerel.io/orgs/switchboard/alerts/2bj1',
      'https://mackerel.io/orgs/switchboard/alerts/2bj2',
    ]);
    expect(requests()).toEqual(['GET /api/v0/org']);
  });

  test.each<[string, Fault]>([
    ['the key may not', answering(403)],
    ['it never answers', { kind: 'hang' }],
    ['it has no name', answering(200, {})],
  ])('is not known where Mackerel does not say: %s', async (_, fault) => {
    network.fault('mackerel', fault);
    expect(await soon(api().urlOf('2bj1'))).toBeNull();
  });
});

describe('whether the key may write', () => {
  test.each([
    ['both', true],
    ['read', false],
    ['no such key', false],
  ])('%s: %s', async (key, mayWrite) => {
    expect(await soon(api(key).mayWrite())).toBe(mayWrite);
  });

  test('is found out without changing anything', async () => {
    const id = mackerel.raise();
    await soon(api().writeMemo(id, 'what stands there'));
    const before = mackerel.alert(id);
    await soon(api().mayWrite());
    expect(mackerel.alert(id)).toBe(before);
    expect(before?.memo).toBe('what stands there');
  });

  test.each<[string, Fault]>([
    ['it is broken', answering(500)],
    ['too many requests', answering(429)],
    ['it answers what is not documented', answering(409)],
    ['it never answers', { kind: 'hang' }],
  ])('is not known where Mackerel does not say: %s', async (_, fault) => {
    network.fault('mackerel', fault);
    expect(await soon(api().mayWrite())).toBeNull();
  });
});

describe('writing', () => {
  test('closes an alert, with the reason', async () => {
    const id = mackerel.raise();
    expect(await soon(api().close(id, '佐藤が電話で閉じました'))).toMatchObject({ ok: true });
    expect(mackerel.alert(id)).toMatchObject({ status: 'OK', reason: '佐藤が電話で閉じました' });
  });

  test('writes a memo', async () => {
    const id = mackerel.raise();
    expect(await soon(api().writeMemo(id, '14:03 Sato took it'))).toMatchObject({ ok: true });
    expect(mackerel.alert(id)?.memo).toBe('14:03 Sato took it');
  });

  test('counts as done only where the closed alert comes back', async () => {
    const id = mackerel.raise();
    network.fault('mackerel', answering(200, {}));
    expect(await soon(api().close(id, 'done'))).toEqual({ ok: false, why: 'garbled' });
    expect(warnings).toEqual([expect.stringContaining('garbled')]);
  });

  test.each<[string, Fault | undefined, string]>([
    ['the key may only read', undefined, 'forbidden (HTTP 403 at'],
    ['too many requests', answering(429), 'too-many (HTTP 429 at'],
    ['it never answers', { kind: 'hang' }, 'slow ('],
    ['it is not there', { kind: 'down' }, 'unreachable ('],
  ])('is refused, and that is noted: %s', async (_, fault, noted) => {
    const id = mackerel.raise();
    network.fault('mackerel', fault);
    const [why] = noted.split(' ');
    expect(await soon(api('read').close(id, 'done'))).toEqual({ ok: false, why });
    expect(await soon(api('read').writeMemo(id, 'a memo'))).toEqual({ ok: false, why });
    expect(warnings).toEqual(Array(2).fill(expect.stringContaining(noted)));
    expect(mackerel.alert(id)).toMatchObject({ status: 'CRITICAL', memo: '' });
  });
});

describe('its words', () => {
  test.each([
    ['CRITICAL', 'critical'],
    ['WARNING', 'warning'],
    ['UNKNOWN', 'unknown'],
    ['critical', 'critical'],
    ['OK', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
  ])('the status %s', (word, status) => {
    expect(statusOf(word)).toBe(status);
  });

  test.each<[string, Pick<ApiAlert, 'status' | 'closedAt'>, boolean]>([
    ['open', { status: 'CRITICAL' }, false],
    ['open, in so many words', { status: 'WARNING', closedAt: null }, false],
    ['OK', { status: 'OK' }, true],
    ['closed by hand', { status: 'CRITICAL', closedAt: EVENING }, true],
    ['in small letters', { status: 'ok' }, true],
  ])('an alert is closed: %s', (_, alert, closed) => {
    expect(isClosed(alert)).toBe(closed);
  });

  test('the facts of an alert are those that it has', () => {
    const alert = {
      id: '2bj1',
      status: 'WARNING',
      openedAt: EVENING - 60,
      value: 0,
      message: '',
      series: { name: 'ping' },
    };
    expect(JSON.parse(JSON.stringify(detailsOf(alert, EVENING)))).toEqual({
      id: '2bj1',
      heardAt: EVENING,
      status: 'warning',
      openedAt: EVENING - 60,
      value: 0,
      formula: 'ping',
    });
  });

  test('the response time of an external monitor is none before its threshold is known', () => {
    const alert = {
      id: '2bj1',
      status: 'CRITICAL',
      type: 'external',
      value: 120,
      message: '503 Service Unavailable',
    };
    expect(detailsOf(alert, EVENING)).toEqual({
      id: '2bj1',
      heardAt: EVENING,
      status: 'critical',
      message: '503 Service Unavailable',
    });
  });
});

describe('texts are cut to what can be kept', () => {
  const facts = { id: '2bj1', heardAt: EVENING };

  test.each([
    ['as long as can be', 'x'.repeat(120), 'x'.repeat(120)],
    ['longer', 'x'.repeat(121), `${'x'.repeat(120)}…`],
    ['in the middle of a character', `${'x'.repeat(119)}🔥🔥`, `${'x'.repeat(119)}…`],
    ['nothing', '', ''],
  ])('a name: %s', (_, name, kept) => {
    const cut = trimmed({ ...facts, monitor: name, target: name, metric: name, roles: [name] });
    expect(cut).toMatchObject({ monitor: kept, target: kept, metric: kept, roles: [kept] });
  });

  test('a message may be longer', () => {
    expect(trimmed({ ...facts, message: '長'.repeat(1_200) }).message).toBe('長'.repeat(1_200));
    expect(trimmed({ ...facts, message: '長'.repeat(1_201) }).message).toBe(`${'長'.repeat(1_200)}…`);
  });

  test('roles are six at most', () => {
    expect(trimmed({ ...facts, roles: [...'abcdefgh'] }).roles).toEqual([...'abcdef']);
  });

  test('the names that Mackerel gives', async () => {
    const long = '長'.repeat(1_000);
    const host = { name: long, roles: Array.from({ length: 40 }, (_, nth) => `shop:${nth}${long}`) };
    const alert = await asked(mackerel.raise({ type: 'host', monitorName: long, metric: long, host }));
    const names = await soon(api().namesOf(alert));
    expect(JSON.stringify(names).length).toBeLessThan(1_500);
  });
});
