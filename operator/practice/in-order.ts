/** An account, numbers, a Slack and a Mackerel on the switchboard, set up as `npm run setup` leaves them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { DialList } from '../../src/dial-list/list';
import {
  account,
  accountInOrder,
  numbers,
  openSwitchboard,
  passes,
  type Switchboard,
  takes,
} from '../../switchboard';
import { type SeededFile, seedDeployment } from '../../switchboard/account';
import { quietly, SPEED } from './quietly';

export type Practice = {
  readonly board: Switchboard;
  /** What `.env` would hold. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
};

/** How many seconds ago everybody was last rung. */
const PROVEN_AGO = 3_600;

export async function openPractice(root: string, list: DialList): Promise<Practice> {
  const state = accountInOrder(account.sid, account.authToken, [numbers.a, numbers.b, numbers.c]);
  const [a, b] = state.numbers;
  if (a) a.voiceUrl = 'https://mackerel-kaden-1234-dev.twil.io/call-in';
  if (b) b.voiceUrl = 'https://mackerel-kaden-1234-dev.twil.io/hold-music';
  const settings = {
    CALLER_ID: numbers.a,
    HEALTH_USER: 'doctor',
    HEALTH_PASSWORD: 'practice',
    CLOCK_USER: 'clock',
    CLOCK_PASSWORD: 'practice-clock',
    MACKEREL_SERVICE: 'shop',
  };
  const speak = quietly();
  const board = openSwitchboard({
    startAt: new Date(Date.now() - PROVEN_AGO * 1000),
    list,
    account: state,
    mackerel: { webhook: true, apiKey: 'write', statusCallback: true },
    env: settings,
  });
  const { ACCOUNT_SID, AUTH_TOKEN, ...variables } = board.env;
  seedDeployment(board.account, 'mackerel-kaden', builtFiles(root), variables);
  setUpMackerel(board);
  await proveEverybody(board, list);
  const stop = board.clock.pace(SPEED);
  return {
    board,
    env: board.env,
    close() {
      stop();
      board.close();
      speak();
    },
  };
}

/** One page that went well: all passed it on, and the last one took it. So everybody's phone is known to ring. */
async function proveEverybody({ clock, mackerel, person, untilQuiet }: Switchboard, list: DialList) {
  const until = clock.now() + PROVEN_AGO * 1000;
  for (const { name } of list.members) person(name).next(passes);
  for (const { name } of list.members) person(name).next(takes);
  const id = mackerel.raise();
  await untilQuiet();
  mackerel.close(id);
  await clock.run((until - clock.now()) / 1000);
}

/** `functions/dial-list.protected.js` is the Function /dial-list; `assets/news.private.js` the Asset /news.js. */
function builtFiles(root: string): SeededFile[] {
  return (['functions', 'assets'] as const).flatMap((kind) => {
    const folder = join(root, '.twilioserverless', kind);
    return readdirSync(folder).map((name): SeededFile => {
      const { name: stem, ext } = parse(name);
      const [, path = stem, visibility = 'public'] = /^(.+)\.(protected|private)$/.exec(stem) ?? [];
      return {
        kind,
        path: `/${path}${kind === 'functions' ? '' : ext}`,
        visibility: visibility as SeededFile['visibility'],
        content: readFileSync(join(folder, name)),
      };
    });
  });
}

/** A Twilio and a webhook channel in a group of their own, monitors that re-send, and the clock. */
function setUpMackerel({ mackerel: { organization }, publicUrl }: Switchboard): void {
  const channel = { suspendedAt: null };
  organization.channels.push(
    { ...channel, id: '2chTwilio000', type: 'twilio', name: 'mackerel-kaden' },
    {
      ...channel,
      id: '2chWebhook00',
      type: 'webhook',
      name: 'mackerel-kaden',
      url: `${publicUrl}/mackerel-webhook`,
    },
  );
  organization.monitors.push(
    { id: '2moLoadavg00', type: 'host', name: 'loadavg5', notificationInterval: 10 },
    {
      id: '2moClock0000',
      type: 'external',
      name: 'mackerel-kaden',
      url: `${publicUrl}/health`,
      expectedStatusCode: 200,
      notificationInterval: 10,
    },
  );
  organization.groups.push({
    id: '2grPhone0000',
    name: 'mackerel-kaden',
    notificationLevel: 'all',
    childNotificationGroupIds: [],
    childChannelIds: ['2chTwilio000', '2chWebhook00'],
  });
}
