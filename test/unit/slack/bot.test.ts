/** Words of Slack's: docs.slack.dev/reference/methods/chat.postMessage (thread_ts, reply_broadcast), …/chat.update. */
import { slackBot } from '../../../src/slack/bot';
import { batch, pageMessage } from '../../support/news-batches';
import { ALERT, BEGAN, EVENING } from '../../support/on-duty';
import { befalling, SLACK, type StandIns, standIns } from '../../support/stand-ins';
import { failureOf } from '../../switchboard/in-time';

let world: StandIns;
beforeEach(() => {
  world = standIns();
});
afterEach(() => world.close());

const { channel, token } = SLACK;
const poster = (as = token) => slackBot({ token: as, channel }).post;
const post = (...what: Parameters<typeof batch>) => world.soon(poster()(batch(...what)));
const begin = async () => (await post([BEGAN, calling], { kind: 'new' })).thread ?? '';
/** Where a message stands, as it is kept between two webhooks: its channel is known by its ID from then on. */
const placeOf = (ts = '') => `${channel}/${ts}`;
const shown = () =>
  world.slack.messages.map(({ text, threadTs, edits }) => ({
    text,
    thread: threadTs && placeOf(threadTs),
    edits,
  }));
const sent = () =>
  world.network.log.map(({ request }) => ({
    method: request.url.pathname.replace('/api/', ''),
    ...Object.fromEntries(new URLSearchParams(request.body)),
  }));

const calling = { kind: 'calling', attempt: 0, member: 0 } as const;
const taken = { kind: 'taken', member: 0, attempt: 0, seconds: 42, isTest: false } as const;
const nobody = { kind: 'nobody-answered', rings: 6, rounds: 2, isTest: false } as const;

/** Of the news, as Slack shows a time. */
const WHEN = `<!date^${EVENING}^{date_short_pretty} {time}|2026-11-22 09:00 UTC>`;

const callingFirst = pageMessage(':telephone_receiver: Calling <@U012AB3CD> (1 of 3, round 1)');

test('a page begins with a message of its own, and its story in the thread', async () => {
  const { thread: ts, isPosted } = await post([BEGAN, calling], { kind: 'new' });
  expect(isPosted).toBe(true);
  expect(shown()).toEqual([
    { text: callingFirst, thread: undefined, edits: 0 },
    { text: ':telephone_receiver: Calling <@U012AB3CD>', thread: ts, edits: 0 },
  ]);
});

test('a page that has only begun has no story yet', async () => {
  const { thread } = await post([BEGAN], { kind: 'new' });
  expect(shown()).toEqual([{ text: callingFirst, thread: undefined, edits: 0 }]);
  expect(thread).toBe(placeOf(world.slack.messages[0]?.ts));
});

test('what comes after corrects the message and goes on in the thread', async () => {
  const ts = await begin();
  const end = { kind: 'taken', at: EVENING + 42, by: 0, attempt: 0 } as const;
  const answered = { kind: 'answered', member: 0 } as const;
  expect(await post([answered, taken], { kind: 'known', ts }, { end })).toEqual({
    thread: ts,
    isPosted: true,
    heading: { alerts: [ALERT], says: expect.any(String) },
  });
  expect(shown()).toEqual([
    { text: pageMessage(':white_check_mark: *佐藤* is on it'), thread: undefined, edits: 1 },
    { text: ':telephone_receiver: Calling <@U012AB3CD>', thread: ts, edits: 0 },
    {
      text: ':speech_balloon: 佐藤 picked up\n:white_check_mark: *<@U012AB3CD> took it* (ring 1, after 42 s)',
      thread: ts,
      edits: 0,
    },
  ]);
});

test('what is loud is shown in the channel, too; what is not stays in the thread', async () => {
  const ts = await begin();
  await post([nobody], { kind: 'known', ts }, { end: { kind: 'unanswered', at: EVENING } });
  const replies = sent().filter((request) => 'thread_ts' in request);
  expect(replies).toEqual([
    {
      method: 'chat.postMessage',
      channel,
      thread_ts: ts.split('/')[1],
      text: expect.stringContaining('Calling'),
    },
    {
      method: 'chat.postMessage',
      channel,
      thread_ts: ts.split('/')[1],
      text: '<!channel> :x: *Nobody answered* (2 rounds, 6 rings). Phones ring again at the next notification from Mackerel',
      reply_broadcast: 'true',
    },
  ]);
});

test('where nobody knows what has been told, one post tells it all and leaves no thread', async () => {
  const end = { kind: 'unanswered', at: EVENING } as const;
  expect(await post([nobody], { kind: 'unknown' }, { end })).toEqual({ thread: null, isPosted: true });
  expect(shown()).toEqual([
    {
      text: `${pageMessage(':x: *Nobody has answered*')}\n<!channel> :x: *Nobody answered* (2 rounds, 6 rings). Phones ring again at the next notification from Mackerel`,
      thread: undefined,
      edits: 0,
    },
  ]);
});

test('news of a page that the state has left behind go on in its thread, its message as it was', async () => {
  const ts = await begin();
  const late = {
    ...batch([taken], { kind: 'known', ts }),
    state: batch([], { kind: 'new' }, { id: 'next' }).state,
  };
  await world.soon(poster()(late));
  expect(shown()[0]).toEqual({ text: callingFirst, thread: undefined, edits: 0 });
  expect(shown()[2]).toMatchObject({ text: expect.stringContaining('took it'), thread: ts });
});

test('news of a page that was never told, and is over: their own post', async () => {
  const late = {
    ...batch([taken], { kind: 'new' }),
    state: batch([], { kind: 'new' }, { id: 'next' }).state,
  };
  expect(await world.soon(poster()(late))).toEqual({ thread: null, isPosted: true });
  expect(shown()).toMatchObject([
    { text: `${WHEN} · :white_check_mark: *<@U012AB3CD> took it* (ring 1, after 42 s)` },
  ]);
});

test('links are not unfolded', async () => {
  await post([BEGAN], { kind: 'new' });
  expect(sent()).toMatchObject([{ unfurl_links: 'false' }]);
});

test('Mackerel’s own test is told, in the language of the list', async () => {
  const { announceConnected } = slackBot(SLACK);
  await world.soon(announceConnected('en'));
  await world.soon(announceConnected('ja'));
  expect(shown().map(({ text }) => text)).toEqual([
    ':link: Mackerel is connected',
    ':link: Mackerelとつながりました',
  ]);
});

test('what belongs to no page is told in plain words, if Slack takes no others', async () => {
  world.slack.workspace.refuses = ({ text }) => (text.includes('ショップ') ? 'invalid_blocks' : undefined);
  const { announceTrouble } = slackBot(SLACK);
  await world.soon(announceTrouble('ja', { kind: 'group-not-rung', name: 'ショップ' }));
  expect(shown().map(({ text }) => text)).toEqual([':x: *誰も対応していません*。Mackerelを見てください']);
});

describe('Slack is unwell', () => {
  const failure = (as?: string) => failureOf(world.clock, poster(as)(batch([BEGAN], { kind: 'new' })));

  test('a wrong token is refused', async () => {
    expect(await failure('xoxb-other')).toMatchObject({
      message: expect.stringMatching(/^invalid_auth: .*SLACK_BOT_TOKEN/),
      isForAll: true,
    });
  });

  test.each([
    ['is down', { kind: 'down' } as const],
    ['is broken', { kind: 'status', status: 503 } as const],
    ['is too busy', { kind: 'status', status: 429, headers: { 'retry-after': '30' } } as const],
  ])('one that %s is asked once, and not waited for', async (_, fault) => {
    world.network.fault('slack', fault);
    const { ms } = await world.timed(failure());
    expect(ms).toBeLessThanOrEqual(200);
    expect(world.network.log).toHaveLength(1);
  });

  test.each([
    ['hangs', { kind: 'hang' } as const],
    ['is slow', { kind: 'slow', seconds: 8 } as const],
  ])('one that %s is given up after 2 s', async (_, fault) => {
    world.network.fault('slack', fault);
    const { ms } = await world.timed(failure());
    expect(ms).toBe(2_000);
    expect(world.network.log).toHaveLength(1);
  });

  test('only the thread failed: the message is known, and the rest is still to be told', async () => {
    world.network.fault('slack', befalling(undefined, { kind: 'down' }));
    const posted = await post([BEGAN, calling], { kind: 'new' });
    expect(posted).toMatchObject({ thread: placeOf(world.slack.messages[0]?.ts), isPosted: false });
  });

  test('only the correction failed: the thread has it, and the next one corrects', async () => {
    const ts = await begin();
    const only = (method: string) => (request: { url: URL }) =>
      request.url.pathname.endsWith(method) ? ({ kind: 'status', status: 503 } as const) : undefined;
    world.network.fault('slack', only('chat.update'));
    const answered = { kind: 'answered', member: 0 } as const;
    expect(await post([answered], { kind: 'known', ts }, { leg: 'answered' })).toEqual({
      thread: ts,
      isPosted: true,
    });
    expect(shown().map(({ text }) => text)).toContain(':speech_balloon: 佐藤 picked up');
    world.network.fault('slack', only('chat.postMessage'));
    expect(await failureOf(world.clock, poster()(batch([taken], { kind: 'known', ts })))).toBeDefined();
  });

  test('the last correction is tried twice: nobody corrects a page that is over', async () => {
    const ts = await begin();
    world.network.fault(
      'slack',
      (
        (faults) => (request) =>
          request.url.pathname.endsWith('chat.update') ? faults.shift() : undefined
      )([{ kind: 'status' as const, status: 503 }]),
    );
    await post(
      [taken],
      { kind: 'known', ts },
      { end: { kind: 'taken', at: EVENING + 42, by: 0, attempt: 0 } },
    );
    expect(shown()[0]).toMatchObject({ text: expect.stringContaining('is on it'), edits: 1 });
  });

  test('is no trouble again once it is well', async () => {
    world.network.fault('slack', befalling({ kind: 'down' }));
    await failure();
    await post([BEGAN], { kind: 'new' });
    expect(shown()).toHaveLength(1);
  });
});
