/** Where an answer comes from: a flag, `.env`, a person; and what happens without any of these. */

import type { Language } from '../../src/dial-list/list';
import { StepFault } from '../fault';
import { type Text, text } from '../text';
import type { EnvStore } from './env-store';
import type { Option, Prompter } from './prompter';
import type { Telling } from './telling';

/** What is wrong with a value; null = nothing. */
export type Check = (value: string) => Promise<Text | null>;

type Value = {
  /** Its name in `.env`. */
  readonly name: string;
  readonly question: Text;
  readonly isSecret?: boolean;
  /** It may be left empty. */
  readonly isOptional?: boolean;
  /** On the command line; never for a secret, which others could read there. */
  readonly flag?: string;
  /** From what is typed or given to what is saved. */
  readonly check: Check;
};

export type Asking = {
  readonly isUnattended: boolean;
  /** The value, checked and written into `.env`; null if it may be left empty and is. */
  value(wanted: Value): Promise<string | null>;
  one(flag: string, question: Text, options: readonly Option[], initial?: string): Promise<string | null>;
  several(flag: string, question: Text, options: readonly Option[]): Promise<readonly string[]>;
  /** Whether something may be done. To replace something, `--yes` is not enough. */
  may(what: Text, kind?: 'adds' | 'replaces'): Promise<boolean>;
  /** A value that is used now and not saved; from the environment, or from a person. Null if there is neither. */
  once(name: string, question: Text): Promise<string | null>;
  /** As it was given on the command line. */
  flag(name: string): string | undefined;
  readonly language: Language;
};

export type Answers = {
  readonly env: EnvStore;
  /** By flag. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  /** The process's own environment: for what must stand in no file. */
  readonly surroundings: Readonly<Record<string, string | undefined>>;
  /** What a practice account has, if nothing else is given; by name in `.env`. */
  readonly crib: Readonly<Record<string, string>>;
  readonly prompter: Prompter | null;
  readonly isDryRun: boolean;
  readonly saysYes: boolean;
  readonly saysReplace: boolean;
};

/** In a practice, nobody has to know a made-up token. */
const BY_ENTER = text(' (practice: just press Enter)', '（練習: Enter だけで進めます）');

export function asking(
  { env, flags, crib, prompter, surroundings, isDryRun, saysYes, saysReplace }: Answers,
  tell: Telling,
): Asking {
  const { language } = tell;
  const isUnattended = prompter === null || saysYes;

  async function typed({ name, question, isSecret }: Value): Promise<string | null> {
    if (isUnattended || !prompter) return crib[name] ?? null;
    if (!isSecret) return prompter.text(question[language], crib[name]);
    const hint = crib[name] === undefined ? '' : BY_ENTER[language];
    return prompter.secret(question[language] + hint, crib[name]);
  }

  return {
    isUnattended,
    async value(wanted) {
      const { name, isOptional, flag, check } = wanted;
      let given = (flag && flags[flag]) || env.get(name) || null;
      if (given === null && isOptional && prompter && !isUnattended) {
        const wants = text(`Set ${name} up now?`, `${name} を今設定しますか？`);
        if (!(await prompter.yes(wants[language]))) return null;
      }
      for (;;) {
        given ??= await typed(wanted);
        if (given === null && isOptional) return null;
        if (given === null) throw isMissing(name, flag);
        const fault = await check(given);
        if (!fault) break;
        if (isUnattended) throw new StepFault(fault, correctIt(name, flag));
        tell.wrong(fault);
        given = null;
      }
      env.set(name, given);
      return given;
    },
    async one(flag, question, options, initial) {
      const given = flags[flag];
      if (given !== undefined) {
        if (options.some(({ value }) => value === given)) return given;
        const values = options.map(({ value }) => value).join(', ');
        throw new StepFault(
          text(
            `--${flag} ${given} is none of these: ${values}`,
            `--${flag} ${given} は選べません: ${values}`,
          ),
          text('Write one of them.', 'いずれかを指定してください。'),
        );
      }
      if (isUnattended || !prompter) return initial ?? null;
      return prompter.one(question[language], options, initial);
    },
    async several(flag, question, options) {
      const given = flags[flag];
      if (given !== undefined) return given.split(',').filter(Boolean);
      if (isUnattended || !prompter || options.length === 0) return [];
      return prompter.several(question[language], options);
    },
    async may(what, kind = 'adds') {
      // Nothing is done, so there is nothing to ask.
      if (isDryRun) return true;
      if (kind === 'adds' && saysYes) return true;
      if (kind === 'replaces' && saysReplace) return true;
      return prompter && !saysYes ? prompter.yes(what[language]) : false;
    },
    async once(name, question) {
      const given =
        surroundings[name] || (isUnattended || !prompter ? null : await prompter.secret(question[language]));
      if (given) tell.hide(given);
      return given || null;
    },
    flag: (name) => flags[name],
    language,
  };
}

function isMissing(name: string, flag?: string): StepFault {
  return new StepFault(
    text(`${name} is missing`, `${name} がありません`),
    flag
      ? text(`Write it into .env, or give --${flag}.`, `.env に書くか、--${flag} で指定してください。`)
      : text('Write it into .env, or run this in a terminal.', '.env に書くか、端末で実行してください。'),
  );
}

const correctIt = (name: string, flag?: string): Text =>
  text(
    `Correct ${name} in .env${flag ? `, or give --${flag}` : ''}, and run this again.`,
    `.env の ${name} を直して${flag ? `（または --${flag} を指定して）` : ''}、もう一度実行してください。`,
  );
