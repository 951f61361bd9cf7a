/** All that is needed to post to Slack. Loaded only when there is news: a phone must not wait for it. */
import type { SlackConfig } from '../config';
import { slackBot } from './bot';
import type { OnRequest } from './limited-fetch';
import type { Slack } from './poster';
import { slackWebhook } from './webhook';

export const slackOf = (config: SlackConfig, onRequest?: OnRequest): Slack =>
  config.kind === 'bot' ? slackBot(config, onRequest) : slackWebhook(config, onRequest);
