import type { DialList } from '../../src/dial-list/list';
import { withoutNumbers } from '../../src/platform/log';
import { type ExchangeEvent, numbers, type SlackMessage, type Switchboard } from '..';
import { aboutAlert } from '../drill/alerts';
import { widthForText } from './layout';
import { liveRow } from './live-row';
import { phoneTeller } from './phone-teller';
import type { Phrases } from './phrases';
import { type Row, span, type Who } from './row';
import type { Screen } from './screen';
import { slackTeller } from './slack-teller';

export type Storyteller = {
  slack(message: SlackMessage, kind: 'posted' | 'updated'): void;
  /** A log line or a warning. */
  logLine(text: string): void;
  /** Updates the moving line. */
  frame(hasKeys: boolean): void;
};

const MACKEREL: Who = { name: 'Mackerel', role: 'mackerel' };

/** Shows on the screen what happens on the switchboard. */
export function storyteller(
  board: Switchboard,
  setup: {
    readonly list: DialList;
    readonly phrases: Phrases;
    readonly screen: Screen;
    readonly verbose: boolean;
  },
): Storyteller {
  const { list, phrases, screen, verbose } = setup;
  const { clock, exchange, mackerel } = board;
  const phones = phoneTeller(list, phrases, numbers);
  const channel = slackTeller(list, phrases);
  const tell = (...rows: readonly Row[]) => screen.print(...rows);
  const faintly = (text: string) => tell({ at: clock.now(), spans: [span(withoutNumbers(text), 'faint')] });

  exchange.on((event) => {
    tell(...phones.tell(event));
    if (verbose && event.kind === 'webhook-answered') faintly(webhookLine(event));
  });

  mackerel.on((news) => {
    const at = clock.now();
    if (news.kind === 'raised') {
      const { id, spec } = news.alert;
      tell({ at, who: MACKEREL, spans: [span(phrases.raised(id, aboutAlert(spec)), 'bad')] });
    }
    if (news.kind === 'closed')
      tell({ at, who: MACKEREL, spans: [span(phrases.closed(news.alert.id), 'good')] });
  });

  return {
    slack: (message, kind) => tell(...channel(clock.now(), message, kind)),
    logLine: faintly,
    frame(hasKeys) {
      const width = widthForText(screen.columns());
      screen.live(liveRow(clock.now(), phones.now, { phrases, width, hasKeys }));
    },
  };
}

const webhookLine = ({ hook, status }: Extract<ExchangeEvent, { kind: 'webhook-answered' }>) =>
  `${hook.kind} ${hook.url.pathname} → ${status}`;
