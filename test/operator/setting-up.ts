/** Somebody who sets mackerel-kaden up on the switchboard, and what there is when they are through. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BlankPractice, openBlankPractice } from '../../operator/practice/blank';
import { openSetup } from '../../operator/setup/open';
import type { Prompter } from '../../operator/setup/prompter';
import { runSetup } from '../../operator/setup/run';
import type { DialList } from '../../src/dial-list/list';
import { builtList, type WireRequest } from '../../switchboard';

const project = join(__dirname, '../..');
export const list = builtList() as DialList;

export const openBlank = (options?: Parameters<typeof openBlankPractice>[2]) =>
  openBlankPractice(project, list, options);

export type Manner = {
  readonly language?: 'ja' | 'en';
  readonly isDryRun?: boolean;
  readonly saysReplace?: boolean;
  readonly flags?: Readonly<Record<string, string>>;
  readonly crib?: Readonly<Record<string, string>>;
  readonly surroundings?: Readonly<Record<string, string>>;
  readonly childEnv?: Readonly<Record<string, string>>;
  readonly prompter?: Prompter;
};

/** Runs it once, and gives its exit code and what it says. */
export async function setUp(practice: BlankPractice, manner: Manner = {}) {
  const { language = 'en', isDryRun = false, saysReplace = false, flags = {}, surroundings = {} } = manner;
  const { crib = practice.crib, childEnv = practice.childEnv, prompter } = manner;
  const said: string[] = [];
  const setup = openSetup({
    root: practice.root,
    list,
    language,
    environment: 'dev',
    flags,
    surroundings,
    isDryRun,
    saysYes: !prompter,
    saysReplace,
    prompter: prompter ?? null,
    practice: { crib, childEnv },
    write: (line) => void said.push(line.trimEnd()),
  });
  const code = await runSetup(setup);
  return { code, said: said.join('\n'), done: said.filter((line) => /^ {2}\S*\+/.test(line)) };
}

/** `.env`; empty if there is none. */
export function envFile({ root }: BlankPractice): string {
  try {
    return readFileSync(join(root, '.env'), 'utf8');
  } catch {
    return '';
  }
}

export const setting = (practice: BlankPractice, name: string) =>
  new RegExp(`^${name}=(.*)$`, 'm').exec(envFile(practice))?.[1] ?? '';

export const voiceUrls = ({ board }: BlankPractice) =>
  board.account.state.numbers.map(({ voiceUrl }) => voiceUrl);

/** All that there is on the other side, and here. */
export function everything(practice: BlankPractice): string {
  const { account, slack, mackerel } = practice.board;
  const { channels, groups, monitors } = mackerel.organization;
  return JSON.stringify({
    numbers: account.state.numbers,
    countries: account.state.countries,
    services: account.services.map(({ builds, environments }) => [
      builds.length,
      environments.map(({ variables }) => variables),
    ]),
    messages: slack.messages,
    mackerel: { channels, groups, monitors },
    env: envFile(practice),
  });
}

/** The same whichever way it came about: without SIDs, and passwords by their names alone. */
export function endState(practice: BlankPractice): object {
  const { account, mackerel, slack } = practice.board;
  const { channels, groups, monitors } = mackerel.organization;
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
  return {
    voiceUrls: voiceUrls(practice),
    countries: account.state.countries,
    services: account.services.map(({ uniqueName, environments }) => ({
      uniqueName,
      environments: environments.map(({ suffix, build, variables }) => ({
        suffix,
        files: build?.versions
          .map(({ visibility, path, content }) => `${visibility} ${path} ${content.length}`)
          .sort(),
        variables: variables.map(({ key }) => key).sort(),
      })),
    })),
    slack: [slack.workspace.channels.map(({ isWithoutBot }) => isWithoutBot), slack.messages.length],
    mackerel: [names(channels), names(groups), names(monitors)],
    env: [...envFile(practice).matchAll(/^(\w+)=./gm)].map(([, name]) => name).sort(),
  };
}

/** One request, as it can be told from another: SIDs are new each time. */
export const nameOf = ({ method, url, body }: WireRequest): string =>
  `${method} ${url.host}${url.pathname.replace(/\b[A-Z]{2}[0-9a-f]{32}\b/g, '…')} ${/Path=[^&]*|FriendlyName=[^&]*|Key=[^&]*/.exec(body)?.[0] ?? ''}`;
