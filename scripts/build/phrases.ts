import type { Language } from '../../src/dial-list/list';

/** What a build says besides the faults, in one language. */
export type BuildPhrases = {
  built(files: number, members: number, ms: number): string;
  faultsIn(file: string, count: number): string;
  /** The part of a fault before the colon. */
  at(line: number | undefined, place: string | undefined): string;
  readonly nothingBuilt: string;
  readonly neededToRing: string;
  readonly neededToHear: string;
  madeUp(names: readonly string[]): string;
  readonly madeUpCallerId: string;
  callsItself(names: readonly string[]): string;
  readonly noSlack: string;
};

/** More names than this say no more. */
const NAMED = 3;

const english: BuildPhrases = {
  built: (files, members, ms) => `Built ${files} files for ${members} members in ${ms} ms`,
  faultsIn: (file, count) => `${file} has ${count} ${count === 1 ? 'fault' : 'faults'}:`,
  at: (line, place) => [line && `line ${line}`, place].filter(Boolean).join(', '),
  nothingBuilt: 'Nothing was built: there is nothing to deploy until this is fixed.',
  neededToRing:
    'is missing; with "start": "webhook" people are called from it: write a number of your Twilio account, as in +815000000101',
  neededToHear: 'is missing; with "start": "webhook" no alert gets in without it',
  madeUp: (names) =>
    `${listed(names, ', ')}${names.length > NAMED ? ` and ${names.length - NAMED} others` : ''}: made-up numbers that reach nobody; write real ones before you deploy`,
  callsItself: (names) =>
    `is also the phone of ${listed(names, ', ')}, and a number cannot call itself; write a number of your Twilio account`,
  madeUpCallerId: 'is a made-up number; write one of your Twilio account before you deploy',
  noSlack: "Slack is not set up, so only Twilio's log says what happens",
};

const japanese: BuildPhrases = {
  built: (files, members, ms) => `${files}個のファイルを作りました(メンバー${members}人、${ms}ミリ秒)`,
  faultsIn: (file, count) => `${file} に誤りが${count}件あります:`,
  at: (line, place) => [line && `${line}行目`, place].filter(Boolean).join(' '),
  nothingBuilt: '何も作っていません。これを直すまで、デプロイできるものはありません。',
  neededToRing:
    '書かれていません。"start": "webhook" ではこの番号から発信します。Twilioアカウントの電話番号を書いてください。例: +815000000101',
  neededToHear: '書かれていません。"start": "webhook" ではこれがないと通知を受け取れません',
  madeUp: (names) =>
    `${listed(names, '、')}${names.length > NAMED ? `ほか${names.length - NAMED}人` : ''}: 架空の番号なので、誰にもつながりません。デプロイする前に本物の番号を書いてください`,
  callsItself: (names) =>
    `${listed(names, '、')}の電話番号と同じです。自分自身には発信できないので、Twilioアカウントの電話番号を書いてください`,
  madeUpCallerId: '架空の番号です。デプロイする前に、Twilioアカウントの電話番号を書いてください',
  noSlack: 'Slackが設定されていないので、何が起きたかはTwilioのログにしか残りません',
};

const listed = (names: readonly string[], comma: string) => names.slice(0, NAMED).join(comma);

export const buildPhrases: Readonly<Record<Language, BuildPhrases>> = { en: english, ja: japanese };
