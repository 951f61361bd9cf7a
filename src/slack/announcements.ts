/** Posts that belong to no page. A name that Slack refuses must not keep people from hearing that nobody is rung. */
import { REQUEST } from '../platform/budget';
import { sendInSomeForm, WHOLE } from './forms';
import { troubleText } from './news-text';
import { phrasesIn } from './phrase-book';
import type { Slack } from './poster';

export function announcements(
  warn: (message: string) => void,
  send: (text: string) => Promise<unknown>,
): Pick<Slack, 'announceConnected' | 'announceTrouble'> {
  async function announce(text: string, plain: string): Promise<void> {
    const until = Date.now() + 2 * REQUEST.slackMs;
    await sendInSomeForm(WHOLE, { until, warn }, ({ words }) => send(words === 'all' ? text : plain));
  }
  return {
    announceConnected: (language) => announce(phrasesIn(language).connected, phrasesIn(language).connected),
    announceTrouble: (language, what) =>
      announce(troubleText(language, what), phrasesIn(language).plain.nobody),
  };
}
