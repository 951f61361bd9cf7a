import { slackOf } from '../../../src/slack';
import { batch } from '../../support/news-batches';
import { BEGAN } from '../../support/on-duty';
import { SLACK, type StandIns, standIns } from '../../support/stand-ins';

let world: StandIns;
beforeEach(() => {
  world = standIns();
});
afterEach(() => world.close());

test.each([
  ['a bot', { kind: 'bot', token: SLACK.token, channel: SLACK.channel }, 'bot'],
  ['a webhook', { kind: 'webhook', url: SLACK.webhookUrl }, 'webhook'],
] as const)('%s posts as it is set up', async (_, config, via) => {
  let requests = 0;
  const slack = slackOf(config, { onRequest: () => requests++ });
  await world.soon(slack.post(batch([BEGAN], { kind: 'new' })));
  expect(world.slack.messages).toMatchObject([{ via }]);
  expect(requests).toBe(1);
});

test.each([
  ['a bot', { kind: 'bot', token: SLACK.token, channel: SLACK.channel }],
  ['a webhook', { kind: 'webhook', url: SLACK.webhookUrl }],
] as const)('%s tells that Mackerel is connected', async (_, config) => {
  await world.soon(slackOf(config).announceConnected('en'));
  expect(world.slack.messages).toMatchObject([{ text: ':link: Mackerel is connected' }]);
});
