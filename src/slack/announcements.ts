/** What is told of no page. A name that Slack does not take must not keep people from hearing that nobody is rung. */

import { sendInSomeForm } from './forms';
import { LIMIT_MS } from './limited-fetch';
import { troubleText } from './news-text';
import { phrasesIn } from './phrase-book';
import type { Slack } from './poster';

const FIRST = { mention: false, inThread: false, words: 'all' } as const;

export function announcements(
  warn: (message: string) => void,
  send: (text: string) => Promise<unknown>,
): Pick<Slack, 'announceConnected' | 'announceTrouble'> {
  async function announce(text: string, plain: string): Promise<void> {
    const until = Date.now() + 2 * LIMIT_MS;
    await sendInSomeForm(FIRST, { until, warn }, ({ words }) => send(words === 'all' ? text : plain));
  }
  return {
    announceConnected: (language) => announce(phrasesIn(language).connected, phrasesIn(language).connected),
    announceTrouble: (language, what) =>
      announce(troubleText(language, what), phrasesIn(language).plain.nobody),
  };
}
