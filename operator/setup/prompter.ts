/** A person at a terminal who can be asked. Null wherever there is none: nobody is ever asked without one. */
import type { Language } from '../../src/dial-list/list';
import { Cancelled } from '../fault';

export type Option = { readonly value: string; readonly label: string; readonly hint?: string };

export type Prompter = {
  text(question: string, initial?: string): Promise<string>;
  /** @param otherwise what an empty answer stands for; shown nowhere */
  secret(question: string, otherwise?: string): Promise<string>;
  yes(question: string): Promise<boolean>;
  one(question: string, options: readonly Option[], initial?: string): Promise<string>;
  several(question: string, options: readonly Option[]): Promise<readonly string[]>;
};

/** A pipe at either end, or a CI, is nobody: clack would end the process without a word. */
export const isSomebodyThere = (
  { stdin, stdout }: { stdin: { isTTY?: boolean }; stdout: { isTTY?: boolean } },
  env: NodeJS.ProcessEnv,
): boolean => Boolean(stdin.isTTY && stdout.isTTY) && !env.CI;

/** Loaded only where somebody is there: it is an ES module, and it takes the terminal over. */
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
