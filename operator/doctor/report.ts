/** The findings for a person: a line each, and what to do under those that are not right. */
import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Language } from '../../src/dial-list/list';
import { wrapped } from '../../switchboard/terminal/wrap';
import { text } from '../text';
import type { Finding, Mark } from './check';
import { type ChapterFound, isWell } from './examine';

const SIGN: Readonly<Record<Mark, string>> = { right: '✓', wrong: '✗', unknown: '?' };

export type Look = { readonly language: Language; readonly width: number; readonly hasColour: boolean };

export function report(chapters: readonly ChapterFound[], look: Look): string {
  const { language } = look;
  const all = chapters.flatMap(({ findings }) => findings);
  const column = Math.max(...all.map(({ what }) => stringWidth(what[language])));
  const c = pc.createColors(look.hasColour);
  const parts = chapters
    .filter(({ findings }) => findings.length > 0)
    .map(({ title, findings }) =>
      [c.bold(title[language]), ...findings.flatMap((finding) => lines(finding, column, look))].join('\n'),
    );
  return `${[...parts, summary(all, look)].join('\n\n')}\n`;
}

function lines({ mark, what, found, remedy }: Finding, column: number, look: Look): string[] {
  const { language, width } = look;
  const c = pc.createColors(look.hasColour);
  const paint = { right: c.green, wrong: c.red, unknown: c.yellow }[mark];
  const left = `  ${paint(SIGN[mark])} ${padded(what[language], column)}  `;
  const indent = ' '.repeat(column + 6);
  const room = Math.max(24, width - column - 6);
  const broken = (words: string) =>
    wrapped([{ text: words }], room).map((line) =>
      line
        .map(({ text: part }) => part)
        .join('')
        .trimEnd(),
    );
  const [first = '', ...rest] = broken(found[language]);
  return [
    left + first,
    ...rest.map((line) => indent + line),
    ...(remedy && mark !== 'right'
      ? broken(`→ ${remedy[language]}`).map((line) => indent + c.dim(line))
      : []),
  ];
}

function summary(all: readonly Finding[], { language, hasColour }: Look): string {
  const count = (is: (finding: Finding) => boolean) => all.filter(is).length;
  const c = pc.createColors(hasColour);
  const right = count(({ mark }) => mark === 'right');
  const wrong = count(({ mark }) => mark === 'wrong');
  const unchecked = count(({ isUnchecked = false }) => isUnchecked);
  const unknown = count(({ mark }) => mark === 'unknown') - unchecked;
  const rest = text(
    `${right} right, ${unknown} not to be known from here.`,
    `正常 ${right} 件、ここからは分からないもの ${unknown} 件。`,
  );
  if (wrong === 0 && unchecked === 0) return c.green(`${SIGN.right} ${rest[language]}`);
  const words = text(
    `${wrong} wrong, ${unchecked} could not be checked: the phone may not ring. ${rest.en}`,
    `異常 ${wrong} 件、確認できなかったもの ${unchecked} 件: 電話が鳴らないおそれがあります。${rest.ja}`,
  );
  return c.red(`${SIGN.wrong} ${words[language]}`);
}

const padded = (words: string, column: number) =>
  words + ' '.repeat(Math.max(0, column - stringWidth(words)));

/** For scripts: one object a finding. */
export function asJson(chapters: readonly ChapterFound[], language: Language): string {
  const findings = chapters.flatMap(({ findings }) => findings);
  return JSON.stringify(
    {
      ok: isWell(chapters),
      findings: findings.map(({ id, mark, what, found, remedy, isUnchecked }) => ({
        id,
        mark,
        ...(isUnchecked && { unchecked: true }),
        what: what[language],
        found: found[language],
        ...(remedy && mark !== 'right' && { remedy: remedy[language] }),
      })),
    },
    null,
    2,
  );
}
