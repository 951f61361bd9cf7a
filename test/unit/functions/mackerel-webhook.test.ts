/** Mackerel's webhook, as it comes in over HTTP. mackerel.io/docs/entry/howto/alerts/webhook */

import { handler } from '../../../src/functions/mackerel-webhook';
import type { Env } from '../../../src/platform/config';
import { platform } from '../../support/platform';
import { standIns } from '../../support/stand-ins';
import { openStory, type Story, type StoryOptions } from '../../support/story';

let story: Story | null = null;
afterEach(() => {
  story?.close();
  story = null;
});

function open(options: StoryOptions = {}): Story {
  story = openStory({ mackerel: { webhook: true }, ...options });
  return story;
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const MACKEREL = basic('mackerel:switchboard');
const alert = {
  id: '2bj1',
  status: 'critical',
  isOpen: true,
  monitorName: 'disk',
  metricValue: 95,
  metricLabel: 'disk %',
};
const opened = { event: 'alert', type: 'host', alert };
const closed = { event: 'alert', alert: { ...alert, status: 'ok', isOpen: false } };

async function post(story: Story, body: object, authorization = MACKEREL) {
  const answering = story.functions.handle({
    method: 'POST',
    url: new URL(`${story.publicUrl}/mackerel-webhook`),
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(body),
  });
  await story.untilQuiet();
  const { status, headers, body: answer } = await answering;
  expect(headers['content-type']).toMatch(/^application\/json/);
  return { status, body: JSON.parse(answer) };
}

const asked = (story: Story) => story.network.log.map(({ neighbour }) => neighbour);

describe('503: it is not set up, whoever asks', () => {
  const body = {
    error: 'The webhook is not set up. Set MACKEREL_WEBHOOK_USER and MACKEREL_WEBHOOK_PASSWORD and deploy',
  };

  test.each<[string, Env, string]>([
    ['neither user nor password', {}, MACKEREL],
    ['no password', { MACKEREL_WEBHOOK_USER: 'mackerel' }, basic('mackerel:')],
    ['no user', { MACKEREL_WEBHOOK_PASSWORD: 'switchboard' }, basic(':switchboard')],
    ['both of them empty', { MACKEREL_WEBHOOK_USER: '', MACKEREL_WEBHOOK_PASSWORD: '' }, basic(':')],
    [
      'a user that no client could send',
      { MACKEREL_WEBHOOK_USER: 'a:b', MACKEREL_WEBHOOK_PASSWORD: 'c' },
      basic('a:b:c'),
    ],
  ])('%s', async (_, env, authorization) => {
    const world = standIns();
    const twilios = platform(world);
    const event = { ...opened, request: { headers: { authorization }, cookies: {} } };
    expect(await twilios.call(handler, '/mackerel-webhook', event, env)).toEqual({
      status: 503,
      type: 'application/json',
      body,
    });
    expect(world.network.log).toEqual([]);
    twilios.close();
    world.close();
  });
});

describe('401: anybody might say so', () => {
  const body = {
    error: 'Wrong user or password. Write them into the URL: https://USER:PASSWORD@…/mackerel-webhook',
  };

  test.each([
    ['no credentials', ''],
    ['a wrong password', basic('mackerel:switchboards')],
    ['a wrong user', basic('sasame:switchboard')],
    ['another scheme', 'Bearer switchboard'],
  ])('%s', async (_, authorization) => {
    const story = open();
    for (const said of [opened, closed, { event: 'sample' }, { event: 'hostRetire' }, {}]) {
      expect(await post(story, said, authorization)).toEqual({ status: 401, body });
    }
    expect(asked(story)).toEqual([]);
    expect(story.log.join()).not.toMatch(/switchboards|2bj1/);
  });

  test('credentials in the body are none', async () => {
    const story = open();
    const said = { ...opened, authorization: MACKEREL, headers: { authorization: MACKEREL } };
    expect(await post(story, said, '')).toEqual({ status: 401, body });
  });
});

describe('400: the fault is named', () => {
  test.each([
    ['nothing', {}, 'event is missing or not a text'],
    ['no alert', { event: 'alert' }, 'alert is missing'],
    ['no id', { event: 'alert', alert: { ...alert, id: undefined } }, 'alert.id is missing'],
    [
      'half a character for an id',
      { event: 'alert', alert: { ...alert, id: '\ud800' } },
      'alert.id is not an id',
    ],
    [
      'an id of 300 KB',
      { event: 'alert', alert: { ...alert, id: 'x'.repeat(300_000) } },
      'alert.id is not an id',
    ],
  ])('%s', async (_, said, fault) => {
    const story = open();
    expect(await post(story, said)).toEqual({
      status: 400,
      body: { error: `This is not a notification from Mackerel: ${fault}` },
    });
    // An alert that nobody can read may be trouble: people are told to look.
    const isAlert = 'event' in said;
    expect(story.slackShows()).toEqual(isAlert ? [expect.stringContaining('`alert`')] : []);
    expect(asked(story).includes('slack')).toBe(isAlert);
  });
});

describe('200: understood', () => {
  const ok = { status: 200, body: { ok: true } };

  test.each(['hostStatus', 'hostRegister', 'hostRetire', 'monitor'])(
    'the event %s is no business of ours',
    async (event) => {
      const story = open();
      expect(await post(story, { orgName: 'switchboard', event })).toEqual(ok);
      expect(asked(story)).toEqual([]);
    },
  );

  test('Mackerel’s test button is told in Slack', async () => {
    const story = open({ list: { language: 'en' } });
    expect(await post(story, { event: 'sample', message: 'Sample Notification from Mackerel' })).toEqual(ok);
    expect(story.slackShows()).toEqual([':link: Mackerel is connected']);
  });

  test.each([
    ['is not set up', { slack: 'none' } as const, undefined],
    ['is down', {}, { kind: 'down' } as const],
    ['is silent', {}, { kind: 'hang' } as const],
  ])('Mackerel’s test button, where Slack %s', async (_, options, fault) => {
    const story = open(options);
    story.network.fault('slack', fault);
    expect(await post(story, { event: 'sample' })).toEqual(ok);
  });

  test('an alert that opens is learned of, and rings nobody: its call does', async () => {
    const story = open();
    expect(await post(story, opened)).toEqual(ok);
    expect(story.exchange.calls).toEqual([]);
    expect(story.sync.items('mackerel-kaden.details')).toMatchObject([
      { data: { id: '2bj1', status: 'critical', monitor: 'disk', value: 95, metric: 'disk %' } },
    ]);
  });

  test('an alert that closes, of which nobody has heard', async () => {
    const story = open();
    expect(await post(story, closed)).toEqual(ok);
    expect(story.exchange.calls).toEqual([]);
  });

  test.each(['down', 'hang'] as const)('whatever Sync does: %s', async (kind) => {
    const story = open();
    story.network.fault('sync', { kind });
    expect(await post(story, opened)).toEqual(ok);
    expect(await post(story, closed)).toEqual(ok);
    expect(story.functions.invocations.every(({ ms }) => ms < 10_000)).toBe(true);
  });
});
