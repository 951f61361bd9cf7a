/** A person at a terminal. Null if there is none: then nothing is ever asked. */
import type { Language } from '../../src/dial-list/list';
import { Cancelled } from '../fault';

export type Option = { readonly value: string; readonly label: string; readonly hint?: string };

export type Prompter = {
  text(question: string, initial?: string): Promise<string>;
  /** @param otherwise what an empty answer means; shown nowhere */
  secret(question: string, otherwise?: string): Promise<string>;
  yes(question: string): Promise<boolean>;
  one(question: string, options: readonly Option[], initial?: string): Promise<string>;
  several(question: string, options: readonly Option[]): Promise<readonly string[]>;
};

/** With a pipe at either end, or in a CI, there is nobody: clack would end the process silently. */
export const isSomebodyThere = (
  { stdin, stdout }: { stdin: { isTTY?: boolean }; stdout: { isTTY?: boolean } },
  env: NodeJS.ProcessEnv,
): boolean => Boolean(stdin.isTTY && stdout.isTTY) && !env.CI;

/** Loaded only if somebody is there: it is an ES module, and it takes over the terminal. */
export async function terminalPrompter(language: Language): Promise<Prompter> {
  const clack = await import('@clack/prompts');
  const answered = <T>(given: T): Exclude<T, symbol> => {
    if (clack.isCancel(given)) throw new Cancelled();
    return given as Exclude<T, symbol>;
  };
  const empty = language === 'ja' ? '入力してください' : 'Write something';
  const isEmpty = (value: string | undefined) => (value?.trim() ? undefined : empty);
  return {
    text: async (message, initialValue) =>
      answered(await clack.text({ message, initialValue, validate: isEmpty })).trim(),
    secret: async (message, otherwise) => {
      const validate = otherwise === undefined ? isEmpty : undefined;
      return answered(await clack.password({ message, validate }))?.trim() || (otherwise ?? '');
    },
    yes: async (message) => answered(await clack.confirm({ message })),
    one: async (message, options, initialValue) =>
      answered(await clack.select({ message, options: [...options], initialValue })),
    several: async (message, options) =>
      answered(await clack.multiselect({ message, options: [...options], required: false })),
  };
}
