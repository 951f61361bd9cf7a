/** A dial list as people's editors write it: each slip is named with its line, and what to write instead. */
import Encoding from 'encoding-japanese';
import { judge } from '../../scripts/build/judge';

const told = (written: string | Uint8Array, language: 'ja' | 'en' = 'en') =>
  judge(typeof written === 'string' ? Buffer.from(written) : written, null, language).faults.map(
    ({ line, message }) => `${line}: ${message}`,
  );

const list = (...lines: readonly string[]) => ['{ "members": [', ...lines, '] }'].join('\n');
const sato = '{ "name": "佐藤", "phone": "+815000000001" }';

test('a list that is right', () => {
  expect(told(list(sato))).toEqual([]);
});

const quotes = 'write straight double quotes (") instead';
const bareNumber = 'put phone numbers, dates and times in double quotes, as in "+815000000001"';
const bareWord = 'put keys and words in double quotes, as in "name": "Sato"';
const noComma = 'write a comma (,) at the end of this';
const commaTooMany = 'take out the comma (,) after the last one';
const comment = 'is a comment; JSON has no comments, so take it out';

describe('no JSON', () => {
  test.each([
    ['a comma is missing between members', list(sato, sato), [`2: ${noComma}`]],
    ['a comma is missing between keys', '{\n"rounds": 3\n"members": []\n}', [`2: ${noComma}`]],
    ['a comma behind the last member', list(`${sato},`), [`2: ${commaTooMany}`]],
    ['a comma behind the last key', '{\n"rounds": 3,\n}', [`2: ${commaTooMany}`]],
    ['comments', list('// who', `/* first */ ${sato}`), [`2: ${comment}`, `3: ${comment}`]],
    ['a comment as in YAML', list('# who', sato), [`2: ${comment}`]],
    ['a number without quotes', list('{ "name": "佐藤", "phone": +815000000042 }'), [`2: ${bareNumber}`]],
    ['a national number without quotes', list('{ "phone": 05000000042 }'), [`2: ${bareNumber}`]],
    ['… with hyphens', list('{ "phone": 050-0000-0042 }'), [`2: ${bareNumber}`]],
    ['… in full width', list('{ "phone": ０５０００００００４２ }'), [`2: ${bareNumber}`]],
    ['a date without quotes', '{ "rotation": { "since": 2026-11-22 } }', [`1: ${bareNumber}`]],
    ['a name without quotes', list('{ "name": 佐藤 }'), [`2: ${bareWord}`]],
    ['a key without quotes', list('{ name: "佐藤" }'), [`2: ${bareWord}`]],
    ['single quotes', list("{ 'name': '佐藤' }"), [`2: ${quotes}`]],
    ['quotes of a word processor', list('{ “name”: "佐藤" }'), [`2: ${quotes}`]],
    ['a full-width colon', list('{ "name"： "佐藤" }'), ['2: write : as a half-width character']],
    ['a full-width comma', list(`${sato}、${sato}`), ['2: write , as a half-width character']],
    [
      'a wide blank',
      list(`\u3000${sato}`),
      ['2: has a full-width space outside quotes; write an ordinary one'],
    ],
    [
      'a bracket that is not closed',
      '{ "members": [\n{ "name": "佐藤" }',
      ['2: write the closing ] after this'],
    ],
    [
      'one too many',
      `${list(sato)}\n}`,
      ['4: goes on after the end of the list; look for an extra closing bracket'],
    ],
    [
      'a quote that is not closed',
      list('{ "name": "佐藤 }'),
      ['2: write the closing double quote (") on the same line'],
    ],
    ['nothing', '', ['1: is empty; write { "members": [ … ] }']],
  ])('%s', (_what, written, faults) => {
    expect(told(written)).toEqual(faults);
    expect(told(written, 'ja').join()).toMatch(/[ぁ-ん]/);
    expect(told(written).join()).not.toMatch(/0042|４２/);
  });
});

test('a number that JSON itself would take is told to stand in quotes', () => {
  expect(told(list('{ "name": "佐藤", "phone": 815000000042 }'))).toEqual([
    '2: write a phone number in E.164 and in quotes, as in "+815000000001"',
  ]);
});

test('keys that stand twice, of which the last would count', () => {
  const twice = [
    '{',
    '"rounds": 3,',
    '"members": [',
    '{ "name": "佐藤", "phone": "+815000000001",',
    '"name": "鈴木" }',
    '],',
    '"rounds": 5',
    '}',
  ];
  expect(told(twice.join('\n'))).toEqual([
    '5: "name" is already on line 4; take one of the two out',
    '7: "rounds" is already on line 2; take one of the two out',
  ]);
});

test('a fault of the list itself has the line where it stands, or what it is missing in', () => {
  expect(told(list('{ "name": "佐藤",', '"phone": "+81500" },', '{ "name": "鈴木" }'))).toEqual([
    expect.stringMatching(/^3: write a phone number in E\.164/),
    '4: is missing',
  ]);
});

describe('another encoding', () => {
  const inEncoding = (to: Encoding.Encoding, text: string) =>
    new Uint8Array(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to }));

  test.each([
    ['SJIS', 'Shift_JIS'],
    ['EUCJP', 'EUC-JP'],
    ['JIS', 'ISO-2022-JP'],
  ] as const)('%s', (encoding, name) => {
    const written = inEncoding(encoding, list(sato));
    expect(told(written)).toEqual([`2: this is ${name}; save the file as UTF-8`]);
    expect(told(written, 'ja')).toEqual([`2: ${name}です。UTF-8で保存し直してください`]);
  });

  test.each(['UTF16LE', 'UTF16BE'] as const)('%s, as Windows writes it', (encoding) => {
    expect(told(inEncoding(encoding, `\uFEFF${list(sato)}`))).toEqual([
      '1: this is UTF-16; save the file as UTF-8',
    ]);
  });

  test('a byte-order mark', () => {
    expect(told(`\uFEFF${list(sato)}`)).toEqual([
      '1: begins with a byte-order mark; save the file as UTF-8 without one ("BOM")',
    ]);
  });

  test.each(['"佐\uFFFD"', '"佐\\ufffd"'])('a character that another program lost: %s', (name) => {
    expect(told(list(`{ "name": ${name}, "phone": "+815000000001" }`))).toEqual([
      '2: has a character that was lost when the file was converted (U+FFFD); write it anew',
    ]);
  });

  test('no text at all', () => {
    expect(told(new Uint8Array([0x7b, 0x0a, 0xff, 0x7d]))).toEqual([
      '2: this is no UTF-8; save the file as UTF-8',
    ]);
  });
});
