/** What can be wrong at Slack and Mackerel. */
import { answers, type Board, type FaultCase, fault, onDetails, set } from './case';

const channel = ({ mackerel }: Board, wanted: string) =>
  mackerel.organization.channels.find(({ type }) => type === wanted);
const clock = ({ mackerel }: Board) =>
  mackerel.organization.monitors.find(({ type }) => type === 'external') as { [field: string]: unknown };
const group = ({ mackerel }: Board, wanted: string) =>
  mackerel.organization.groups.find(({ type, name }) => type === wanted || name === wanted);

export const AT_SLACK: readonly FaultCase[] = [
  fault('a token that Slack refuses', 'wrong slack.token', 'invalid_auth', undefined, {
    env: { SLACK_BOT_TOKEN: 'xoxb-old' },
  }),
  fault('no Slack at all', 'wrong slack.token', 'nothing is posted', undefined, {
    env: { SLACK_BOT_TOKEN: '' },
  }),
  fault('an incoming webhook alone', 'unknown slack.token', 'incoming webhook', undefined, {
    env: { SLACK_BOT_TOKEN: '', SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/X0' },
  }),
  fault('a missing scope', 'wrong slack.scopes', 'channels:read', ({ slack }) =>
    set(slack.workspace, { scopes: ['channels:read'] }),
  ),
  fault('no scope to look at channels', 'unknown slack.channel', 'no permission', ({ slack }) =>
    set(slack.workspace, { scopes: ['chat:write'] }),
  ),
  fault('a channel without the bot', 'wrong slack.channel', 'not in #kaden', ({ slack }) =>
    set(slack.workspace.channels[0], { isWithoutBot: true }),
  ),
  fault('an archived channel', 'wrong slack.channel', 'archived', ({ slack }) =>
    set(slack.workspace.channels[0], { isArchived: true }),
  ),
  fault('a channel that is not there', 'wrong slack.channel', 'channel_not_found', undefined, {
    env: { SLACK_CHANNEL: 'C0NOWHERE' },
  }),
];

export const AT_MACKEREL: readonly FaultCase[] = [
  fault('a wrong API key', 'wrong mackerel.key', 'Mackerel answered 40', undefined, {
    env: { MACKEREL_API_KEY: 'nonsense' },
  }),
  fault('no API key', 'unknown mackerel.key', 'not set', undefined, { env: { MACKEREL_API_KEY: '' } }),
  fault('an IP restriction', 'wrong mackerel.ip-restriction', 'no fixed address', ({ mackerel }) =>
    set(mackerel.organization, { apiRestriction: ['192.0.2.0/24'] }),
  ),
  fault('a key that Functions do not have', 'wrong mackerel.from-functions', 'no key', ({ network }) =>
    network.fault(
      'functions',
      onDetails(answers({ ok: true, assets: {}, sync: { ok: true }, mackerel: null })),
    ),
  ),
  fault(
    'a service that Mackerel does not have',
    'wrong mackerel.service',
    'no service shop',
    ({ mackerel }) => set(mackerel.organization, { services: ['blog'] }),
  ),
  fault('a key that may not post figures', 'wrong mackerel.service', 'may not write', undefined, {
    env: { MACKEREL_API_KEY: 'key-that-reads' },
  }),
  fault('no channel that reaches us', 'wrong mackerel.channels', 'none that reaches us', ({ mackerel }) =>
    mackerel.organization.channels.splice(1),
  ),
  fault('a suspended channel', 'wrong mackerel.channels', 'suspended: mackerel-kaden', (board) =>
    set(channel(board, 'twilio'), { suspendedAt: 1 }),
  ),
  fault('the phone in the default group', 'wrong mackerel.group', 'every alert is a phone call', (board) =>
    group(board, 'group-default')?.childChannelIds.push('2chTwilio000'),
  ),
  fault('the phone in no group', 'wrong mackerel.group', 'in no group', (board) =>
    group(board, 'mackerel-kaden')?.childChannelIds.splice(0),
  ),
  fault('a monitor that does not re-send', 'wrong mackerel.resends', 'memory', ({ mackerel }) =>
    mackerel.organization.monitors.push({ id: '2moMemory000', type: 'host', name: 'memory' }),
  ),
  fault(
    'a webhook that is not told of alerts',
    'wrong mackerel.events',
    'alerts are not among them',
    (board) => set(channel(board, 'webhook'), { events: ['hostStatus'] }),
  ),
  fault(
    'groups that nobody can be rung for',
    'wrong mackerel.events',
    'no number rings',
    (board) => set(channel(board, 'webhook'), { events: ['alert', 'alertGroup'] }),
    { env: { CALLER_ID: '' } },
  ),
  fault('no clock', 'wrong mackerel.clock', 'no clock', ({ mackerel }) =>
    mackerel.organization.monitors.splice(1, 1),
  ),
  fault('a muted clock', 'wrong mackerel.clock', 'muted', (board) => set(clock(board), { isMute: true })),
  fault('a clock that takes any answer for good', 'wrong mackerel.clock', 'any answer below 400', (board) =>
    set(clock(board), { expectedStatusCode: undefined }),
  ),
  fault('a clock that tells the phone', 'wrong mackerel.clock', 'the phone that it says is dead', (board) =>
    set(group(board, 'mackerel-kaden') as { monitors?: object[] }, {
      monitors: [{ id: '2moClock0000', skipDefault: true }],
    }),
  ),
];
