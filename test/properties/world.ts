/** Tells a history on the switchboard, and gives what came of it. */

import { checkDialList } from '../../src/dial-list/check';
import type { DialList } from '../../src/dial-list/list';
import type { State } from '../../src/escalation';
import { forgetPage } from '../../src/store/page-memory';
import {
  type CallRecord,
  type Exchanged,
  type ExchangeEvent,
  type HookKind,
  type MackerelAlert,
  type NeighbourName,
  numbers,
  openSwitchboard,
  type Ring,
  type SlackMessage,
  type Switchboard,
  type SwitchboardOptions,
} from '../../switchboard';
import { underWayUntil } from '../support/cut-off';
import { againstPublished } from '../support/published';
import { transport } from '../support/transport';
import { type History, hasClock, isLost } from './history';

export type Transport = typeof transport;

/** Everything that can be seen from outside, and what was written into Sync. */
export type Outcome = {
  readonly history: History;
  readonly list: DialList;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly alerts: readonly {
    readonly name: string;
    readonly raisedAt: number;
    readonly alert: MackerelAlert;
  }[];
  /** When the alerts were looked at; what is open then is closed after it. In milliseconds since the epoch. */
  readonly judgedAt: number;
  /** When Mackerel last notified of an alert that is open, by telephone or by webhook as the list has it. */
  readonly lastNotifiedAt: number;
  /** What carries a page was lost: a callback never came, or too late or in vain, or a call broke off. */
  readonly losses: readonly Loss[];
  readonly rings: readonly (Ring & { readonly phone: string })[];
  readonly calls: readonly CallRecord[];
  readonly events: readonly ExchangeEvent[];
  readonly slack: readonly SlackMessage[];
  readonly requests: readonly Exchanged[];
  readonly log: readonly { readonly at: number; readonly line: string }[];
  readonly state: State | undefined;
  readonly failures: readonly string[];
  readonly answers: readonly { readonly path: string; readonly ms: number }[];
  /** It did not become quiet in time. */
  readonly isEndless: boolean;
};

/** `callSid`: the call that it befell. In milliseconds since the epoch. */
export type Loss = { readonly at: number; readonly callSid: string };

/** Seconds that somebody is on the line who picks up and listens to the end. */
const TALK = 90;
const longestPage = ({ members, rounds, pauseSeconds }: DialList) =>
  rounds * (pauseSeconds + members.reduce((sum, { ringSeconds }) => sum + ringSeconds + TALK, 0)) + 60;
/** The parts of a page that goes on when all is over, and of one that follows it. */
const MOST_RINGS = 60;
/** docs/voice/twiml/dial, timeLimit */
const LONGEST_CALL = 4 * 3_600;
/** In which the last callbacks come, however late they are. */
const CALLBACKS = 60;

export const phoneOf = (nth: number) => `+8150000000${String(nth).padStart(2, '0')}`;
export const nameOf = (place: number) => `member-${place + 1}`;

function listOf({ list, night: { timeZone, at, since } }: History): DialList {
  const { phones, every, ...rest } = list;
  const checked = checkDialList({
    ...rest,
    timeZone,
    rotation: { every, at, since },
    members: phones.map((phone, place) => ({ name: nameOf(place), phone: phoneOf(phone) })),
  });
  if (!checked.ok) throw new Error(`The history's dial list is faulty: ${JSON.stringify(checked.faults)}`);
  return checked.list;
}

/** @param isChecked requests and answers of Twilio, and its documents, are held against what it publishes */
export async function tell(history: History, by: Transport = transport, isChecked = true): Promise<Outcome> {
  const list = listOf(history);
  const { setup } = history;
  const options: SwitchboardOptions = {
    from: 'source',
    transport: by,
    isUnchecked: !isChecked,
    startAt: new Date(history.night.begins),
    list,
    slack: setup.slack,
    ...(setup.resends && { resendEverySeconds: 600 }),
    mackerel: {
      webhook: setup.webhook,
      statusCallback: setup.statusCallback,
      ...(setup.apiKey !== 'none' && { apiKey: setup.apiKey }),
    },
    ...(setup.numberB && { numberB: setup.numberB }),
    ...(history.ticks && { env: { ...CLOCK, CALLER_ID: numbers.a } }),
    unconfirmed: {
      actionAfterParentEnds: setup.actionAfterParentEnds,
      whisperFailure: setup.whisperFailure,
      unbridged: setup.unbridged,
      missingNameCode: setup.missingNameCode,
      staleFetch: setup.staleFetch,
    },
  };
  forgetPage();
  const restore = quietly();
  const board = openSwitchboard(options);
  const end = underWayUntil(() => {
    board.close();
    restore.restore();
  });
  try {
    return await told(history, list, board, restore.log, isChecked);
  } finally {
    end();
  }
}

async function told(
  history: History,
  list: DialList,
  board: Switchboard,
  log: Outcome['log'],
  isChecked: boolean,
): Promise<Outcome> {
  const { clock, exchange, mackerel, network } = board;
  const startedAt = clock.now();
  history.people.forEach((reactions, place) => {
    for (const reaction of reactions) exchange.phone(phoneOf(place + 1)).next(reaction);
  });
  arrangeFailures(history, board);
  arrangeCallbacks(history, board);
  const alerts: { name: string; raisedAt: number; id: string }[] = [];
  history.alerts.forEach(({ at, status, next }, index) => {
    clock.after(at, () => {
      const name = `monitor-${index + 1}`;
      const id = mackerel.raise({ monitorName: name, status });
      alerts.push({ name, raisedAt: clock.now(), id });
      let passed = 0;
      for (const { after, what } of next) {
        passed += after;
        clock.after(passed, () => {
          if (mackerel.alert(id)?.closedAt !== undefined) return;
          if (what === 'close') mackerel.close(id, 'by hand');
          else mackerel.change(id, what);
        });
      }
    });
  });
  const brokenOff: Loss[] = [];
  for (const at of history.lost) {
    clock.after(at, () => {
      const call = exchange.calls.find(({ endedAt, parentCallSid, direction, answeredAt }) => {
        return (
          endedAt === undefined && !parentCallSid && direction === 'outbound-api' && answeredAt !== undefined
        );
      });
      if (!call) return;
      brokenOff.push({ at: clock.now(), callSid: call.sid });
      void board.endCall(call.sid);
    });
  }
  const horizon = Math.max(...history.alerts.map(lastOf), ...history.lost, 0) + patience(history, list);
  let isTicking = hasClock(history);
  const stopsAt = startedAt + (history.ticksEnd ?? 0) * 1000;
  if (history.ticks) everyMinute(board, history.ticks, () => isTicking || clock.now() < stopsAt);
  const isUp = () => exchange.calls.some(({ endedAt }) => endedAt === undefined);
  const isQuiet = async () => {
    const isDown = await clock.runUntil(() => !isUp(), LONGEST_CALL);
    if (isDown) await clock.run(CALLBACKS);
    return isDown && !isUp();
  };
  const isOver = () => (board.sync.document('mackerel-kaden')?.data as State | undefined)?.page?.end !== null;
  const untilOver = () => clock.runUntil(isOver, SILENCE * list.rounds * list.members.length);
  await clock.run(horizon);
  if (isTicking) await untilOver();
  const lastNotifiedAt = lastNotification(
    list,
    board,
    alerts.map(({ id }) => mackerel.alert(id)?.closedAt),
  );
  const judgedAt = clock.now();
  const atLast = new Map(alerts.map(({ id }) => [id, mackerel.alert(id) as MackerelAlert]));
  // What is open would be sent again for ever.
  if (history.setup.resends || history.ticks) for (const { id } of alerts) mackerel.close(id, 'by hand');
  // In the direct way no call is up between two rings: that is not quiet yet.
  for (let times = 0; times < MOST_RINGS && !(await isQuiet()); times++);
  if (isTicking) {
    await untilOver();
    isTicking = false;
    for (let times = 0; times < MOST_RINGS && !(await isQuiet()); times++);
  }

  const numbers = [...new Set(list.members.map(({ phone }) => phone))];
  return {
    history,
    list,
    startedAt,
    endedAt: clock.now(),
    judgedAt,
    lastNotifiedAt,
    losses: [...brokenOff, ...lostCallbacks(exchange)],
    alerts: alerts.map(({ id, ...alert }) => ({ ...alert, alert: atLast.get(id) as MackerelAlert })),
    rings: numbers
      .flatMap((phone) => exchange.phone(phone).rings.map((ring) => ({ ...ring, phone })))
      .sort((one, other) => one.at - other.at),
    calls: exchange.calls,
    events: exchange.events,
    slack: board.slack.messages,
    requests: network.log,
    log,
    state: board.sync.document('mackerel-kaden')?.data as State | undefined,
    answers: board.functions.invocations,
    failures: [
      ...network.unexpected.map((request) => `unexpected request: ${request}`),
      ...(isChecked ? againstPublished(network, exchange.events) : []).map(
        (what) => `against what Twilio publishes: ${what}`,
      ),
      ...board.functions.invocations
        // 503 is said on purpose: Twilio took no call, and Mackerel is to know.
        .filter(
          ({ path, status }) =>
            status >= 500 && !(['/mackerel-webhook', '/health'].includes(path) && status === 503),
        )
        .map(({ path, status }) => `${path} answered ${status}`),
    ],
    isEndless: isUp(),
  };
}

function lastNotification(
  { start }: DialList,
  { mackerel }: Switchboard,
  closedAt: readonly (number | undefined)[],
): number {
  const isClosing = ({ at }: { readonly at: number }) => closedAt.includes(Math.floor(at / 1000));
  const notifications =
    start === 'call' ? mackerel.calls : mackerel.deliveries.filter((delivery) => !isClosing(delivery));
  return Math.max(0, ...notifications.map(({ at }) => at));
}

const CLOCK = { CLOCK_USER: 'clock', CLOCK_PASSWORD: 'tick-tock' };
/** Seconds at the most until a page is carried on at whose pickup it fell silent, if only every fifth tick comes. */
const SILENCE = 360 + 300;

/** Mackerel's external monitor: so many calls each minute, over and over. */
function everyMinute(board: Switchboard, ticks: readonly number[], isOn: () => boolean): void {
  const authorization = `Basic ${Buffer.from('clock:tick-tock').toString('base64')}`;
  const url = new URL('https://mackerel-kaden-1234-dev.twil.io/health');
  const tick = (minute: number) => {
    if (!isOn()) return;
    for (let copy = 0; copy < (ticks[minute % ticks.length] ?? 0); copy++)
      void board.functions.handle({ method: 'GET', url, headers: { authorization }, body: '' });
    board.clock.after(60, () => tick(minute + 1));
  };
  board.clock.after(37, () => tick(0));
}

/** What a page lives by wherever it is carried: its beginning, the end of each ring, and the music that holds the line. */
const CARRIERS = new Set(['/dial-list', '/dial-ended', '/hold-music']);

const wasLost = ({ hook, delays, isUnheard }: Extract<ExchangeEvent, { kind: 'webhook' }>) =>
  isLost({ hook: hook.kind, copies: delays, isUnheard });

/** The end of a member's call carries a page only where that call is our own, and no `<Dial>` goes on behind it. */
function lostCallbacks({ events, calls }: Switchboard['exchange']): Loss[] {
  const isOurOwn = (sid: string) => calls.some((call) => call.sid === sid && !call.parentCallSid);
  return events.flatMap((event) => {
    if (event.kind !== 'webhook' || !wasLost(event)) return [];
    const { at, callSid, hook } = event;
    const isEndOfRing = hook.url.pathname === '/dial-status' && isOurOwn(callSid);
    return CARRIERS.has(hook.url.pathname) || isEndOfRing ? [{ at, callSid }] : [];
  });
}

/** Seconds: a page, and where one may have to be begun again by a re-send, that too. */
function patience({ setup, lost, callbacks, failures }: History, list: DialList): number {
  const mayBreak = lost.length + callbacks.length + failures.length > 0;
  return longestPage(list) * (setup.resends && mayBreak ? 2 : 1) + (setup.resends && mayBreak ? 600 : 0);
}

const lastOf = ({ at, next }: History['alerts'][number]) => next.reduce((sum, { after }) => sum + after, at);

function arrangeFailures({ failures }: History, { network }: Switchboard): void {
  const neighbours = [...new Set(failures.map(({ neighbour }) => neighbour))] as NeighbourName[];
  for (const name of neighbours) {
    let count = 0;
    network.fault(name, () => {
      const nth = count++;
      return failures.find(
        ({ neighbour, from, times }) => neighbour === name && nth >= from && nth < from + times,
      )?.fault;
    });
  }
}

function arrangeCallbacks({ callbacks }: History, { exchange }: Switchboard): void {
  const counts = new Map<HookKind, number>();
  exchange.delivery = ({ kind }) => {
    const nth = counts.get(kind) ?? 0;
    counts.set(kind, nth + 1);
    const found = callbacks.find(
      ({ hook, from, times }) => hook === kind && nth >= from && nth < from + times,
    );
    if (found?.isUnheard) return { unheard: found.copies };
    return found?.copies ?? [0];
  };
}

/** Keeps what is logged, and makes chance the same in every telling. */
function quietly(): { log: { at: number; line: string }[]; restore: () => void } {
  const real = { log: console.log, warn: console.warn, error: console.error, random: Math.random };
  const log: { at: number; line: string }[] = [];
  const note = (line: unknown) => void log.push({ at: Date.now(), line: String(line) });
  Object.assign(console, { log: note, warn: note, error: note });
  let seed = 1;
  Math.random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  return {
    log,
    restore() {
      Object.assign(console, { log: real.log, warn: real.warn, error: real.error });
      Math.random = real.random;
    },
  };
}
