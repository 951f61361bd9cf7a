/** One alert, rung through with people who behave by a plan. */
import type { DialList } from '../../src/core/dial-list';
import { withoutNumbers } from '../../src/http/log';
import { type ExchangeEvent, numbers, type Switchboard } from '..';
import { type Act, reactionOf } from './plan';
import type { Facts } from './verdict';

export type Drill = {
  readonly alert: string;
  readonly startedAt: number;
  /** When no call is left and the last word of it has gone to Slack, or the time is up. */
  readonly over: Promise<Facts>;
};

/** Seconds beyond the ringing: what a person or a voicemail may stay on the line, and what is left over at the end. */
const LONGEST_TALK = 75;
const AFTERMATH = 5;

export function startDrill(
  board: Switchboard,
  list: Pick<DialList, 'members'>,
  plan: readonly Act[],
  raise: () => string,
): Drill {
  const { clock, exchange } = board;
  const startedAt = clock.now();
  const from = marksOf(board);
  const rung: { callSid: string; phone: string }[] = [];

  // The plan follows the order of ringing, whoever is first today.
  const leave = exchange.on((event) => {
    if (!isRing(event, list)) return;
    const act = plan[rung.length];
    rung.push({ callSid: event.callSid, phone: event.to });
    exchange.phone(event.to).next(act === undefined ? { kind: 'ignore' } : reactionOf(act));
  });
  const alert = raise();

  async function over(): Promise<Facts> {
    const isOver = await untilQuiet(board, startedAt + longest(list, plan) * 1000);
    leave();
    return {
      isOver,
      planned: plan.length,
      rings: rung.map(({ callSid, phone }) => {
        const ring = exchange.phone(phone).rings.find((one) => one.callSid === callSid);
        return { phone, outcome: ring?.outcome ?? 'ringing', pressed: ring?.pressed ?? '' };
      }),
      music: musicSince(board, from.events),
      slack: board.slack.messages
        .slice(from.messages)
        .filter(({ threadTs }) => threadTs === undefined)
        .map(({ text }) => text),
      faults: faultsSince(board, from),
    };
  }

  return { alert, startedAt, over: over() };
}

function isRing(
  event: ExchangeEvent,
  { members }: Pick<DialList, 'members'>,
): event is Extract<ExchangeEvent, { kind: 'call-created' }> {
  return event.kind === 'call-created' && members.some(({ phone }) => phone === event.to);
}

/** More than any of the plan's rings and talks can last. */
function longest({ members }: Pick<DialList, 'members'>, plan: readonly Act[]): number {
  const ringing = Math.max(...members.map(({ ringSeconds }) => ringSeconds));
  return (plan.length + 1) * (ringing + LONGEST_TALK);
}

/** True once all calls have ended and have had time for their last callbacks. */
async function untilQuiet({ clock, exchange }: Switchboard, until: number): Promise<boolean> {
  for (let quiet = 0; quiet < AFTERMATH; ) {
    if (clock.now() > until) return false;
    await clock.sleep(1);
    quiet = exchange.calls.every((call) => call.endedAt !== undefined) ? quiet + 1 : 0;
  }
  return true;
}

function musicSince({ exchange }: Switchboard, from: number): Facts['music'] {
  const events = exchange.events.slice(from);
  if (!events.some((event) => event.kind === 'call-created' && event.to === numbers.b)) return 'not-due';
  const played = events.flatMap((event) =>
    event.kind === 'plays' && event.phone === numbers.b ? [event.callSid] : [],
  );
  if (played.length === 0) return 'never';
  const plays = exchange.calls.some((call) => played.includes(call.sid) && call.endedAt === undefined);
  return plays ? 'playing' : 'stopped';
}

type Marks = Readonly<Record<'events' | 'messages' | 'faults' | 'unexpected' | 'invocations', number>>;

const marksOf = ({ exchange, slack, network, functions }: Switchboard): Marks => ({
  events: exchange.events.length,
  messages: slack.messages.length,
  faults: exchange.faults.length,
  unexpected: network.unexpected.length,
  invocations: functions.invocations.length,
});

function faultsSince({ exchange, network, functions }: Switchboard, from: Marks): string[] {
  return [
    ...exchange.faults.slice(from.faults).map(readable),
    ...network.unexpected.slice(from.unexpected).map((request) => `nobody stands in for ${request}`),
    ...functions.invocations
      .slice(from.invocations)
      .filter(({ status }) => status >= 500)
      .map(({ method, path, status }) => `${method} ${path}: ${status}`),
  ];
}

/** A URL carries the whole state of a page; its path is enough to know it by. */
const readable = (fault: string) =>
  withoutNumbers(fault.replace(/https?:\/\/[^/\s)]+([^?\s)]*)[^\s)]*/g, '$1'));
