/** Only Twilio gets an answer, and only for calls of number A's account. The music is for everyone. */
import { join } from 'node:path';
import { getExpectedTwilioSignature } from 'twilio';
import { account, accountOfB, functionsIn } from '../../switchboard';
import { openStory, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const protectedPaths = functionsIn(join(__dirname, '../../src/functions'))
  .filter(({ access }) => access === 'protected')
  .map(({ path }) => path);
const form = { CallSid: 'CA00000000000000000000000000000000', CallStatus: 'in-progress', Digits: '1' };

type Signing = (url: string) => string | undefined;

const asks = (path: string, method: 'GET' | 'POST', sign: Signing) => {
  const url = new URL(`${story.publicUrl}${path}?page=x&attempt=0&alertId=2bj1`);
  const signature = sign(url.href);
  return story.functions.handle({
    method,
    url,
    headers: {
      ...(signature !== undefined && { 'x-twilio-signature': signature }),
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    body: method === 'POST' ? new URLSearchParams(form).toString() : '',
  });
};
const params = (method: 'GET' | 'POST') => (method === 'POST' ? form : {});

test('the endpoints of a call are all among them', () => {
  story = openStory();
  expect(protectedPaths).toEqual(
    expect.arrayContaining(['/dial-list', '/dial-ended', '/dial-status', '/answered', '/answered-key']),
  );
});

describe.each([400, 403] as const)('refused with %d', (refusedSignatureStatus) => {
  test.each([
    ['nobody', () => () => undefined],
    ['somebody who made it up', () => () => 'bWFkZSB1cA=='],
    [
      "number B's account",
      (method: 'GET' | 'POST') => (url: string) =>
        getExpectedTwilioSignature(accountOfB.authToken, url, params(method)),
    ],
    [
      'our account, for another URL',
      (method: 'GET' | 'POST') => () =>
        getExpectedTwilioSignature(account.authToken, `${story.publicUrl}/`, params(method)),
    ],
  ])('a request signed by %s', async (_who, sign) => {
    story = openStory({ unconfirmed: { refusedSignatureStatus } });
    for (const method of ['GET', 'POST'] as const) {
      const answers = await Promise.all(protectedPaths.map((path) => asks(path, method, sign(method))));
      expect(answers.map(({ status }) => status)).toEqual(protectedPaths.map(() => refusedSignatureStatus));
    }
    expect(story.network.log).toEqual([]);
    expect(story.log).toEqual([]);
  });
});

test('the same requests, signed by our account, are let in', async () => {
  story = openStory();
  const sign: Signing = (url) => getExpectedTwilioSignature(account.authToken, url, form);
  const answers = protectedPaths.map((path) => asks(path, 'POST', sign));
  await story.clock.run(10);
  // Let in, `/rehearsal` says that nobody can be called without CALLER_ID.
  const isRefused = ({ status, body }: { status: number; body: string }) =>
    status >= 300 && !body.includes('Set CALLER_ID');
  expect((await Promise.all(answers)).filter(isRefused)).toEqual([]);
});

test('a stranger cannot read the dial list, nor any other private file', async () => {
  story = openStory();
  const names = ['dial-list.json', 'news.js', 'calendar.js'];
  const files = names.flatMap((name) => [`/${name}`, `/${name.replace('.', '.private.')}`]);
  const answers = await Promise.all(files.map((file) => asks(file, 'GET', () => undefined)));
  expect(answers.map(({ status }) => status)).toEqual(names.flatMap(() => [403, 404]));
});

test('the hold music is public, for number B may be in another account', async () => {
  story = openStory();
  const unsigned = await asks('/hold-music', 'POST', () => undefined);
  expect([unsigned.status, unsigned.body]).toEqual([
    200,
    `<?xml version="1.0" encoding="UTF-8"?><Response><Play loop="0">${story.publicUrl}/hold-music.wav</Play></Response>`,
  ]);
  expect(await asks('/hold-music.wav', 'GET', () => undefined)).toMatchObject({ status: 200 });
  story.members({ 佐藤: takes });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.slackShows()).toHaveLength(6);
});
