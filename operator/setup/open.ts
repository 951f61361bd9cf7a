/** Everything that the steps work with, by the options. */
import { join } from 'node:path';
import twilio from 'twilio';
import type { DialList, Language } from '../../src/dial-list/list';
import type { BlankPractice } from '../practice/blank';
import { mackerelOf } from '../service/mackerel';
import { type Answers, asking } from './asking';
import { envStore } from './env-store';
import type { Setup } from './setup';
import { telling } from './telling';

type Wanted = Pick<
  Answers,
  'flags' | 'prompter' | 'surroundings' | 'isDryRun' | 'saysYes' | 'saysReplace'
> & {
  /** The project's folder. */
  readonly root: string;
  readonly list: DialList;
  readonly language: Language;
  readonly environment: string;
  /** Null for the real accounts. */
  readonly practice: Pick<BlankPractice, 'crib' | 'childEnv'> | null;
  readonly write: (line: string) => void;
  readonly width?: number;
};

/** What is never shown. */
const SECRET = /TOKEN|PASSWORD|KEY|WEBHOOK_URL/;

export function openSetup(wanted: Wanted): Setup {
  const { environment, isDryRun, language, list, practice, root, width, write } = wanted;
  const env = envStore(join(root, '.env'), join(root, '.env.example'), !isDryRun);
  const crib = practice?.crib ?? {};
  const secrets = () =>
    Object.entries({ ...crib, ...env.all() })
      .filter(([name]) => SECRET.test(name))
      .map(([, value]) => value);
  const tell = telling({ language, write, width }, secrets, isDryRun);
  return {
    root,
    env,
    list,
    tell,
    isDryRun,
    isPractice: practice !== null,
    environment,
    childEnv: practice?.childEnv ?? {},
    ask: asking({ ...wanted, env, crib }, tell),
    twilio: () => twilio(env.get('ACCOUNT_SID'), env.get('AUTH_TOKEN')),
    mackerel: (key) => mackerelOf(key),
    found: {},
    todo: [],
  };
}
