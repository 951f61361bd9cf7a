/** All that is needed to post to Slack. Loaded only when there is news: a phone must not wait for it. */
import type { SlackConfig } from '../config';
import { botPoster } from './bot';
import type { Poster } from './poster';
import { webhookPoster } from './webhook';

export const posterTo = (slack: SlackConfig): Poster =>
  slack.kind === 'bot' ? botPoster(slack) : webhookPoster(slack);
