/** `npm run setup` cut off at each request that it makes, and run again, comes to the same end. */
import type { BlankPractice } from '../../operator/practice/blank';
import type { WireRequest } from '../../switchboard';
import { endState, nameOf, openBlank, setUp } from './setting-up';

let whole: object;
let practice: BlankPractice;
beforeAll(async () => {
  practice = await openBlank();
  expect((await setUp(practice)).code).toBe(0);
  whole = endState(practice);
  practice.close();
});
beforeEach(async () => {
  practice = await openBlank();
});
afterEach(() => practice?.close());

const NEIGHBOURS = ['twilio', 'sync', 'slack', 'mackerel'] as const;

test('at each of its own requests: from there on it finds nobody', async () => {
  const { network } = practice.board;
  const cutAt: string[] = [];
  let isCut = false;
  /** How often each was asked in this run: some are asked more than once. */
  let times = new Map<string, number>();
  const cut = (request: WireRequest) => {
    const asked = nameOf(request);
    times.set(asked, (times.get(asked) ?? 0) + 1);
    const name = `${asked} ${times.get(asked)}`;
    if (!isCut && cutAt.includes(name)) return undefined;
    if (!isCut) cutAt.push(name);
    isCut = true;
    return { kind: 'down' } as const;
  };
  for (const neighbour of NEIGHBOURS) network.fault(neighbour, cut);
  for (let runs = 0; runs < 100; runs++) {
    isCut = false;
    times = new Map();
    const { code, said } = await setUp(practice);
    if (!isCut) break;
    expect([code, said]).toEqual([1, expect.stringContaining('Then run npm run setup again')]);
  }
  expect(isCut).toBe(false);
  // Each of them is there: what is asked, what is created, what is changed.
  for (const neighbour of [
    'api.twilio',
    'serverless',
    'voice.twilio',
    'sync',
    'slack.com/api/chat',
    'api.mackerelio',
  ])
    expect(cutAt).toContainEqual(expect.stringContaining(neighbour));
  expect(cutAt.length).toBeGreaterThan(30);
  expect(endState(practice)).toEqual(whole);
  expect((await setUp(practice)).done).toEqual([]);
});

test('a deploy that breaks off in the middle of its uploads says so, and the next run goes on', async () => {
  const { account } = practice.board;
  const { handle } = account;
  let uploads = 0;
  const broken = jest.spyOn(account, 'handle').mockImplementation(async (request) => {
    if (request.url.host === 'serverless-upload.twilio.com' && ++uploads === 7)
      return { status: 500, headers: { 'content-type': 'application/json' }, body: '{"message":"broken"}' };
    return handle(request);
  });
  const first = await setUp(practice);
  broken.mockRestore();
  expect(first).toMatchObject({ code: 1, said: expect.stringContaining('Twilio’s tool could not deploy') });
  expect((await setUp(practice)).code).toBe(0);
  expect(endState(practice)).toEqual(whole);
});
