/** The findings as a person reads them: a line each, and what to do under those that are not right. */
import pc from 'picocolors';
import stringWidth from 'string-width';
import type { Language } from '../../src/dial-list/list';
import { wrapped } from '../../switchboard/terminal/wrap';
import { text } from '../text';
import type { Chapter } from './examine';
import type { Finding, Mark } from './finding';

const SIGN: Readonly<Record<Mark, string>> = { right: '✓', wrong: '✗', unknown: '?' };

export type Look = { readonly language: Language; readonly width: number; readonly hasColour: boolean };

export function report(chapters: readonly Chapter[], look: Look): string {
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
    wrapped([{ text: words }], room).map((line) => line.map(({ text: part }) => part).join(''));
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
  const count = (mark: Mark) => all.filter((finding) => finding.mark === mark).length;
  const c = pc.createColors(hasColour);
  const [right, wrong, unknown] = [count('right'), count('wrong'), count('unknown')];
  const words =
    wrong === 0
      ? text(
          `${SIGN.right} ${right} right, ${unknown} that cannot be known from here.`,
          `${SIGN.right} 正常 ${right} 件、ここからは分からないもの ${unknown} 件。`,
        )
      : text(
          `${SIGN.wrong} ${wrong} wrong: the phone may not ring. ${right} right, ${unknown} not to be known from here.`,
          `${SIGN.wrong} 異常 ${wrong} 件: 電話が鳴らないおそれがあります。正常 ${right} 件、不明 ${unknown} 件。`,
        );
  return (wrong === 0 ? c.green : c.red)(words[language]);
}

const padded = (words: string, column: number) =>
  words + ' '.repeat(Math.max(0, column - stringWidth(words)));

/** For scripts: one object a finding. */
export function asJson(chapters: readonly Chapter[], language: Language): string {
  const findings = chapters.flatMap(({ findings }) => findings);
  return JSON.stringify(
    {
      ok: findings.every(({ mark }) => mark !== 'wrong'),
      findings: findings.map(({ id, mark, what, found, remedy }) => ({
        id,
        mark,
        what: what[language],
        found: found[language],
        ...(remedy && mark !== 'right' && { remedy: remedy[language] }),
      })),
    },
    null,
    2,
  );
}
