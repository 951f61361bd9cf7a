/** Call status values, and what a call may be updated to: twilio.com/docs/voice/api/call-resource. */

import { callsApi } from '../../../src/voice/calls';
import type { WireRequest, WireResponse } from '../../../switchboard';
import { type StandIns, standIns } from '../../support/stand-ins';

const sid = `CA${'0'.repeat(31)}1`;

let world: StandIns;
let warnings: string[];
let seen: WireRequest[];
let answer: WireResponse;
beforeEach(() => {
  warnings = [];
  seen = [];
  world = standIns({
    twilio: (request) => {
      seen.push(request);
      return answer;
    },
  });
});
afterEach(() => world.close());

const calls = () => callsApi(world.twilio, (message) => void warnings.push(message));
const callIs = (status: string): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ sid, status }),
});

test('a call is ended by its status', async () => {
  answer = callIs('completed');
  expect(await world.soon(calls().complete(sid))).toBe(true);
  expect(seen).toMatchObject([{ method: 'POST', body: 'Status=completed' }]);
  expect(seen[0]?.url.pathname).toMatch(new RegExp(`/Calls/${sid}\\.json$`));
});

test('a call of our own is placed with all that Twilio has to know', async () => {
  answer = { ...callIs('queued'), status: 201 };
  const placement = {
    to: '+815000000001',
    from: '+815000000101',
    url: 'https://example.com/answered?page=p1',
    statusCallback: 'https://example.com/dial-status?page=p1',
    ringSeconds: 60,
    talkSeconds: 180,
  };
  expect(await world.soon(calls().place(placement))).toEqual({ sid });
  expect(seen.map(({ method, url }) => [method, url.pathname.split('/').at(-1)])).toEqual([
    ['POST', 'Calls.json'],
  ]);
  expect([...new URLSearchParams(seen[0]?.body)].sort()).toEqual([
    ['From', '+815000000101'],
    ['Method', 'POST'],
    ['StatusCallback', 'https://example.com/dial-status?page=p1'],
    ['StatusCallbackEvent', 'answered'],
    ['StatusCallbackEvent', 'completed'],
    ['StatusCallbackEvent', 'initiated'],
    ['StatusCallbackMethod', 'POST'],
    ['TimeLimit', '180'],
    ['Timeout', '60'],
    ['To', '+815000000001'],
    ['Url', 'https://example.com/answered?page=p1'],
  ]);
});

test.each([
  ['docs/api/errors/21210', 400, 21210, 'failed'],
  ['docs/api/errors/10004', 429, 10004, 'too-many-calls'],
  ['10004 with another status, which is not documented', 400, 10004, 'too-many-calls'],
  ['docs/api/errors/20429: too many requests, not calls', 429, 20429, 'failed'],
])('a call that Twilio refuses is none: %s', async (_page, status, code, refused) => {
  answer = { status, headers: {}, body: JSON.stringify({ code, message: 'no', status }) };
  const urls = { url: 'https://example.com/a', statusCallback: 'https://example.com/b' };
  const numbers = { to: '+815000000001', from: '+15550199' };
  expect(await world.soon(calls().place({ ...urls, ...numbers, ringSeconds: 60, talkSeconds: 180 }))).toEqual(
    { refused },
  );
  expect(warnings).toEqual([expect.stringMatching(/^Could not place a call: /)]);
});

test('a call that Twilio tells nothing of is none, and that is noted', async () => {
  answer = { status: 201, headers: { 'content-type': 'application/json' }, body: '{}' };
  const urls = { url: 'https://example.com/a', statusCallback: 'https://example.com/b' };
  const numbers = { to: '+815000000001', from: '+815000000101' };
  expect(await world.soon(calls().place({ ...urls, ...numbers, ringSeconds: 60, talkSeconds: 180 }))).toEqual(
    { refused: 'failed' },
  );
  expect(warnings).toEqual(['Could not place a call: Twilio answered without a SID']);
});

test('a call’s end is told elsewhere: Twilio wants a new document with it', async () => {
  answer = callIs('in-progress');
  const elsewhere = { url: 'https://example.com/a', statusCallback: 'https://example.com/b' };
  expect(await world.soon(calls().divert(sid, elsewhere))).toBe(true);
  expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
    Url: 'https://example.com/a',
    Method: 'POST',
    StatusCallback: 'https://example.com/b',
    StatusCallbackMethod: 'POST',
  });
});

test.each([
  ['queued', false],
  ['ringing', false],
  ['in-progress', false],
  ['completed', true],
  ['busy', true],
  ['failed', true],
  ['no-answer', true],
  ['canceled', true],
])('a call that is %s is over: %p', async (status, isOver) => {
  answer = callIs(status);
  expect(await world.soon(calls().isOver(sid))).toBe(isOver);
  expect(seen).toMatchObject([{ method: 'GET' }]);
});

test.each([
  ['is down', { kind: 'down' } as const, 100],
  ['hangs', { kind: 'hang' } as const, 2_600],
  [
    'knows no such call',
    { kind: 'status', status: 404, body: '{"code":20404,"message":"none"}' } as const,
    100,
  ],
  ['is broken', { kind: 'status', status: 500 } as const, 100],
])('a Twilio that %s ends nothing, tells nothing, and is not waited for', async (_, fault, limit) => {
  world.network.fault('twilio', fault);
  const ended = await world.timed(calls().complete(sid));
  expect(ended.value).toBe(false);
  expect(ended.ms).toBeLessThanOrEqual(limit);
  expect(await world.soon(calls().isOver(sid))).toBeNull();
  expect(warnings).toEqual([
    expect.stringMatching(/^Could not end a call: ./),
    expect.stringMatching(/^Could not look a call up: ./),
  ]);
});

test.each([
  ['all the time there is', 60_000, 5_000, 2_500],
  ['a status callback, just begun', 4_900, 3_900, 2_500],
  ['a status callback that has been at it for 3 s', 1_900, 2_000, 1_400],
  ['no time at all', 0, 2_000, 500],
])('a Twilio that hangs, with %s, is waited for no longer than that', async (_, left, placing, looking) => {
  world.network.fault('twilio', { kind: 'hang' });
  const within = (milliseconds: number) => callsApi(world.twilio, () => {}, world.clock.now() + milliseconds);
  const urls = { url: 'https://example.com/a', statusCallback: 'https://example.com/b' };
  const placement = {
    to: '+815000000001',
    from: '+815000000101',
    ...urls,
    ringSeconds: 60,
    talkSeconds: 180,
  };
  // It may ring all the same.
  expect(await world.timed(within(left).place(placement))).toMatchObject({
    ms: placing,
    value: { refused: 'silent' },
  });
  expect((await world.timed(within(left).isOver(sid))).ms).toBe(looking);
});
