/** Everything around a deployed mackerel-kaden, in one process: telephones, Sync, Slack, Mackerel, a clock. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DialList } from '../src/dial-list/list';
import { type Account, type AccountState, accountInOrder, createAccount, type Deployed } from './account';
import { type Clock, installClock } from './clock';
import {
  createExchange,
  type Delivery,
  type Exchange,
  type ExchangeEvent,
  isOfCalls,
  type OwnedNumber,
  type Phone,
} from './exchange';
import { assetsIn, type FunctionsHost, functionsIn, openFunctions, type RouteFile } from './functions-host';
import { createMackerel } from './mackerel';
import { type Fault, type FaultRule, installNetwork, type NeighbourName, type Network } from './network';
import { createSlack, type SlackMessage } from './slack';
import { createSync } from './sync';
import type { ServiceState } from './sync/services';
import type { TransportName } from './transport';
import type { Neighbour, WireRequest } from './wire';

/**
 * The number that Mackerel calls from, the number that it calls, and a third from which people test the line.
 * Samples, which belong to nobody.
 */
export const numbers = { a: '+815000000101', b: '+815000000102', c: '+815000000103' } as const;

export const account = { sid: `AC${'a'.repeat(32)}`, authToken: 'd'.repeat(32) };
/** Number B may belong to anybody: its account signs with a token that ours does not know. */
export const accountOfB = { sid: `AC${'b'.repeat(32)}`, authToken: 'b'.repeat(32) };
const publicUrl = 'https://mackerel-kaden-1234-dev.twil.io';
const webhookUser = { name: 'mackerel', password: 'switchboard' };
const webhookUrl = publicUrl
  .replace('://', `://${webhookUser.name}:${webhookUser.password}@`)
  .concat('/mackerel-webhook');
const apiKeys = { read: 'key-that-reads', write: 'key-that-writes' };
const slackSetup = {
  token: 'xoxb-switchboard',
  channel: 'C0KADEN',
  channelName: 'kaden',
  webhookUrl: 'https://hooks.slack.com/services/T0/B0/X0',
};

export type SwitchboardOptions = {
  readonly startAt: Date;
  readonly list: DialList;
  /** The TypeScript sources, or what `npm run build` made of them (default). */
  readonly from?: 'source' | 'build';
  /**
   * How requests travel: over Twilio's local server and the real clients (default), or ten times as fast in this
   * process.
   */
  readonly transport?: TransportName;
  /**
   * Simultaneous requests run in processes of their own, which share no memory; only directly, with built Functions.
   */
  readonly hasProcesses?: boolean;
  /** Requests to Twilio and its answers are not held against its published description, which takes a tenth of the time. */
  readonly isUnchecked?: boolean;
  readonly slack?: 'bot' | 'webhook' | 'none';
  /** Mackerel's re-send interval, at least 600; left out: none. */
  readonly resendEverySeconds?: number;
  /** How the product is connected to Mackerel besides the Twilio channel; left out: not at all. */
  readonly mackerel?: {
    /** The webhook channel is set up. */
    readonly webhook?: boolean;
    /** Group notification is on for it. */
    readonly notifiesGroups?: boolean;
    /** An API key, and what it may do. */
    readonly apiKey?: 'read' | 'write';
    /** The Twilio channel's Status Callback URL is filled in. */
    readonly statusCallback?: boolean;
    /** Its API shows an alert's memo, on which its documentation is silent. */
    readonly showsMemo?: boolean;
    /** Notification level of the Twilio channel; `all` if left out. */
    readonly level?: 'all' | 'critical';
  };
  /** What happens to callers of number B; left out: they hear the hold music. */
  readonly numberB?: OwnedNumber['line'];
  /** Number B belongs to our account, so that its end of a call counts as one of ours. */
  readonly isNumberBOurs?: boolean;
  /** How many calls the account may have up at once; left out: no limit. */
  readonly concurrentCalls?: number;
  /** How many calls made by REST the account dials in a second, Mackerel's and ours; left out: no limit. */
  readonly callsPerSecond?: number;
  /** The Twilio account as its owner sees it; left out: one in good order. */
  readonly account?: AccountState;
  /** Number B's account, if that is another; left out: its REST API is not there. */
  readonly accountOfB?: AccountState;
  /** Whether the account has a default Sync service; `once-fetched`: a fetch creates it. */
  readonly syncService?: ServiceState;
  /** Hears of each deploy to it. */
  readonly onDeployed?: (deployed: Deployed) => void;
  /** The folder of the project whose build runs; this one if left out. */
  readonly project?: string;
  /** Further environment variables of the Functions. */
  readonly env?: Readonly<Record<string, string>>;
  /** Points on which the documentation of Twilio and Slack is silent. */
  readonly unconfirmed?: {
    readonly missingNameCode?: 'specific' | 'unique-name';
    readonly refusedSignatureStatus?: 400 | 403;
    readonly actionAfterParentEnds?: boolean;
    readonly whisperFailure?: 'bridge' | 'hang-up';
    /** What the Dial's action reports of a callee who picked up and was never bridged. */
    readonly unbridged?: 'completed' | 'no-answer';
    /** Seconds by which Twilio's report of a call lags behind. */
    readonly staleFetch?: number;
    /** What Slack does with a reply to a deleted message. */
    readonly orphanReply?: 'posted-in-channel' | 'refused';
    /** Seconds for which a status callback waits behind another one of its call; left out: none waits. */
    readonly callbackQueue?: number;
    /** What happens to a call made by REST beyond the limit of concurrent calls. */
    readonly beyondLimit?: 'refused' | 'failed';
  };
  /** What is broken from the start; `network.fault` and `exchange.delivery` change it later. */
  readonly faults?: Partial<Record<NeighbourName, Fault | FaultRule>> & { readonly callbacks?: Delivery };
  readonly onSlack?: (message: SlackMessage, kind: 'posted' | 'updated') => void;
};

export type Switchboard = ReturnType<typeof openSwitchboard>;

export function openSwitchboard(options: SwitchboardOptions) {
  const { list, unconfirmed = {} } = options;
  const { transport = 'http' } = options;
  const clock: Clock = installClock({ startAt: options.startAt, isDirect: transport === 'direct' });
  const root = options.project ?? join(__dirname, '..');
  const listFile = dialListFile(list);
  const { functions: functionFiles, assets } = routes(root, options.from ?? 'build', listFile.asset);

  const sync = createSync({
    clock,
    accountSid: account.sid,
    authToken: account.authToken,
    missingNameCode: unconfirmed.missingNameCode,
    defaultService: options.syncService,
  });
  const slack = createSlack({
    clock,
    ...slackSetup,
    orphanReply: unconfirmed.orphanReply,
    onPost: options.onSlack,
  });
  let functions: FunctionsHost | null = null;
  const twilioAccount = createAccount(
    options.account ?? defaultAccount(options.isNumberBOurs),
    options.onDeployed,
  );
  const otherAccount = options.accountOfB && createAccount(options.accountOfB);
  const exchange = createExchange({
    clock,
    accountSid: account.sid,
    authToken: account.authToken,
    owned: [
      ...answeredBy(twilioAccount.state, options.numberB),
      ...(twilioAccount.state.numbers.some(({ number }) => number === numbers.b)
        ? []
        : options.accountOfB
          ? answeredBy(options.accountOfB, options.numberB)
          : [
              {
                number: numbers.b,
                voiceUrl: `${publicUrl}/hold-music`,
                account: accountOfB,
                line: options.numberB,
              },
            ]),
    ],
    functions: { handle: (request) => opened().handle(request) },
    publicUrl,
    actionAfterParentEnds: unconfirmed.actionAfterParentEnds,
    whisperFailure: unconfirmed.whisperFailure,
    unbridged: unconfirmed.unbridged,
    staleFetch: unconfirmed.staleFetch,
    callbackQueue: unconfirmed.callbackQueue,
    concurrentCalls: options.concurrentCalls,
    beyondLimit: unconfirmed.beyondLimit,
    callsPerSecond: options.callsPerSecond,
  });
  const mackerel = createMackerel({
    clock,
    resendEverySeconds: options.resendEverySeconds,
    showsMemo: options.mackerel?.showsMemo,
    notifiesGroups: options.mackerel?.notifiesGroups,
    // A list that the webhook starts needs no Twilio channel.
    ...(list.start === 'call' && { twilioChannel: twilioChannel(options.mackerel) }),
    ...((options.mackerel?.webhook || list.start === 'webhook') && {
      webhook: { url: webhookUrl, deliver: (request: WireRequest) => opened().handle(request) },
    }),
    apiKeys: [
      { key: apiKeys.read, write: false },
      { key: apiKeys.write, write: true },
    ],
    placeCall: async (form) => void (await network.askTwilio(callRequest(form))),
  });
  const network: Network = installNetwork(
    { twilio: twilioOf(exchange, twilioAccount, otherAccount), sync, slack, mackerel },
    clock,
    { name: 'functions', host: new URL(publicUrl).host, handle: (request) => opened().handle(request) },
    { transport, isUnchecked: options.isUnchecked },
  );
  const env: Record<string, string> = {
    ACCOUNT_SID: account.sid,
    AUTH_TOKEN: account.authToken,
    ENVIRONMENT_SID: environmentSid(),
    ...slackEnv(options.slack ?? 'bot'),
    ...mackerelEnv(options),
    ...options.env,
  };
  functions = openFunctions({
    clock,
    baseDir: root,
    publicUrl,
    env,
    functions: functionFiles,
    assets,
    refusedSignatureStatus: unconfirmed.refusedSignatureStatus,
    transport,
    hasProcesses: options.hasProcesses,
  });

  function opened(): FunctionsHost {
    if (!functions) throw new Error('The Functions are not open yet');
    return functions;
  }

  const { callbacks, ...broken } = options.faults ?? {};
  if (callbacks) exchange.delivery = callbacks;
  for (const [name, fault] of Object.entries(broken)) network.fault(name as NeighbourName, fault);

  /** @throws if nobody on the list has that name. */
  function person(name: string): Phone {
    const member = list.members.find((candidate) => candidate.name === name);
    if (!member) throw new Error(`The dial list has nobody called ${name}`);
    return exchange.phone(member.phone);
  }

  return {
    clock,
    network,
    exchange,
    account: twilioAccount,
    sync,
    slack,
    mackerel,
    functions: opened(),
    /** The Functions' environment. */
    env,
    publicUrl,
    person,
    /** Each TwiML document that an endpoint gave a call, in order; `at` in virtual ms since the epoch. */
    twiml: () => documentsIn(exchange.events),
    /** Lets time pass until no call is left, no Function is at work, and the last callbacks are through. */
    untilQuiet: (limitSeconds = 4 * 3600) =>
      untilQuiet({ clock, exchange, functions: opened() }, limitSeconds),
    /** Places a call over Twilio's REST API, as Mackerel does, or a person who tests the line. */
    placeCall: (form: Record<string, string>) => network.askTwilio(callRequest(new URLSearchParams(form))),
    /** Ends a call over Twilio's REST API, in any state. */
    endCall: (sid: string) =>
      network.askTwilio(callRequest(new URLSearchParams({ Status: 'completed' }), sid)),
    close() {
      network.restore();
      clock.uninstall();
      listFile.remove();
    },
  };
}

let environments = 0;

/** Each switchboard is a deployment of its own, whose processes share no memory with another's. */
const environmentSid = () => `ZE${String(++environments).padStart(32, '0')}`;

/** Seconds that the last callbacks of a call may take, retries included. */
const AFTERMATH = 30;

async function untilQuiet(
  {
    clock,
    exchange,
    functions,
  }: { clock: Clock; exchange: Pick<Exchange, 'calls'>; functions: Pick<FunctionsHost, 'isIdle'> },
  limitSeconds: number,
): Promise<void> {
  const endAt = clock.now() + limitSeconds * 1000;
  const isQuiet = () => exchange.calls.every((call) => call.endedAt !== undefined) && functions.isIdle();
  await clock.run(1);
  do {
    if (!(await clock.runUntil(isQuiet, (endAt - clock.now()) / 1000)))
      throw new Error('The calls do not come to an end');
    await clock.run(AFTERMATH);
  } while (!isQuiet());
}

export type TwimlDocument = {
  readonly at: number;
  readonly callSid: string;
  readonly path: string;
  readonly body: string;
};

function documentsIn(events: readonly ExchangeEvent[]): TwimlDocument[] {
  return events.flatMap((event) => {
    if (event.kind !== 'webhook-answered' || event.hook.kind === 'status' || event.status !== 200) return [];
    const { at, callSid, hook, body } = event;
    return [{ at, callSid, path: hook.url.pathname, body }];
  });
}
/** In good order, with its numbers answered; number B belongs to another account unless it is said to be ours. */
function defaultAccount(isNumberBOurs = false): AccountState {
  const ours = isNumberBOurs ? [numbers.a, numbers.b, numbers.c] : [numbers.a, numbers.c];
  const state = accountInOrder(account.sid, account.authToken, ours);
  const voiceUrls: Record<string, string> = {
    [numbers.a]: `${publicUrl}/call-in`,
    [numbers.b]: `${publicUrl}/hold-music`,
  };
  for (const owned of state.numbers) owned.voiceUrl = voiceUrls[owned.number] ?? null;
  return state;
}

/** The account's settings answer each call; a trunk or an application replaces the voice URL. */
const answeredBy = (
  { sid, authToken, numbers: owned }: AccountState,
  lineOfB: OwnedNumber['line'],
): OwnedNumber[] =>
  owned.map((one) => ({
    number: one.number,
    ...(sid !== account.sid && { account: { sid, authToken } }),
    line: one.number === numbers.b ? lineOfB : undefined,
    get voiceUrl() {
      return one.trunkSid || one.applicationSid ? undefined : (one.voiceUrl ?? undefined);
    },
  }));

/** The exchange serves calls; the account whose credentials are shown serves everything else. */
const twilioOf = (exchange: Neighbour, ours: Account, other: Account | undefined): Neighbour => ({
  name: 'twilio',
  handle: (request) => {
    if (isOfCalls(request.url)) return exchange.handle(request);
    return (other?.letsIn(request) ? other : ours).handle(request);
  },
});

function twilioChannel({ statusCallback, level }: SwitchboardOptions['mackerel'] = {}) {
  return {
    from: numbers.a,
    to: numbers.b,
    twimlUrl: `${publicUrl}/dial-list`,
    ...(statusCallback && { statusCallback: `${publicUrl}/call-ended` }),
    ...(level && { level }),
  };
}

function mackerelEnv({ list, mackerel = {} }: SwitchboardOptions): Record<string, string> {
  return {
    ...((mackerel.webhook || list.start === 'webhook') && {
      MACKEREL_WEBHOOK_USER: webhookUser.name,
      MACKEREL_WEBHOOK_PASSWORD: webhookUser.password,
    }),
    ...(mackerel.apiKey && { MACKEREL_API_KEY: apiKeys[mackerel.apiKey] }),
    ...(list.start === 'webhook' && { CALLER_ID: numbers.a }),
  };
}

/** A file in a folder of its own, as soon as somebody asks where it is: few do. */
function dialListFile(list: DialList): { readonly asset: RouteFile; remove(): void } {
  const text = JSON.stringify(list);
  let folder: string | undefined;
  const written = () => {
    folder = mkdtempSync(join(tmpdir(), 'mackerel-kaden-'));
    writeFileSync(join(folder, LIST), text);
    return folder;
  };
  const asset: RouteFile = {
    path: '/dial-list.json',
    access: 'private',
    text,
    get filePath() {
      return join(folder ?? written(), LIST);
    },
  };
  return { asset, remove: () => folder && rmSync(folder, { recursive: true, force: true }) };
}
const LIST = 'dial-list.private.json';

type Routes = { functions: RouteFile[]; assets: RouteFile[] };
/** Sources do not change while they run. */
const sourceRoutes = new Map<string, Routes>();

function routes(root: string, from: 'source' | 'build', list: RouteFile): Routes {
  const found =
    (from === 'source' && sourceRoutes.get(root)) ||
    routesIn(join(root, from === 'source' ? 'src' : '.twilioserverless'));
  if (from === 'source') sourceRoutes.set(root, found);
  return { ...found, assets: [...found.assets.filter(({ path }) => path !== list.path), list] };
}

function routesIn(folder: string): Routes {
  const assets = assetsIn(join(folder, 'assets')).map((asset) => ({
    ...asset,
    path: asset.path.replace(/\.ts$/, '.js'),
  }));
  return { functions: functionsIn(join(folder, 'functions')), assets };
}

function slackEnv(slack: 'bot' | 'webhook' | 'none'): Record<string, string> {
  if (slack === 'bot') return { SLACK_BOT_TOKEN: slackSetup.token, SLACK_CHANNEL: slackSetup.channel };
  return slack === 'webhook' ? { SLACK_WEBHOOK_URL: slackSetup.webhookUrl } : {};
}

/** POST of a new call, or of an existing one. */
function callRequest(form: URLSearchParams, sid?: string): WireRequest {
  const credentials = Buffer.from(`${account.sid}:${account.authToken}`).toString('base64');
  return {
    method: 'POST',
    url: new URL(
      `https://api.twilio.com/2010-04-01/Accounts/${account.sid}/Calls${sid ? `/${sid}` : ''}.json`,
    ),
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
}
