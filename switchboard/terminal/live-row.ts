import type { AtThePhone } from './phone-teller';
import type { Phrases } from './phrases';
import { type Row, type Span, span } from './row';

/** The moving line under the story: how long a phone has been ringing or in use, or which keys there are. */
export function liveRow(
  now: number,
  atThePhone: AtThePhone | undefined,
  setup: { readonly phrases: Phrases; readonly width: number; readonly hasKeys: boolean },
): Row {
  const { phrases, width, hasKeys } = setup;
  if (!atThePhone) return { at: now, spans: hasKeys ? [span(phrases.keys, 'faint')] : [span('…', 'faint')] };
  const { who, since, doing, most } = atThePhone;
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const spans =
    doing === 'talking'
      ? [span(phrases.onTheLine(seconds), 'good')]
      : [...bar(Math.min(1, seconds / most), width), span(`  ${phrases.ringing(seconds, most)}`)];
  return { at: now, who, spans };
}

const MOST_BAR = 30;
const ROOM_FOR_SECONDS = 20;

function bar(part: number, width: number): Span[] {
  const whole = Math.max(5, Math.min(MOST_BAR, width - ROOM_FOR_SECONDS));
  const full = Math.round(part * whole);
  return [span('━'.repeat(full), 'good'), span('─'.repeat(whole - full), 'faint')].filter(
    ({ text }) => text !== '',
  );
}
