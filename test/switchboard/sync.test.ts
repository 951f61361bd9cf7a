/** What the stand-in can do beside what Twilio documents. */
import twilio from 'twilio';
import { type Clock, installClock } from '../../switchboard/clock';
import { installNetwork, type Network } from '../../switchboard/network';
import { createSync, type Sync, type SyncOptions } from '../../switchboard/sync';
import { writesPerSecond } from '../../switchboard/sync/rates';
import type { Neighbour } from '../../switchboard/wire';
import { failureOf, inTime } from './in-time';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'token';
const nobody: Neighbour = { name: 'nobody', handle: async () => ({ status: 500, headers: {}, body: '' }) };

let clock: Clock;
let network: Network;
let sync: Sync;

function open(options: Partial<SyncOptions> = {}): void {
  sync = createSync({ clock, accountSid, authToken, ...options });
  network?.restore();
  network = installNetwork({ twilio: nobody, sync, slack: nobody, mackerel: nobody }, clock);
}

beforeEach(() => {
  clock = installClock({ startAt: new Date('2026-11-22T09:00:00Z') });
  open();
});
afterEach(() => {
  network.restore();
  clock.uninstall();
});

const service = (token = authToken) => twilio(accountSid, token).sync.v1.services('default');
const soon = <T>(promise: Promise<T>) => inTime(clock, promise);
const failure = (promise: Promise<unknown>) => failureOf(clock, promise);
const kib = (size: number) => ({ filler: 'x'.repeat(size * 1024 - 13) });

test('a test can put one, which changes its revision as any write', () => {
  sync.putDocument('page', { n: 1 });
  const before = sync.document('page')?.revision;
  sync.putDocument('page', { n: 2 });
  expect(sync.document('page')?.data).toEqual({ n: 2 });
  expect(sync.document('page')?.revision).not.toBe(before);
});

test.each([
  ['up to 1 KiB', 100, 20],
  ['halfway', 5.5 * 1024, 11],
  ['from 10 KiB', 10 * 1024, 2],
  ['at most', 16 * 1024, 2],
])('between the two ends that Twilio names (docs/sync/limits), writes a second %s', (_, bytes, expected) => {
  expect(writesPerSecond(bytes)).toBeCloseTo(expected);
});

test('rate limits can be switched off', async () => {
  open({ limits: false });
  sync.putDocument('page', {});
  const update = () =>
    service()
      .documents('page')
      .update({ data: kib(12) });
  const results = await soon(Promise.allSettled(Array.from({ length: 30 }, update)));
  expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('a Sync that is down, slow or speaks nonsense fails as the client says', async () => {
  const fetchPage = () =>
    twilio(accountSid, authToken, { timeout: 2000 }).sync.v1.services('default').documents('page').fetch();
  sync.putDocument('page', {});
  network.fault('sync', { kind: 'slow', seconds: 5 });
  expect(await failure(fetchPage())).toMatchObject({ code: 'ECONNABORTED' });
  network.fault('sync', { kind: 'status', status: 503, body: '<html>' });
  expect(await failure(fetchPage())).toMatchObject({ status: 503 });
  network.fault('sync', { kind: 'status', status: 200, body: '<html>' });
  expect(await failure(fetchPage())).toBeInstanceOf(SyntaxError);
  network.fault('sync', undefined);
  expect((await soon(fetchPage())).uniqueName).toBe('page');
});
