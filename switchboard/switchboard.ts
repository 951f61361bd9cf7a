/** Everything that a deployed mackerel-kaden has around it, in one process: telephones, Sync, Slack, Mackerel, a clock. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DialList } from '../src/core/dial-list';
import { type Clock, installClock } from './clock';
import { createExchange } from './exchange';
import { assetsIn, type FunctionsHost, functionsIn, openFunctions, type RouteFile } from './functions-host';
import { createMackerel } from './mackerel';
import { installNetwork, type Network } from './network';
import { createSlack, type SlackMessage } from './slack';
import { createSync } from './sync';
import type { WireRequest } from './wire';

/** Whose call it is, and where it goes. Samples: nobody can be rung at them. */
export const numbers = { a: '+815000000101', b: '+815000000102' } as const;

const account = { sid: `AC${'a'.repeat(32)}`, authToken: 'a'.repeat(32) };
/** Number B may be anybody's: its account signs with a token that ours does not know. */
const accountOfB = { sid: `AC${'b'.repeat(32)}`, authToken: 'b'.repeat(32) };
const publicUrl = 'https://mackerel-kaden-1234-dev.twil.io';
const slackSetup = {
  token: 'xoxb-switchboard',
  channel: 'C0KADEN',
  webhookUrl: 'https://hooks.slack.com/services/T0/B0/X0',
};

export type SwitchboardOptions = {
  readonly startAt: Date;
  readonly list: DialList;
  /** The TypeScript sources, or what `npm run build` made of them. */
  readonly from: 'source' | 'build';
  readonly slack?: 'bot' | 'webhook' | 'none';
  /** Mackerel's re-send interval, at least 600; none where left out. */
  readonly resendEverySeconds?: number;
  /** More of the Functions' environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Points on which Twilio's documentation is silent. */
  readonly unconfirmed?: {
    readonly missingNameCode?: 'specific' | 'unique-name';
    readonly refusedSignatureStatus?: 400 | 403;
    readonly actionAfterParentEnds?: boolean;
    readonly whisperFailure?: 'bridge' | 'hang-up';
  };
  readonly onSlack?: (message: SlackMessage, kind: 'posted' | 'updated') => void;
};

export type Switchboard = ReturnType<typeof openSwitchboard>;

export function openSwitchboard(options: SwitchboardOptions) {
  const { list, unconfirmed = {} } = options;
  const clock: Clock = installClock({ startAt: options.startAt });
  const root = join(__dirname, '..');
  const folder = mkdtempSync(join(tmpdir(), 'mackerel-kaden-'));
  const { functions: functionFiles, assets } = routes(root, options.from, dialListFile(folder, list));

  const sync = createSync({
    clock,
    accountSid: account.sid,
    authToken: account.authToken,
    missingNameCode: unconfirmed.missingNameCode,
  });
  const slack = createSlack({ clock, ...slackSetup, onPost: options.onSlack });
  let functions: FunctionsHost | null = null;
  const exchange = createExchange({
    clock,
    accountSid: account.sid,
    authToken: account.authToken,
    owned: [{ number: numbers.a }, { number: numbers.b, voiceUrl: `${publicUrl}/hold-music`, account: accountOfB }],
    functions: { handle: (request) => opened().handle(request) },
    publicUrl,
    actionAfterParentEnds: unconfirmed.actionAfterParentEnds,
    whisperFailure: unconfirmed.whisperFailure,
  });
  const mackerel = createMackerel({
    clock,
    twilioChannel: {
      from: numbers.a,
      to: numbers.b,
      twimlUrl: `${publicUrl}/dial-list`,
      resendEverySeconds: options.resendEverySeconds,
    },
    placeCall: async (form) => void (await exchange.handle(callRequest(form))),
  });
  const network: Network = installNetwork({ twilio: exchange, sync, slack, mackerel }, clock);
  functions = openFunctions({
    clock,
    baseDir: root,
    publicUrl,
    env: {
      ACCOUNT_SID: account.sid,
      AUTH_TOKEN: account.authToken,
      ...slackEnv(options.slack ?? 'bot'),
      ...options.env,
    },
    functions: functionFiles,
    assets,
    refusedSignatureStatus: unconfirmed.refusedSignatureStatus,
  });

  function opened(): FunctionsHost {
    if (!functions) throw new Error('The Functions are not open yet');
    return functions;
  }

  return {
    clock,
    network,
    exchange,
    sync,
    slack,
    mackerel,
    functions: opened(),
    publicUrl,
    /** Places a call over Twilio's REST API, as Mackerel does, or as somebody does who tries the line out. */
    placeCall: (form: Record<string, string>) => exchange.handle(callRequest(new URLSearchParams(form))),
    close() {
      network.restore();
      clock.uninstall();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function dialListFile(folder: string, list: DialList): RouteFile {
  const filePath = join(folder, 'dial-list.private.json');
  writeFileSync(filePath, JSON.stringify(list));
  return { path: '/dial-list.json', access: 'private', filePath };
}

function routes(root: string, from: 'source' | 'build', list: RouteFile): { functions: RouteFile[]; assets: RouteFile[] } {
  const folder = from === 'source' ? 'src' : '.twilioserverless';
  const assets = assetsIn(join(root, folder, 'assets'))
    .map((asset) => ({ ...asset, path: asset.path.replace(/\.ts$/, '.js') }))
    .filter(({ path }) => path !== list.path);
  return { functions: functionsIn(join(root, folder, 'functions')), assets: [...assets, list] };
}

function slackEnv(slack: 'bot' | 'webhook' | 'none'): Record<string, string> {
  if (slack === 'bot') return { SLACK_BOT_TOKEN: slackSetup.token, SLACK_CHANNEL: slackSetup.channel };
  return slack === 'webhook' ? { SLACK_WEBHOOK_URL: slackSetup.webhookUrl } : {};
}

function callRequest(form: URLSearchParams): WireRequest {
  const credentials = Buffer.from(`${account.sid}:${account.authToken}`).toString('base64');
  return {
    method: 'POST',
    url: new URL(`https://api.twilio.com/2010-04-01/Accounts/${account.sid}/Calls.json`),
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
}
