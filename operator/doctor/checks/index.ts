/** All checks, in the order in which they are shown. */
import { text } from '../../text';
import type { Chapter, Neighbour } from '../check';
import { account } from './account';
import { arrived } from './arrived';
import { deployed } from './deployed';
import { mackerel } from './mackerel';
import { mackerelRules } from './mackerel-rules';
import { numbers } from './numbers';
import { people } from './people';
import { slack } from './slack';
import { sync } from './sync';
import { unknowable } from './unknowable';

const TWILIO: Neighbour = { name: 'Twilio', status: 'https://status.twilio.com' };
const SYNC: Neighbour = { ...TWILIO, name: 'Twilio Sync' };
const SLACK: Neighbour = { name: 'Slack', status: 'https://slack-status.com' };
const MACKEREL: Neighbour = { name: 'Mackerel', status: 'https://status.mackerel.io' };

export const CHAPTERS: readonly Chapter[] = [
  { title: text('Deployed', 'デプロイ'), neighbour: TWILIO, checks: () => deployed },
  { title: text('Twilio', 'Twilio'), neighbour: TWILIO, checks: () => account },
  { title: text('Numbers', '電話番号'), neighbour: TWILIO, checks: numbers },
  { title: text('Memory', '状態の保存'), neighbour: SYNC, checks: () => sync },
  { title: text('Slack', 'Slack'), neighbour: SLACK, checks: () => slack },
  {
    title: text('Mackerel', 'Mackerel'),
    neighbour: MACKEREL,
    checks: () => [...mackerel, ...mackerelRules],
  },
  {
    title: text('What Mackerel has sent', 'Mackerel から届いたもの'),
    neighbour: SYNC,
    checks: () => arrived,
  },
  { title: text('People', 'メンバー'), neighbour: TWILIO, checks: people },
  {
    title: text('Only a rehearsal can show', '訓練でしか分からないこと'),
    neighbour: TWILIO,
    checks: () => unknowable,
  },
];
