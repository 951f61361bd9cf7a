import stringWidth from 'string-width';
import { linesOf } from '../../../switchboard/terminal/layout';
import { paintFor } from '../../../switchboard/terminal/paint';
import { span, type Who } from '../../../switchboard/terminal/row';
import { cut, wrapped } from '../../../switchboard/terminal/wrap';

const at = Date.parse('2026-11-22T18:00:12Z');
const columns = { width: 44, names: 8, timeZone: 'Asia/Tokyo' };
const member = (name: string, place = 0): Who => ({ name, role: 'member', place });
const uncoloured = paintFor(false);

test('time, name and text stand in columns, wide letters or not', () => {
  const rows = ['佐藤', 'Mackerel', 'Bartholomew', 'さくら太郎'].map((name) => ({
    at,
    who: member(name),
    spans: [span('rings')],
  }));
  expect(rows.flatMap((row) => linesOf(row, columns, uncoloured))).toEqual([
    '  03:00:12  佐藤      rings',
    '  03:00:12  Mackerel  rings',
    '  03:00:12  Barthol…  rings',
    '  03:00:12  さくら…   rings',
  ]);
});

test('a text too long goes on under its own beginning, behind its margin', () => {
  const row = { at, who: member('佐藤'), margin: '│ ↳ ', spans: [span('one two three four five six seven')] };
  expect(linesOf(row, columns, uncoloured)).toEqual([
    '  03:00:12  佐藤      │ ↳ one two three four',
    '                      │   five six seven',
  ]);
});

test('no colour, no escape; colour does not move the columns', () => {
  const row = { at, who: member('佐藤'), margin: '│ ', spans: [span('強', 'strong'), span('い', 'good')] };
  const [plain = ''] = linesOf(row, columns, uncoloured);
  const [painted = ''] = linesOf(row, columns, paintFor(true));
  expect(plain).toBe('  03:00:12  佐藤      │ 強い');
  expect(painted).toContain('\x1b[');
  expect(stringWidth(painted)).toBe(stringWidth(plain));
});

test.each([
  ['対応する場合は1を、次の人に回す場合は2を押してください。', 24],
  ['「さとうさん、マカレルのアラートです。」', 16],
  ['すもももももももものうち', 5],
  ['https://example.com/a/very/long/address/without/spaces', 20],
  ['📞 佐藤 を呼び出し中 (1/3人目, 1周目)', 14],
])('%s in %i columns', (text, width) => {
  const lines = wrapped([span(text)], width).map((line) => line.map((piece) => piece.text).join(''));
  expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  for (const line of lines) {
    expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(line).not.toMatch(/^[、。」)]/);
    expect(line).not.toMatch(/[「(]$/);
  }
});

test.each([
  ['高橋', 4, '高橋'],
  ['高橋', 3, '高…'],
  ['👨‍👩‍👧 family', 4, '👨‍👩‍👧 …'],
])('%s cut to %i columns: %s', (text, width, shown) => {
  expect(cut(text, width)).toBe(shown);
});
