/** What the operator's commands have in common: options, the language, `--help`, and how a fault is reported. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import pc from 'picocolors';
import type { Language } from '../src/dial-list/list';
import { languageOf } from '../switchboard/terminal/language';
import { StepFault } from './fault';
import type { Text } from './text';

const COMMON = { lang: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } } as const;

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;
type Values<Options extends OptionsConfig> = ReturnType<typeof parseArgs<{ options: Options }>>['values'];

/** Ends the process, with `run`'s exit code or with 2: a neighbour that does not answer must not hold it up. */
export async function command<const Options extends OptionsConfig>(
  usage: Text,
  options: Options,
  run: (values: Values<Options>, language: Language) => Promise<number>,
): Promise<void> {
  let language = languageOf(process.env);
  let code = 2;
  try {
    const { values } = parseArgs({ options: { ...options, ...COMMON } });
    const { lang, help } = values as { readonly lang?: string; readonly help?: boolean };
    if (lang === 'ja' || lang === 'en') language = lang;
    if (help) process.stdout.write(`${usage[language]}\n`);
    code = help ? 0 : await run(values as Values<Options>, language);
  } catch (fault) {
    process.stderr.write(`${pc.red('✗')} ${inWords(fault as Error, language)}\n`);
  }
  process.stdout.write('', () => process.exit(code));
}

const inWords = (fault: Error, language: Language): string =>
  fault instanceof StepFault ? `${fault.what[language]}\n  → ${fault.remedy[language]}` : fault.message;
