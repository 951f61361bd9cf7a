/**
 * A storm of alerts, told in virtual time with the limits in force: of the platform (30 runs at once, then 429:
 * docs/serverless/functions-assets/faq), and of Sync (20 reads and 20 writes a second an object, fewer writes the larger
 * it is: docs/sync/limits). What is deployed runs, in processes that remember nothing of each other.
 */
import type { DialList } from '../../src/dial-list/list';
import type { AlertItem, State } from '../../src/escalation';
import {
  dialList,
  ignores,
  numbers,
  openSwitchboard,
  passes,
  presses,
  type Reaction,
  refuses,
  type Switchboard,
  type SwitchboardOptions,
  takes,
} from '../../switchboard';
import { underWayUntil } from '../support/cut-off';
import { againstPublished } from '../support/published';

type Setup = Pick<SwitchboardOptions, 'mackerel' | 'callsPerSecond'> & { readonly start?: 'webhook' };

/** How the product is connected to Mackerel. */
export const setups = {
  'Twilio channel': { mackerel: { statusCallback: true } },
  'channel, webhook and API': { mackerel: { statusCallback: true, webhook: true, apiKey: 'write' } },
  direct: { start: 'webhook' },
  'one call a second': { mackerel: { statusCallback: true }, callsPerSecond: 1 },
} as const satisfies Record<string, Setup>;

type Course = {
  readonly first: Reaction;
  readonly others: Reaction;
  /** Seconds after which each alert closes, at the least and at the most. */
  readonly closesAfter?: readonly [number, number];
};

/** What becomes of it while alerts still come. */
export const courses = {
  'taken at the first ring': { first: takes, others: takes },
  'taken at the second ring': { first: refuses, others: takes },
  'closed midway': { first: ignores, others: ignores, closesAfter: [10, 30] },
  'passed by everybody': { first: passes, others: passes },
  'answered by nobody': { first: ignores, others: ignores },
  'closed by key 9': { first: presses('9', '9'), others: takes },
} as const satisfies Record<string, Course>;

export type SetupName = keyof typeof setups;
export type CourseName = keyof typeof courses;

export type Storm = {
  readonly setup: SetupName;
  readonly course: CourseName;
  readonly alerts: number;
  readonly seconds: number;
  /** Which chance: 1 gusts of ten, 2 evenly, 3 and up at random moments. */
  readonly seed: number;
};

/** What it came to. */
export type Aftermath = {
  /** Open alerts that are on no page, once all is quiet. */
  readonly lost: readonly string[];
  /** The same, after the clock has ticked for a few minutes. */
  readonly lostForGood: readonly string[];
  /** Seen to by two pages. */
  readonly toldTwice: readonly string[];
  readonly rungAtOnce: readonly string[];
  /** Lines that stand twice in one place of Slack. */
  readonly postedTwice: readonly string[];
  /** A page that neither ended in one of the three ways nor goes on; what failed; what Twilio would not understand. */
  readonly faults: readonly string[];
  readonly rings: readonly string[];
  readonly pages: number;
  readonly lines: readonly string[];
  readonly requestsToSync: number;
  /** Requests, by what they were for. */
  readonly refusedBySync: Readonly<Record<string, number>>;
  readonly refusedByPlatform: Readonly<Record<string, number>>;
  /** Alerts that no code of ours heard of. */
  readonly unheard: number;
  readonly invocations: number;
  readonly processes: number;
  readonly slowestMs: number;
};

const CLOCK = { CLOCK_USER: 'clock', CLOCK_PASSWORD: 'tick-tock' };
const NIGHT = new Date('2026-11-22T18:00:00Z');
const GUST = 10;
const TICKS = 6;
/** Seconds: a page of three rings and its aftermath. */
const AFTERMATH = 45;
const LONGEST = 4 * 3_600;

/** @param look at the switchboard once all is over */
export async function tellStorm(storm: Storm, look?: (board: Switchboard) => void): Promise<Aftermath> {
  const { mackerel, callsPerSecond, start }: Setup = setups[storm.setup];
  const restore = quietly(storm.seed);
  const list = dialList({
    ...(start && { start }),
    rounds: 1,
    members: ['佐藤', '鈴木', '高橋'].map((name, nth) => ({ name, phone: phoneOf(nth) })),
  } as never) as DialList;
  const board = openSwitchboard({
    startAt: NIGHT,
    list,
    transport: 'direct',
    hasProcesses: true,
    mackerel,
    callsPerSecond,
    env: { ...CLOCK, CALLER_ID: numbers.a },
  });
  const end = underWayUntil(() => {
    board.close();
    restore.back();
  });
  try {
    const came = await told(storm, board, list, restore.log);
    look?.(board);
    return came;
  } finally {
    end();
  }
}

const phoneOf = (nth: number) => `+815000000${String(nth + 1).padStart(3, '0')}`;

async function told(storm: Storm, board: Switchboard, list: DialList, log: readonly string[]) {
  const { first, others, closesAfter }: Course = courses[storm.course];
  const { clock, exchange, mackerel } = board;
  list.members.forEach(({ phone }, nth) => void exchange.phone(phone).always(nth === 0 ? first : others));
  const raised: string[] = [];
  for (const at of momentsOf(storm)) {
    clock.after(at, () => {
      const id = mackerel.raise({ monitorName: `monitor-${raised.length + 1}` });
      raised.push(id);
      if (!closesAfter) return;
      const [least, most] = closesAfter;
      clock.after(least + Math.random() * (most - least), () => mackerel.close(id));
    });
  }
  await clock.run(storm.seconds + 1);
  const isEndless = !(await untilQuiet(board));
  const lost = lostOf(board, raised);
  await ticks(board, TICKS);
  const wasEndless = !(await untilQuiet(board));
  return { ...aftermathOf(board, raised, list, log, isEndless || wasEndless), lost };
}

function momentsOf({ alerts, seconds, seed }: Storm): number[] {
  return Array.from({ length: alerts }, (_, nth) => {
    if (seed === 1) return (Math.floor(nth / GUST) * GUST * seconds) / alerts;
    return seed === 2 ? (nth * seconds) / alerts : Math.random() * seconds;
  }).sort((one, other) => one - other);
}

async function untilQuiet({ clock, exchange, functions }: Switchboard): Promise<boolean> {
  const isQuiet = () => exchange.calls.every(({ endedAt }) => endedAt !== undefined) && functions.isIdle();
  for (const until = clock.now() + LONGEST * 1000; clock.now() < until; ) {
    await clock.runUntil(isQuiet, LONGEST);
    await clock.run(AFTERMATH);
    if (isQuiet()) return true;
  }
  return false;
}

/** Mackerel's external monitor comes once a minute. */
async function ticks({ clock, functions }: Switchboard, minutes: number): Promise<void> {
  const url = new URL('https://mackerel-kaden-1234-dev.twil.io/health');
  const authorization = `Basic ${Buffer.from('clock:tick-tock').toString('base64')}`;
  for (let minute = 0; minute < minutes; minute++) {
    void functions.handle({ method: 'GET', url, headers: { authorization }, body: '' });
    await clock.run(60);
  }
}

type Kept = { readonly page?: string; readonly end?: string; readonly alerts?: readonly string[] };

/** What a finished page was about, and how it ended. */
type PastPage = { readonly end: string; readonly alerts: readonly string[] };

/** A record of many alerts has more than one item. */
function recordsIn({ sync }: Switchboard): PastPage[] {
  const pages = new Map<string, PastPage>();
  for (const { key, data } of sync.items('mackerel-kaden.history')) {
    const { page = key, end, alerts = [] } = data as Kept;
    const known = pages.get(page);
    pages.set(page, {
      end: end ?? known?.end ?? 'goes on',
      alerts: [...(known?.alerts ?? []), ...alerts],
    });
  }
  return [...pages.values()];
}

const ENDS: ReadonlySet<string> = new Set(['taken', 'closed', 'unanswered']);

/** Somebody has them, or they closed; what nobody answered may ring again. */
function seenToTwice(pages: readonly PastPage[]): string[] {
  const seen = pages.filter(({ end }) => end !== 'unanswered').map(({ alerts }) => new Set(alerts));
  return [...new Set(seen.flatMap((alerts) => [...alerts]))].filter(
    (id) => seen.filter((alerts) => alerts.has(id)).length > 1,
  );
}

/** Open, and on no page that is on record. */
function lostOf(board: Switchboard, raised: readonly string[]): string[] {
  const known = new Set(recordsIn(board).flatMap(({ alerts }) => alerts));
  return raised.filter((id) => !known.has(id) && board.mackerel.alert(id)?.closedAt === undefined);
}

function aftermathOf(
  board: Switchboard,
  raised: readonly string[],
  list: DialList,
  log: readonly string[],
  isEndless: boolean,
): Omit<Aftermath, 'lost'> {
  const { exchange, functions, network, slack, sync } = board;
  const records = recordsIn(board);
  const onRecord = records.flatMap(({ alerts }) => alerts);
  const runs = functions.invocations;
  const toSync = network.log.filter(({ neighbour }) => neighbour === 'sync');
  const page = (sync.document('mackerel-kaden')?.data as State | undefined)?.page;
  const rings = list.members
    .flatMap(({ name, phone }) => exchange.phone(phone).rings.map((ring) => ({ ...ring, name })))
    .sort((one, other) => one.at - other.at);
  const entries = log.map((line) => JSON.parse(line) as Record<string, unknown>);
  const texts = slack.messages.map(({ text, threadTs = '' }) => `${threadTs} ${text}`);
  const items = [0, 1].flatMap((map) => sync.items(`mackerel-kaden.alerts.${map}`));
  const heardOf = new Set([...onRecord, ...items.map(({ data }) => (data as AlertItem).id)]);
  return {
    lostForGood: lostOf(board, raised),
    toldTwice: seenToTwice(records),
    rungAtOnce: rings.flatMap(({ at, name }, nth) => {
      const before = rings[nth - 1];
      const isOver = !before || (before.endedAt ?? Number.POSITIVE_INFINITY) <= at;
      return isOver ? [] : [`${clockOf(at)} ${before.name} and ${name}`];
    }),
    postedTwice: texts.filter((text, nth) => texts.indexOf(text) !== nth),
    faults: [
      ...(isEndless ? ['it does not come to an end'] : []),
      ...(page?.end === null ? ['a page goes on, and nobody is rung'] : []),
      ...records.filter(({ end }) => !ENDS.has(end)).map(({ end }) => `on record, a page's end is: ${end}`),
      ...exchange.faults,
      ...network.unexpected,
      ...againstPublished(network, exchange.events),
      ...runs.filter(({ status }) => status >= 500).map(({ path, status }) => `${path} answered ${status}`),
      ...entries.filter(({ level }) => level === 'error').map((entry) => JSON.stringify(entry)),
    ],
    rings: rings.map(
      ({ at, name, outcome, pressed }) =>
        `${clockOf(at)} ${name} ${outcome}${pressed && ` pressed ${pressed}`}`,
    ),
    pages: records.length,
    lines: texts.flatMap((text) => text.split('\n')),
    requestsToSync: toSync.length,
    refusedBySync: countedBy(
      toSync.filter(({ response }) => response?.status === 429),
      ({ request }) => `${request.method} ${objectIn(request.url)}`,
    ),
    refusedByPlatform: countedBy(
      runs.filter(({ status }) => status === 429),
      ({ path }) => path,
    ),
    unheard: raised.filter((id) => !heardOf.has(id)).length,
    invocations: runs.length,
    processes: functions.processes(),
    slowestMs: Math.max(...runs.flatMap(({ path, ms }) => (path === '/dial-status' ? [] : [ms]))),
  };
}

/** What in Sync a request is about: an item of a map by the map's name. */
const objectIn = ({ pathname }: URL) => {
  const [, , , , kind, name, items, key] = pathname.split('/').map(decodeURIComponent);
  return [
    kind === 'Documents' ? (name ?? 'documents') : name,
    items && (key?.startsWith('!') ? 'mark' : key ? 'item' : 'items'),
  ]
    .filter(Boolean)
    .join(' ');
};

function countedBy<T>(all: readonly T[], nameOf: (one: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of all) counts[nameOf(one)] = (counts[nameOf(one)] ?? 0) + 1;
  return counts;
}

const clockOf = (at: number) => new Date(at - NIGHT.getTime()).toISOString().slice(11, 19);

/** Keeps what is logged, and makes chance the same in every telling. */
function quietly(seed: number): { log: string[]; back(): void } {
  const real = { log: console.log, warn: console.warn };
  const random = Math.random;
  const log: string[] = [];
  console.log = console.warn = (line: unknown) => void log.push(String(line));
  let last = seed * 7_919;
  Math.random = () => {
    last = (last * 16_807) % 2_147_483_647;
    return last / 2_147_483_647;
  };
  return {
    log,
    back() {
      Object.assign(console, real);
      Math.random = random;
    },
  };
}
