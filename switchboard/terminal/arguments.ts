/** What `npm start -- …` was asked for. Every fault is a value, so that the caller says it in the reader's language. */
import { parseArgs } from 'node:util';
import type { Language } from '../../src/dial-list/list';
import { languageOf } from './language';

export type Arguments = {
  /** The Functions' port; the phone room's is the next. */
  readonly port: number;
  /** Virtual seconds in one of the wall clock's. */
  readonly speed: number;
  readonly once: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
};

export type ArgumentFault =
  | { readonly kind: 'unknown'; readonly given: string }
  | { readonly kind: 'value'; readonly name: keyof typeof VALUES };

export type Reading = { readonly language: Language } & (
  | { readonly ok: true; readonly given: Arguments }
  | { readonly ok: false; readonly fault: ArgumentFault }
);

const options = {
  port: { type: 'string' },
  speed: { type: 'string' },
  lang: { type: 'string' },
  once: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Two ports are needed, so the last one will not do. */
const VALUES = {
  port: (text: string) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_534,
  speed: (text: string) => /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 && Number(text) <= 1000,
  lang: (text: string) => text === 'ja' || text === 'en',
};

export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv): Reading {
  const { values, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const text = (name: keyof typeof VALUES) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const lang = text('lang');
  const language = lang === 'ja' || lang === 'en' ? lang : languageOf(env);

  for (const token of tokens) {
    if (token.kind === 'positional') return refused(language, { kind: 'unknown', given: token.value });
    if (token.kind !== 'option') continue;
    const known = Object.hasOwn(options, token.name) && options[token.name as keyof typeof options];
    if (!known || (known.type === 'boolean' && token.value !== undefined))
      return refused(language, { kind: 'unknown', given: token.rawName });
    if (known.type === 'string' && !VALUES[token.name as keyof typeof VALUES](token.value ?? ''))
      return refused(language, { kind: 'value', name: token.name as keyof typeof VALUES });
  }
  const given: Arguments = {
    port: Number(text('port') ?? 3000),
    speed: Number(text('speed') ?? 20),
    once: values.once === true,
    verbose: values.verbose === true,
    help: values.help === true,
  };
  return { language, ok: true, given };
}

const refused = (language: Language, fault: ArgumentFault): Reading => ({ language, ok: false, fault });
