/** The output: a line a finding. Secrets never get through, whoever quotes them. */
import pc from 'picocolors';
import type { Language } from '../../src/dial-list/list';
import { wrapped } from '../../switchboard/terminal/wrap';
import type { Text } from '../text';

export type Telling = {
  readonly language: Language;
  title(words: Text): void;
  /** It is so. */
  right(words: Text): void;
  /** It was just done; or would be, in a dry run. */
  done(words: Text): void;
  /** Worth knowing, and not wrong. */
  hint(words: Text): void;
  wrong(words: Text, remedy?: Text): void;
  /** To be done by hand. */
  todo(words: Text): void;
  /** As it is: to be copied. */
  plain(words: string): void;
  /** Never shows it, whoever quotes it. */
  hide(secret: string): void;
};

export type Screen = {
  readonly language: Language;
  readonly write: (line: string) => void;
  /** Columns; lines are not broken where left out. */
  readonly width?: number;
};

/** @param secrets what must not be shown; a short one would cut into words, and does not count */
export function telling(
  { language, write, width = Number.POSITIVE_INFINITY }: Screen,
  secrets: () => readonly string[],
  isDryRun: boolean,
): Telling {
  const hidden: string[] = [];
  const withoutSecrets = (words: string) =>
    [...secrets(), ...hidden]
      .filter((secret) => secret.length >= 8)
      .reduce((shown, secret) => shown.replaceAll(secret, '…'), words);
  /** What does not fit goes on below, behind the mark. */
  const line = (mark: string, words: string, indent = '    ') => {
    const lines = wrapped([{ text: withoutSecrets(words) }], width - indent.length);
    const texts = lines.map((spans) =>
      spans
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    );
    write(`${mark}${texts.join(`\n${indent}`)}\n`);
  };
  const would = language === 'ja' ? '［予定］' : 'would: ';
  return {
    language,
    title: (words) => write(`\n${pc.bold(words[language])}\n`),
    right: (words) => line(`  ${pc.green('✓')} `, words[language]),
    done: (words) => line(`  ${pc.cyan('+')} `, (isDryRun ? would : '') + words[language]),
    hint: (words) => line(`  ${pc.yellow('!')} `, words[language]),
    wrong(words, remedy) {
      line(`  ${pc.red('✗')} `, words[language]);
      if (remedy) line(`    → `, remedy[language], '      ');
    },
    todo: (words) => line('    [ ] ', words[language], '        '),
    plain: (words) => write(`        ${withoutSecrets(words)}\n`),
    hide: (secret) => void hidden.push(secret),
  };
}
