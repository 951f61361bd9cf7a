/** Slack's names of the emoji that the product's messages use. */
const EMOJI: Readonly<Record<string, string>> = {
  arrow_right: '➡️',
  chart_with_upwards_trend: '📈',
  eyes: '👀',
  grey_question: '❔',
  heavy_plus_sign: '➕',
  hourglass: '⌛',
  information_source: 'ℹ️',
  large_yellow_circle: '🟡',
  link: '🔗',
  memo: '📝',
  mobile_phone_off: '📴',
  mute: '🔇',
  red_circle: '🔴',
  repeat: '🔁',
  rotating_light: '🚨',
  speech_balloon: '💬',
  telephone: '☎️',
  telephone_receiver: '📞',
  test_tube: '🧪',
  warning: '⚠️',
  white_check_mark: '✅',
  white_circle: '⚪',
  x: '❌',
  zzz: '💤',
};

/** Unknown names stay as they are written, as in Slack. */
export const withEmoji = (text: string): string =>
  text.replace(/:([a-z0-9_+-]+):/g, (written, name: string) => EMOJI[name] ?? written);
