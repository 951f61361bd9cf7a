/** That the checks against what Slack and Mackerel publish bite, and let what is right pass. Every story goes through them. */
import { mackerelAnswerFaults, mackerelRequestFaults } from '../../switchboard/mackerel/published';
import { slackAnswerFaults, slackRequestFaults } from '../../switchboard/slack/published';

const answer = (body: object) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('@slack/web-api/dist/types', () => {
  const asked = (method: string, body: object) => ({
    method: 'POST',
    url: new URL(`https://slack.com/api/${method}`),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const post = (more: object) => asked('chat.postMessage', { channel: 'C012AB3CD', text: 'x', ...more });

  test.each([
    ['a message', post({})],
    ['a reply', post({ thread_ts: '1.2' })],
    ['a reply that stands in the channel too', post({ thread_ts: '1.2', reply_broadcast: true })],
    ['a picture', post({ attachments: [{ fallback: 'x', image_url: 'https://example.com/x.png' }] })],
    ['an update', asked('chat.update', { channel: 'C012AB3CD', ts: '1.2', text: 'x' })],
    ['all channels', asked('conversations.list', { types: 'public_channel', limit: 900 })],
    ['who we are', asked('auth.test', {})],
  ])('%s passes', (_what, request) => {
    expect(slackRequestFaults(request)).toEqual([]);
  });

  test.each([
    ['an argument that Slack does not know', post({ threadTs: '1.2' })],
    ['a number where a text belongs', post({ thread_ts: 1.2 })],
    ['no channel', asked('chat.postMessage', { text: 'x' })],
    ['nothing to say', asked('chat.postMessage', { channel: 'C012AB3CD' })],
    ['a reply to nothing, in the channel', post({ reply_broadcast: true })],
    ['an unknown field of an attachment', post({ attachments: [{ fallback: 'x', imageUrl: 'x' }] })],
    ['an update of nothing', asked('chat.update', { channel: 'C012AB3CD', text: 'x' })],
    ['a method that there is not', asked('chat.shout', {})],
  ])('%s does not', (_what, request) => {
    expect(slackRequestFaults(request)).not.toEqual([]);
  });

  test('a form is read by what its fields are: as the SDK sends it', () => {
    const form = {
      method: 'POST',
      url: new URL('https://slack.com/api/conversations.history'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ channel: 'C012AB3CD', oldest: '1700000000', limit: '15' }).toString(),
    };
    expect(slackRequestFaults(form)).toEqual([]);
    expect(slackRequestFaults({ ...form, body: `${form.body}&since=1` })).not.toEqual([]);
  });

  test('answers are held against it, too', () => {
    const request = asked('conversations.info', { channel: 'C012AB3CD' });
    expect(slackAnswerFaults(request, answer({ ok: true, channel: { id: 'C012AB3CD' } }))).toEqual([]);
    expect(slackAnswerFaults(request, answer({ ok: false, error: 'channel_not_found' }))).toEqual([]);
    expect(slackAnswerFaults(request, answer({ ok: true, channel: { isArchived: true } }))).not.toEqual([]);
    expect(slackAnswerFaults(request, answer({ channel: {} }))).not.toEqual([]);
  });

  test('an incoming webhook has arguments of its own', () => {
    const hook = (body: object) => ({
      ...asked('x', body),
      url: new URL('https://hooks.slack.com/services/T0/B0/X0'),
    });
    expect(slackRequestFaults(hook({ text: 'x', attachments: [{ fallback: 'x' }] }))).toEqual([]);
    expect(slackRequestFaults(hook({ text: 'x', thread: '1.2' }))).not.toEqual([]);
  });
});

describe('mackerel.io/api-docs/entry', () => {
  const asked = (method: string, path: string, body?: object | readonly object[]) => ({
    method,
    url: new URL(`https://api.mackerelio.com/api/v0/${path}`),
    headers: {},
    body: body === undefined ? '' : JSON.stringify(body),
  });
  const group = {
    name: 'Example notification group',
    notificationLevel: 'all',
    childNotificationGroupIds: [],
    childChannelIds: ['2vh7AZ21abc'],
  };

  test.each([
    [
      'the example of a group',
      asked('POST', 'notification-groups', { ...group, services: [{ name: 'shop' }] }),
    ],
    ['the example of metrics', asked('POST', 'services/shop/tsdb', [{ name: 'a.b', time: 1, value: 2 }])],
    ['a closing', asked('POST', 'alerts/2bj/close', { reason: 'x' })],
    ['a reading', asked('GET', 'alerts?withClosed=true')],
  ])('%s passes', (_what, request) => {
    expect(mackerelRequestFaults(request)).toEqual([]);
  });

  test.each([
    [
      'a level that there is not',
      asked('POST', 'notification-groups', { ...group, notificationLevel: 'warning' }),
    ],
    [
      'a group without its children',
      asked('POST', 'notification-groups', { name: 'x', notificationLevel: 'all' }),
    ],
    [
      'a re-send sooner than 10 minutes',
      asked('POST', 'monitors', { type: 'external', name: 'x', url: 'https://x', notificationInterval: 5 }),
    ],
    [
      'a field of answers in a request',
      asked('POST', 'monitors', {
        type: 'external',
        name: 'x',
        url: 'https://x',
        certificationLimitWarning: 5,
      }),
    ],
    [
      'a metric with a blank in its name',
      asked('POST', 'services/shop/tsdb', [{ name: 'a b', time: 1, value: 2 }]),
    ],
    [
      'a title of 251 characters',
      asked('POST', 'graph-annotations', { title: 'x'.repeat(251), from: 1, to: 2, service: 'shop' }),
    ],
    ['a body with a reading', asked('GET', 'alerts', {})],
    ['a path that there is not', asked('GET', 'alarms')],
  ])('%s does not', (_what, request) => {
    expect(mackerelRequestFaults(request)).not.toEqual([]);
  });

  test('answers are held against it, too', () => {
    const request = asked('GET', 'alerts/2bj');
    const alert = { id: '2bj', status: 'CRITICAL', monitorId: '2bk', type: 'host', openedAt: 1 };
    expect(mackerelAnswerFaults(request, answer(alert))).toEqual([]);
    expect(mackerelAnswerFaults(request, answer({ ...alert, status: 'critical' }))).not.toEqual([]);
    expect(mackerelAnswerFaults(request, answer({ ...alert, isOpen: true }))).not.toEqual([]);
  });
});
