import * as fc from 'fast-check';
import { fitted, speakable } from '../../../src/speech/fit';

/** A Polly voice takes 3,000 characters, and 4,500 when URL-encoded: docs/api/errors/13521 */
const isSpokenByTwilio = (text: string) =>
  new TextEncoder().encode(text).length <= 3000 && encodeURIComponent(text).length <= 4500;

/** What XML 1.0 allows: w3.org/TR/xml/#charsets */
const XML_TEXT = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

const LONE_SURROGATE = '\ud83d';

describe('speakable', () => {
  test.each([
    ['plain text stays', 'Disk is full', 'Disk is full'],
    ['Japanese stays', 'ディスクが、いっぱいです。', 'ディスクが、いっぱいです。'],
    ['an emoji stays whole', '🔥 db1 👩‍🚒', '🔥 db1 👩‍🚒'],
    ['line ends and tabs are blanks', 'CPU\r\n\tload', 'CPU load'],
    ['an ideographic space is a blank', '佐藤　一郎', '佐藤 一郎'],
    ['no blank at either end', '  db1 \n', 'db1'],
    ['a control character is a blank', 'db1\u0000\u0007db2\u009f', 'db1 db2'],
    ['a code point without a character is a blank', 'db1\uffffdb2', 'db1 db2'],
    ['a character of private use is a blank', 'db1\ue000db2', 'db1 db2'],
    ['nothing at all', '\u0000 \n', ''],
    ['XML’s own signs are left to the TwiML', 'load < 5 & "high"', 'load < 5 & "high"'],
  ])('%s', (_why, text, clean) => {
    expect(speakable(text)).toBe(clean);
  });

  test.each([
    ['the first half', `db1 ${LONE_SURROGATE} db2`],
    ['the second half', 'db1 \ude00 db2'],
    ['the halves the wrong way round', 'db1 \ude00\ud83d db2'],
    ['a half at the end', `db1 db2${LONE_SURROGATE}`],
  ])('half a character does no harm: %s', (_why, text) => {
    const clean = speakable(text);
    expect(clean.isWellFormed()).toBe(true);
    expect(clean).toContain('db1');
    expect(clean).toContain('db2');
  });
});

describe('fitted', () => {
  test.each([
    ['a short text stays', 'Disk is full.', 'Disk is full.'],
    ['it is cleaned', ' Disk\n is full. ', 'Disk is full.'],
    ['nothing stays nothing', '', ''],
    ['as many letters as Twilio speaks', 'a'.repeat(3000), 'a'.repeat(3000)],
    ['as much Japanese as it speaks', 'あ'.repeat(500), 'あ'.repeat(500)],
  ])('%s', (_why, text, spoken) => {
    expect(fitted(text)).toBe(spoken);
  });

  test.each([
    ['letters without a place to cut', 'a'.repeat(3001), 2997],
    ['Japanese without a place to cut', 'あ'.repeat(501), 499],
    ['emoji without a place to cut', '🔥'.repeat(400), 374],
  ])('%s are cut as late as can be', (_why, text, characters) => {
    const spoken = [...fitted(text)];
    expect(spoken.pop()).toBe('…');
    expect(spoken).toHaveLength(characters);
    expect(new Set(spoken).size).toBe(1);
  });

  test.each([
    ['behind a sentence', `${'あ、い '.repeat(90)}。${'う、え '.repeat(90)}`, `${'あ、い '.repeat(90)}。…`],
    [
      'behind a full-width exclamation mark',
      `${'あ、い'.repeat(120)}！${'う、え'.repeat(120)}`,
      `${'あ、い'.repeat(120)}！…`,
    ],
    ['else behind a phrase', `${'あ い'.repeat(140)}、${'う え'.repeat(140)}`, `${'あ い'.repeat(140)}、…`],
    ['else behind a word', `${'あ'.repeat(400)} ${'い'.repeat(400)}`, `${'あ'.repeat(400)}…`],
    [
      'but not where most would be lost',
      `${'あ'.repeat(100)}。${'い'.repeat(900)}`,
      `${'あ'.repeat(100)}。${'い'.repeat(398)}…`,
    ],
    ['not at a decimal point', `${'a'.repeat(2500)} Used:95.${'38'.repeat(800)}`, `${'a'.repeat(2500)}…`],
    [
      'not at a decimal point for which there is just room',
      `${'a'.repeat(2500)} ${'b'.repeat(493)}95.3838`,
      `${'a'.repeat(2500)}…`,
    ],
    [
      'not within a number, for half of one is another',
      `${'あ'.repeat(490)}${'1'.repeat(100)}`,
      `${'あ'.repeat(490)}…`,
    ],
    [
      'not within a host’s name',
      `The disk of ${'db1.example.com '.repeat(150)}${'x'.repeat(900)}`,
      `The disk of ${'db1.example.com '.repeat(150).trim()}…`,
    ],
    [
      'not within a time or a large number',
      `${'a'.repeat(2500)} 12:00,1${'0'.repeat(600)}`,
      `${'a'.repeat(2500)}…`,
    ],
    [
      'behind an exclamation mark before a blank',
      `${'a'.repeat(1000)}! ${'a'.repeat(1000)}?! ${'b'.repeat(2000)}`,
      `${'a'.repeat(1000)}! ${'a'.repeat(1000)}?!…`,
    ],
    [
      'behind a sentence that ends where the room does',
      `${'a'.repeat(2996)}. ${'b'.repeat(2000)}`,
      `${'a'.repeat(2996)}.…`,
    ],
  ])('a long text is cut %s', (_why, text, spoken) => {
    expect(fitted(text)).toBe(spoken);
  });

  test('as many sentences stay as there is room for', () => {
    const sentence = 'The disk of db1 is full. ';
    const [spoken] = [fitted(sentence.repeat(200))];
    const kept = Math.floor((3000 - '…'.length * 3 + 1) / sentence.length);
    expect(spoken).toBe(`${sentence.repeat(kept).trim()}…`);
  });
});

/** Any text, halves of characters and all, long enough to have to be cut as often as not. */
const anyText = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        fc.constantFrom('。', '、', '. ', ', ', ' ', '\n', 'アラート', '🔥', '&', '%', LONE_SURROGATE),
      ),
      { maxLength: 30 },
    ),
    fc.integer({ min: 1, max: 100 }),
  )
  .map(([parts, times]) => parts.join('').repeat(times));

describe('whatever the text', () => {
  test('speakable gives whole characters that XML allows, and is content with its own work', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = speakable(text);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).toMatch(XML_TEXT);
        expect(speakable(clean)).toBe(clean);
      }),
    );
  });

  test('fitted gives what Twilio speaks: all of the clean text, or its beginning and an ellipsis', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = speakable(text);
        const spoken = fitted(text);
        expect(spoken.isWellFormed()).toBe(true);
        expect(isSpokenByTwilio(spoken)).toBe(true);
        if (isSpokenByTwilio(clean)) {
          expect(spoken).toBe(clean);
        } else {
          expect(spoken.at(-1)).toBe('…');
          const kept = spoken.slice(0, -1);
          expect(clean.startsWith(kept)).toBe(true);
          // Not half of it is lost for the sake of a full stop.
          expect(encodeURIComponent(kept).length + new TextEncoder().encode(kept).length).toBeGreaterThan(
            1500,
          );
        }
      }),
    );
  });
});
