/** The dial list and `.env`, each by itself and together, as they will be deployed. */

import { checkDialList } from '../../src/dial-list/check';
import type { DialList, Language } from '../../src/dial-list/list';
import { judgePhone } from '../../src/dial-list/phone-number';
import { readConfig } from '../../src/platform/config';
import { type EnvFault, type EnvFile, readEnvFile } from './env-file';
import type { Finding } from './finding';
import { decoded } from './list-encoding';
import { parsed } from './list-syntax';
import { buildPhrases } from './phrases';

export const LIST_FILE = 'src/assets/dial-list.private.json';
export const ENV_FILE = '.env';

export type Judgement = {
  /** Undefined if it has faults. */
  readonly list?: DialList;
  readonly faults: readonly Finding[];
  /** Warnings, which do not stop the build. */
  readonly warnings: readonly Finding[];
};

/** @param env the text of `.env`; null if there is none */
export function judge(listBytes: Uint8Array, env: string | null, language: Language): Judgement {
  const { list, faults } = judgeList(listBytes, language);
  const file = readEnvFile(env ?? '');
  const ofEnv = ({ name, words, line }: EnvFault): Finding => ({
    file: ENV_FILE,
    line,
    place: name,
    message: words[language],
  });
  return {
    list,
    faults: [
      ...faults,
      ...file.faults.map(ofEnv),
      ...(list ? [...missing(list, file, language), ...callingThemselves(list, file, language)] : []),
    ],
    warnings: [
      ...(list ? samples(list, file, language) : []),
      ...(env === null ? [] : [...file.doubts.map(ofEnv), ...withoutSlack(file, language)]),
    ],
  };
}

function judgeList(bytes: Uint8Array, language: Language): { list?: DialList; faults: Finding[] } {
  const text = decoded(bytes);
  const finding = (line: number, message: string, place?: string) => ({
    file: LIST_FILE,
    line,
    place,
    message,
  });
  if (!text.ok) return { faults: [finding(text.line, text.words[language])] };
  const json = parsed(text.text);
  if (!json.ok) return { faults: json.faults.map(({ line, words }) => finding(line, words[language])) };
  const checked = checkDialList(json.value, language);
  if (checked.ok) return { list: checked.list, faults: [] };
  return {
    faults: checked.faults.map(({ path, place, message }) => finding(json.lineOf(path), message, place)),
  };
}

/** What the list needs of `.env`. Faulty settings were reported before. */
function missing({ start }: DialList, { env, faults }: EnvFile, language: Language): Finding[] {
  if (start === 'call') return [];
  const { neededToRing, neededToHear } = buildPhrases[language];
  const needed = [
    ['CALLER_ID', neededToRing],
    ['MACKEREL_WEBHOOK_USER', neededToHear],
    ['MACKEREL_WEBHOOK_PASSWORD', neededToHear],
  ] as const;
  return needed
    .filter(([name]) => !env[name] && !faults.some((fault) => fault.name === name))
    .map(([place, message]) => ({ file: ENV_FILE, place, message }));
}

/** Twilio places no call from a number to itself: docs/api/errors/21211 */
function callingThemselves({ members }: DialList, { env }: EnvFile, language: Language): Finding[] {
  const names = members.filter(({ phone }) => phone === env.CALLER_ID).map(({ name }) => name);
  if (names.length === 0) return [];
  return [{ file: ENV_FILE, place: 'CALLER_ID', message: buildPhrases[language].callsItself(names) }];
}

function samples({ members }: DialList, { env }: EnvFile, language: Language): Finding[] {
  const isSample = (phone: string) => judgePhone(phone).kind === 'sample';
  const { madeUp, madeUpCallerId } = buildPhrases[language];
  const names = members.filter(({ phone }) => isSample(phone)).map(({ name }) => name);
  return [
    ...(names.length > 0 ? [{ file: LIST_FILE, place: 'members', message: madeUp(names) }] : []),
    ...(isSample(env.CALLER_ID ?? '')
      ? [{ file: ENV_FILE, place: 'CALLER_ID', message: madeUpCallerId }]
      : []),
  ];
}

function withoutSlack({ env }: EnvFile, language: Language): Finding[] {
  return readConfig(env).slack ? [] : [{ file: ENV_FILE, message: buildPhrases[language].noSlack }];
}
