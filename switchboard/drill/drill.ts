/** One alert that rings people who follow a script. */
import type { DialList } from '../../src/dial-list/list';
import { withoutNumbers } from '../../src/platform/log';
import { type CallRecord, type ExchangeEvent, numbers, type Switchboard } from '..';
import { type Act, reactionOf } from './scripted-people';
import type { Facts } from './verdict';

export type Drill = {
  readonly alert: string;
  /** When no call is left and the last news is in Slack, or the time is up; null if nobody was rung. */
  readonly over: Promise<Facts | null>;
  /** The scripted person has taken it: an alert raised from now on may be another page's. */
  isTaken(): boolean;
  /** From now on, people are rung by another drill. */
  handOver(): void;
};

export type DrillOptions = {
  /**
   * A page that has just been taken may take the alert along: then this is not a drill, and nobody is rung. Called
   * when the first phone rings for it.
   */
  readonly onFirstRing?: () => void;
};

/** Seconds besides the ringing: what a person or a voicemail may spend on the line, and some more at the end. */
const LONGEST_TALK = 75;
const AFTERMATH = 5;

export function startDrill(
  board: Switchboard,
  list: Pick<DialList, 'members'>,
  plan: readonly Act[],
  raise: () => string,
  { onFirstRing }: DrillOptions = {},
): Drill {
  const { clock, exchange } = board;
  const startedAt = clock.now();
  const from = marksOf(board);
  let to: Marks | undefined;
  const rung: { callSid: string; phone: string }[] = [];

  // The script follows the order of ringing, whoever is first today.
  const leave = exchange.on((event) => {
    if (!isRing(event, list)) return;
    if (rung.length === 0) onFirstRing?.();
    const act = plan[rung.length];
    rung.push({ callSid: event.callSid, phone: event.to });
    exchange.phone(event.to).next(act === undefined ? { kind: 'ignore' } : reactionOf(act));
  });
  const alert = raise();

  const rings = (): Facts['rings'] =>
    rung.map(({ callSid, phone }) => {
      const ring = exchange.phone(phone).rings.find((one) => one.callSid === callSid);
      return { phone, outcome: ring?.outcome ?? 'ringing', pressed: ring?.pressed ?? '' };
    });

  async function over(): Promise<Facts | null> {
    const ownCalls = () => exchange.calls.slice(0, to?.calls);
    const isOver = await untilQuiet(clock, ownCalls, startedAt + longest(list, plan) * 1000);
    leave();
    if (onFirstRing && rung.length === 0) return null;
    return {
      isOver,
      planned: plan.length,
      rings: rings(),
      music: musicOf(ownCalls(), exchange.events.slice(from.events, to?.events)),
      slack: board.slack.messages
        .slice(from.messages, to?.messages)
        .filter(({ threadTs }) => threadTs === undefined)
        .map(({ text }) => text),
      faults: faultsBetween(board, from, to),
    };
  }

  return {
    alert,
    over: over(),
    isTaken: () => {
      const last =
        plan.at(-1) === 'pick-up'
          ? wasPickedUp(exchange.events, rung.at(-1)?.callSid)
          : rings().at(-1)?.pressed === '1';
      return rung.length === plan.length && last;
    },
    handOver() {
      leave();
      to = marksOf(board);
    },
  };
}

const wasPickedUp = (events: readonly ExchangeEvent[], callSid: string | undefined) =>
  events.some((event) => event.kind === 'answered' && event.callSid === callSid);

function isRing(
  event: ExchangeEvent,
  { members }: Pick<DialList, 'members'>,
): event is Extract<ExchangeEvent, { kind: 'call-created' }> {
  return event.kind === 'call-created' && members.some(({ phone }) => phone === event.to);
}

/** Longer than any script's rings and talks. */
function longest({ members }: Pick<DialList, 'members'>, plan: readonly Act[]): number {
  const ringing = Math.max(...members.map(({ ringSeconds }) => ringSeconds));
  return (plan.length + 1) * (ringing + LONGEST_TALK);
}

/** True once all calls have ended and have had time for their last callbacks. */
async function untilQuiet(
  clock: Switchboard['clock'],
  calls: () => readonly CallRecord[],
  until: number,
): Promise<boolean> {
  for (let quiet = 0; quiet < AFTERMATH; ) {
    if (clock.now() > until) return false;
    await clock.sleep(1);
    quiet = calls().every((call) => call.endedAt !== undefined) ? quiet + 1 : 0;
  }
  return true;
}

function musicOf(calls: readonly CallRecord[], events: readonly ExchangeEvent[]): Facts['music'] {
  if (!events.some((event) => event.kind === 'call-created' && event.to === numbers.b)) return 'not-due';
  const played = events.flatMap((event) =>
    event.kind === 'plays' && event.phone === numbers.b ? [event.callSid] : [],
  );
  if (played.length === 0) return 'never';
  const plays = calls.some((call) => played.includes(call.sid) && call.endedAt === undefined);
  return plays ? 'playing' : 'stopped';
}

type Marks = Readonly<
  Record<'calls' | 'events' | 'messages' | 'faults' | 'unexpected' | 'invocations', number>
>;

const marksOf = ({ exchange, slack, network, functions }: Switchboard): Marks => ({
  calls: exchange.calls.length,
  events: exchange.events.length,
  messages: slack.messages.length,
  faults: exchange.faults.length,
  unexpected: network.unexpected.length,
  invocations: functions.invocations.length,
});

function faultsBetween({ exchange, network, functions }: Switchboard, from: Marks, to?: Marks): string[] {
  return [
    ...exchange.faults.slice(from.faults, to?.faults).map(readable),
    ...network.unexpected
      .slice(from.unexpected, to?.unexpected)
      .map((request) => `nobody stands in for ${request}`),
    ...functions.invocations
      .slice(from.invocations, to?.invocations)
      .filter(({ status }) => status >= 500)
      .map(({ method, path, status }) => `${method} ${path}: ${status}`),
  ];
}

/** A URL carries a page's whole state; its path is enough to recognize it. */
const readable = (fault: string) =>
  withoutNumbers(fault.replace(/https?:\/\/[^/\s)]+([^?\s)]*)[^\s)]*/g, '$1'));
