/** Everything that posts to Slack. Loaded only when there is news: a phone must not wait for it. */
import type { SlackConfig } from '../platform/config';
import { slackBot } from './bot';
import type { Slack, SlackOptions } from './poster';
import { slackWebhook } from './webhook';

export const slackOf = (config: SlackConfig, options?: SlackOptions): Slack =>
  config.kind === 'bot' ? slackBot(config, options) : slackWebhook(config, options);
