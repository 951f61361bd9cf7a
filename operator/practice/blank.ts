/** A beginner's account on the switchboard: two numbers, an app in Slack, a key for Mackerel, no more. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DialList } from '../../src/dial-list/list';
import {
  account,
  accountInOrder,
  numbers,
  openSwitchboard,
  type Switchboard,
  type SwitchboardOptions,
} from '../../switchboard';
import { openGateway } from '../../switchboard/account/gateway';
import { quietly, SPEED } from './quietly';

export type BlankPractice = {
  readonly board: Switchboard;
  /** A copy of the project, so that nothing of the user's is touched. */
  readonly root: string;
  /** What somebody would copy from three consoles, by its name in `.env`. */
  readonly crib: Readonly<Record<string, string>>;
  /** The environment with which Twilio's tool, a process of its own, reaches the switchboard. */
  readonly childEnv: Readonly<Record<string, string>>;
  close(): void;
};

export async function openBlankPractice(
  project: string,
  list: DialList,
  { syncService = 'once-fetched', accountOfB }: Pick<SwitchboardOptions, 'syncService' | 'accountOfB'> = {},
): Promise<BlankPractice> {
  const root = await copyOf(project);
  const owned = accountOfB ? [numbers.a] : [numbers.a, numbers.b];
  const state = accountInOrder(account.sid, account.authToken, owned);
  state.countries = {};
  const speak = quietly();
  const board = openSwitchboard({
    startAt: new Date(),
    list,
    project: root,
    account: state,
    syncService,
    accountOfB,
    slack: 'none',
    onDeployed: ({ variables }) => void Object.assign(board.env, variables),
  });
  for (const channel of board.slack.workspace.channels) channel.isWithoutBot = true;
  const gateway = await openGateway(board.account);
  const stop = board.clock.pace(SPEED);
  return {
    board,
    root,
    crib: {
      ACCOUNT_SID: account.sid,
      AUTH_TOKEN: account.authToken,
      SLACK_BOT_TOKEN: 'xoxb-switchboard',
      SLACK_CHANNEL: 'kaden',
      MACKEREL_API_KEY: 'key-that-writes',
    },
    childEnv: gateway.env,
    close() {
      stop();
      gateway.close();
      board.close();
      speak();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const COPIED = ['src', 'scripts', 'package.json', 'tsconfig.json', '.twilioserverlessrc', '.env.example'];

/** Built there, because the switchboard runs the built Functions. `.env` is not copied. */
async function copyOf(project: string): Promise<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mackerel-kaden-')));
  for (const name of COPIED) cpSync(join(project, name), join(root, name), { recursive: true });
  for (const name of ['node_modules', 'switchboard']) symlinkSync(join(project, name), join(root, name));
  const tsx = createRequire(__filename).resolve('tsx/cli');
  await promisify(execFile)(process.execPath, [tsx, join(root, 'scripts/build.ts'), '--brief'], {
    cwd: root,
  });
  return root;
}
