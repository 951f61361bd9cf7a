import { paintFor } from '../../../switchboard/terminal/paint';
import { blank, type Row, span } from '../../../switchboard/terminal/row';
import { openScreen } from '../../../switchboard/terminal/screen';

const setup = { names: 4, timeZone: 'UTC', paint: paintFor(false) };
const row = (second: number, name: string, text: string): Row => ({
  at: second * 1000,
  who: { name, role: 'member' },
  spans: [span(text)],
});

function open(isTTY: boolean) {
  process.env.TERM = 'xterm';
  const written: string[] = [];
  const out = { isTTY, columns: 80, write: (text: string) => written.push(text) > 0 };
  return { screen: openScreen(out as never, setup), written };
}

test('the same person in the same second is not named again, and there is no blank line twice', () => {
  const { screen, written } = open(false);
  screen.print(
    row(1, '佐藤', 'a'),
    row(1.2, '佐藤', 'b'),
    row(2, '佐藤', 'c'),
    row(2, '鈴木', 'd'),
    blank,
    blank,
  );
  screen.print(row(2, '鈴木', 'e'));
  expect(written.join('')).toBe(
    [
      '  00:00:01  佐藤  a',
      '                  b',
      '  00:00:02  佐藤  c',
      '  00:00:02  鈴木  d',
      '',
      '  00:00:02  鈴木  e',
      '',
    ].join('\n'),
  );
});

test('a line that moves stays under the story on a TTY, and is gone at the end', () => {
  const { screen, written } = open(true);
  screen.live(row(1, '佐藤', '━─'));
  screen.live(row(1, '佐藤', '━─'));
  screen.print(row(2, '佐藤', 'answers'));
  screen.close();
  expect(written).toEqual([
    '\x1b[?25l  00:00:01  佐藤  ━─',
    '\r\x1b[2K  00:00:02  佐藤  answers\n  00:00:01  佐藤  ━─',
    '\r\x1b[2K\x1b[?25h',
  ]);
});

test('nothing moves where it is no TTY', () => {
  const { screen, written } = open(false);
  screen.live(row(1, '佐藤', '━─'));
  screen.close();
  expect(written).toEqual([]);
});
