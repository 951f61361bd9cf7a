import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withEmoji } from '../../../switchboard/terminal/emoji';
import { plain } from '../../../switchboard/terminal/row';
import { slackSpans } from '../../../switchboard/terminal/slack-text';
import { member } from '../../support/on-duty';

const readers = {
  members: [member('佐藤', { slackUserId: 'U012AB3CD' })],
  timeZone: 'Asia/Tokyo',
  language: 'ja',
} as const;

// docs.slack.dev/messaging/formatting-message-text
test.each([
  [':rotating_light: *Mackerel alert* `2bj`', '🚨 Mackerel alert 2bj'],
  [':telephone_receiver: <@U012AB3CD> を呼び出し中', '📞 @佐藤 を呼び出し中'],
  ['*<@U012AB3CD> took it*', '@佐藤 took it'],
  ['<@U999> too', '@U999 too'],
  ['<!channel> :x:', '@channel ❌'],
  ['<https://example.com/a|the alert>', 'the alert'],
  ['<https://example.com/a>', 'https://example.com/a'],
  ['> *loadavg5*: 2.26 &gt; 1.96', '▎loadavg5: 2.26 > 1.96'],
  ['<!date^1795370412^{date_short_pretty} {time}|2026-11-22 18:00 UTC> から', '2026/11/23 3:00 から'],
  ['R&amp;D &lt;night&gt;', 'R&D <night>'],
  [':no_such_emoji: 09:00:00', ':no_such_emoji: 09:00:00'],
  ['2 * 3 and `open', '2 * 3 and `open'],
])('%s', (written, seen) => {
  expect(plain(slackSpans(written, readers))).toBe(seen);
});

test('strong, code and mentions look different', () => {
  expect(slackSpans('*a <@U012AB3CD>* `b`', readers)).toEqual([
    { text: 'a ', tone: 'strong' },
    { text: '@佐藤', tone: 'mention' },
    { text: ' ' },
    { text: 'b', tone: 'code' },
  ]);
});

test('every emoji that the product writes is known', () => {
  const folder = join(__dirname, '../../../src/slack');
  const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const names = source.join('\n').match(/:[a-z_]+:/g) ?? [];
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => withEmoji(name) === name)).toEqual([]);
});
