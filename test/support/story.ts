/**
 * A whole call on the switchboard, in virtual time, told in the product's words.
 *
 * Every ring and every Slack message has to be looked at: a story that leaves one unread fails at its end. So does
 * one that ends with a call still up, with a page that is neither taken nor given up, or with a number let out.
 */
import { checkDialList } from '../../src/dial-list/check';
import type { AlertItem, State } from '../../src/escalation';
import { fromParams } from '../../src/store/continuation';
import { forgetPage } from '../../src/store/page-memory';
import {
  type Delivery,
  type HookKind,
  type MackerelAlert,
  numbers,
  openSwitchboard,
  type Reaction,
  type Switchboard,
  type SwitchboardOptions,
} from '../../switchboard';
import { againstPublished } from './published';
import { transport } from './transport';

type Written = { members?: readonly (string | object)[] } & Record<string, unknown>;

export type StoryOptions = Partial<Omit<SwitchboardOptions, 'list' | 'from'>> & {
  /** As people write it; three members, one round and no pause unless it says otherwise. */
  readonly list?: Written;
  /** Twilio's error numbers that this story brings about, in order; none where left out. */
  readonly faults?: readonly number[];
  /** Sync may be left with a page that goes on: it was out of reach when the page ended. */
  readonly forgetsEnd?: boolean;
};

export type Story = ReturnType<typeof openStory>;

/** 03:00 at night in Tokyo. */
const NIGHT = new Date('2026-11-22T18:00:00Z');

/** The phone of the nth member, counted from 1. */
export const phoneOf = (member: number) => `+81500000${String(member).padStart(4, '0')}`;

function written({ members = ['佐藤', '鈴木', '高橋'], ...list }: Written): object {
  const people = members.map((member, index) => ({
    phone: phoneOf(index + 1),
    ...(typeof member === 'string' ? { name: member } : member),
  }));
  return { rotation: { every: 'never' }, pauseSeconds: 0, rounds: 1, ...list, members: people };
}

export function openStory({ list = {}, faults = [], forgetsEnd = false, ...options }: StoryOptions = {}) {
  // Every story begins in processes that have just been started.
  forgetPage();
  const checked = checkDialList(written(list));
  if (!checked.ok) throw new Error(`The story's dial list is faulty: ${JSON.stringify(checked.faults)}`);
  const { members } = checked.list;
  const startAt = options.startAt ?? NIGHT;
  const log: string[] = [];
  const note = (line: unknown) => void log.push(String(line));
  const spies = [
    jest.spyOn(console, 'log').mockImplementation(note),
    jest.spyOn(console, 'warn').mockImplementation(note),
    jest.spyOn(Math, 'random').mockImplementation(chance()),
  ];
  const board: Switchboard = openSwitchboard({
    transport,
    ...options,
    startAt,
    list: checked.list,
    from: 'source',
  });
  const raised: string[] = [];
  const { raise } = board.mackerel;
  board.mackerel.raise = (spec) => {
    const id = raise(spec);
    raised.push(id);
    return id;
  };
  const seen = { rings: 0, posts: 0 };

  const since = (at: number) => minutesAndSeconds(at - startAt.getTime());
  const nameOf = (number: string) => members.find(({ phone }) => phone === number)?.name ?? number;
  const phone = board.person;
  const allRings = () =>
    [...new Set(members.map(({ phone }) => phone))]
      .flatMap((number) => board.exchange.phone(number).rings.map((ring) => ({ ...ring, number })))
      .sort((one, other) => one.at - other.at);
  const liveCalls = () => board.exchange.calls.filter((call) => call.endedAt === undefined);
  const state = () => board.sync.document('mackerel-kaden')?.data as State | undefined;

  return {
    ...board,
    log,
    phone,
    /** What members do when they are rung next, one reaction a ring; whoever has none left ignores the phone. */
    members(reactions: Readonly<Record<string, Reaction | readonly Reaction[]>>): void {
      for (const [name, given] of Object.entries(reactions)) {
        for (const reaction of [given].flat()) phone(name).next(reaction);
      }
    },
    /** Lets time pass until so many seconds after the story began. */
    at: (seconds: number) => board.clock.run(seconds - (board.clock.now() - startAt.getTime()) / 1000),
    /** Mackerel raises an alert, and everything comes of it that comes. Gives the alert's id. */
    async alert(): Promise<string> {
      const id = board.mackerel.raise();
      await board.untilQuiet();
      return id;
    },
    /** The first call is ended in its place, as when number B's line drops. */
    async loseCall(): Promise<void> {
      const [call] = liveCalls();
      if (!call) throw new Error('There is no call to lose');
      await board.endCall(call.sid);
    },
    /** `mm:ss name outcome`, in the order of ringing; time since the story began. */
    rings(): string[] {
      const rings = allRings();
      seen.rings = rings.length;
      return rings.map(({ at, number, outcome, pressed }) =>
        [since(at), nameOf(number), outcome, pressed && `pressed ${pressed}`].filter(Boolean).join(' '),
      );
    },
    /** What a member heard at their latest ring. */
    heard: (name: string): readonly string[] => phone(name).rings.at(-1)?.heard ?? [],
    /** What stands in Slack: each message line by line, its thread behind `→`, or `⇒` where the channel sees it too. */
    slackShows(): string[] {
      const { messages } = board.slack;
      seen.posts = messages.length;
      return messages
        .filter(({ threadTs }) => threadTs === undefined)
        .flatMap((message) => [
          ...linesOf(message),
          ...messages
            .filter(({ threadTs }) => threadTs === message.ts)
            .flatMap((reply) => linesOf(reply).map((line) => `${reply.broadcast ? '⇒' : '→'} ${line}`)),
        ]);
    },
    /** What the Functions noted of each answer: the endpoint, what it came to, virtual milliseconds. */
    answers: () => log.flatMap(answerIn),
    /** All alerts that Sync holds, each as its item says. */
    alerts: (): AlertItem[] => alertsIn(board),
    /** The finished pages on record. */
    history: () => board.sync.items('mackerel-kaden.history').map(({ data }) => data as PastPage),
    /** Ends the story, with everything that must be true of each. */
    close(): void {
      const isCutOff = board.clock.isRunning();
      for (const spy of spies) spy.mockRestore();
      board.close();
      if (isCutOff) throw new Error('The story was cut off: nothing can be said of how it ends');
      const rings = allRings();
      const page = state()?.page;
      expect({
        ringsUnread: rings.length - seen.rings,
        postsUnread: board.slack.messages.length - seen.posts,
        faults: board.exchange.faults.map((fault) => Number.parseInt(fault, 10)),
        unexpectedRequests: board.network.unexpected,
        againstPublished: againstPublished(board.network, board.exchange.events),
        // 503 is said on purpose, of what is not set up.
        failedFunctions: board.functions.invocations.filter(({ status }) => status >= 500 && status !== 503),
        callsStillUp: liveCalls().map(({ to }) => to),
        callerIds: [...new Set(rings.map(({ from }) => from))].filter((from) => from !== numbers.a),
        rungAtOnce: overlaps(rings),
        numbersLetOut: numbersIn(textsOf(board, log), members),
        logFaults: faultsOf(board, log),
        loggedTexts: textsIn(log, [
          ...members.flatMap(({ name }) => name),
          ...raised.flatMap((id) => wordsOf(board.mackerel.alert(id))),
        ]),
        pageGoesOn: page?.end === null && !forgetsEnd,
      }).toEqual({
        ringsUnread: 0,
        postsUnread: 0,
        faults,
        unexpectedRequests: [],
        againstPublished: [],
        failedFunctions: [],
        callsStillUp: [],
        callerIds: [],
        rungAtOnce: [],
        numbersLetOut: [],
        logFaults: [],
        loggedTexts: [],
        pageGoesOn: false,
      });
    },
  };
}

/** Each alert is an item in one of the maps; what begins with `!` marks a page. */
export const alertsIn = ({ sync }: Pick<Switchboard, 'sync'>): AlertItem[] =>
  [0, 1]
    .flatMap((map) => sync.items(`mackerel-kaden.alerts.${map}`))
    .filter(({ key }) => !key.startsWith('!'))
    .map(({ data }) => data as AlertItem);

/** The same in every story: after how long somebody tries again must not move a ring by a second. */
function chance(): () => number {
  let seed = 1;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}

/** A message's lines; times as they stand there for whom Slack cannot show them in a zone of their own. */
function linesOf({ text }: { readonly text: string }): string[] {
  return text.replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1').split('\n');
}

function minutesAndSeconds(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The parts of a page's record that stories ask for. */
type PastPage = { readonly alerts: readonly string[] };

type Answer = { readonly path: string; readonly step?: string; readonly ms: number };

function answerIn(line: string): Answer[] {
  const entry = JSON.parse(line);
  return 'ms' in entry ? [entry] : [];
}

type Span = { readonly at: number; readonly endedAt?: number; readonly number: string };

/** Two phones that ring, or are at an ear, at once. */
function overlaps(rings: readonly Span[]): string[] {
  return rings.flatMap(({ at, number }, index) => {
    const before = rings[index - 1];
    const isOver = !before || (before.endedAt ?? Number.POSITIVE_INFINITY) <= at;
    return isOver ? [] : [`${before.number} and ${number}`];
  });
}

/** All that is written down anywhere. Only TwiML, and the calls that it makes, may hold a member's number. */
function textsOf(board: Switchboard, log: readonly string[]): string[] {
  const { exchange, slack, network } = board;
  const urls = exchange.events.flatMap((event) =>
    event.kind === 'webhook' ? [event.hook.url.href, unpacked(event.hook.url)] : [],
  );
  const sent = network.log
    .filter(({ neighbour }) => neighbour !== 'twilio')
    .map(({ request }) => decodeURIComponent(request.body));
  return [...log, ...urls, ...sent, ...slack.messages.map(({ text }) => text)];
}

function numbersIn(texts: readonly string[], members: readonly { readonly phone: string }[]): string[] {
  return texts.filter((text) => members.some(({ phone }) => text.includes(phone.slice(1))));
}

/** What a callback's URL carries packed, as it reads; nothing where it carries nothing. */
function unpacked({ searchParams }: URL): string {
  return JSON.stringify(fromParams(Object.fromEntries(searchParams)));
}

/** What is decided nowhere: refused, none of our business, or over before it came. */
/** Each webhook that ran writes one line, whatever it came to: what it was about, what came of it, and what it cost. */
function faultsOf({ functions, exchange }: Switchboard, log: readonly string[]): string[] {
  const entries = log.map((line) => JSON.parse(line) as Record<string, unknown>);
  const lines = entries.filter(({ path }) => path !== undefined);
  const countOf = (all: readonly { readonly path?: unknown }[], wanted: unknown) =>
    all.filter(({ path }) => path === wanted).length;
  const ran = functions.invocations.filter(
    ({ path, status, method }) => method !== 'OPTIONS' && hasRun(path, status),
  );
  const ofPages = exchange.events.flatMap((event) =>
    event.kind === 'webhook-answered' && event.hook.url.searchParams.has('page') && event.status < 300
      ? [{ path: event.hook.url.pathname }]
      : [],
  );
  const namingPages = lines.filter(({ page, event }) => page !== undefined || event === 'ignored');
  return [
    ...lines.filter((entry) => !isWhole(entry)).map((entry) => JSON.stringify(entry)),
    ...entries
      .filter(({ path, level, message }) => path === undefined && (level !== 'warn' || !message))
      .map((entry) => JSON.stringify(entry)),
    ...[...new Set(ran.map(({ path }) => path))]
      .filter((path) => countOf(lines, path) !== countOf(ran, path))
      .map((path) => `${path} ran ${countOf(ran, path)} times, and noted ${countOf(lines, path)}`),
    ...[...new Set(ofPages.map(({ path }) => path))]
      .filter((path) => countOf(namingPages, path) < countOf(ofPages, path))
      .map((path) => `${path} notes no page, though its URL names one`),
  ];
}

/** Not refused by the platform, nor cut off by it; and no Asset. */
const hasRun = (path: string, status: number) =>
  !/\.\w+$/.test(path) &&
  (['/mackerel-webhook', '/health'].includes(path) ? [200, 400, 401, 500, 503] : [200, 204, 500]).includes(
    status,
  );

function isWhole({ path, event, step, ms, ...trips }: Record<string, unknown>): boolean {
  // It asks nobody, and takes no time.
  if (path === '/hold-music') return event === 'music';
  const isCounted = ['sync', 'twilio', 'mackerel', 'slack'].every((whom) => Number.isInteger(trips[whom]));
  return typeof event === 'string' && typeof step === 'string' && isCounted && Number.isInteger(ms);
}

/** The people's own words in an alert. A monitor without a name goes by its kind, which is nobody's word. */
function wordsOf(alert: MackerelAlert | undefined): string[] {
  const { monitorName, type, spec, memo = '' } = alert ?? {};
  const words = [monitorName, spec?.host?.name, spec?.service, spec?.message, memo];
  return words.filter((word) => word !== undefined && word !== '' && word !== type) as string[];
}

const textsIn = (log: readonly string[], words: readonly string[]) =>
  log.filter((line) => words.some((word) => line.includes(JSON.stringify(word).slice(1, -1))));

// How people behave.
export {
  hangsUp,
  ignores,
  isBusy,
  isOff,
  passes,
  picksUp,
  presses,
  pressesAfter,
  refuses,
  takes,
  voicemail,
} from '../../switchboard';

/** How callbacks arrive, by their kind: the seconds after which copies of them come. On time where left out. */
export const deliver =
  (copies: Partial<Record<HookKind, readonly number[]>>): Delivery =>
  ({ kind }) =>
    copies[kind] ?? [0];
