/**
 * A page as a picture, before it is drawn: one lane a phone, with bars and marks. Knows neither browser nor
 * switchboard.
 */
import type { Place } from './journal';
import { isLive } from './lines';
import type { CallSeen, View } from './view';

export type Bar = {
  readonly from: number;
  readonly to: number;
  readonly kind: 'ringing' | 'talking' | 'voicemail' | 'music' | 'waiting';
  /** How the call ended, in Twilio's word; absent as long as it lasts. */
  readonly end?: string;
};

export type TimelineMark = {
  readonly at: number;
  readonly kind: 'key' | 'slack' | 'notified' | 'trouble';
  readonly what: string;
};

export type Lane = {
  readonly id: Place | 'mackerel' | 'slack';
  readonly bars: readonly Bar[];
  readonly marks: readonly TimelineMark[];
};

export type Timeline = { readonly from: number; readonly to: number; readonly lanes: readonly Lane[] };

/** After so many milliseconds without a call, another story begins. */
const APART = 4 * 60_000;
/** The shortest span that is drawn, so that seconds are visible at the beginning, too. */
const LEAST = 60_000;

/** The stretches of the night in which something happened, oldest first. */
export function stretchesOf(view: View, now: number): { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  const spans = [
    ...[...view.calls.values()].map((call) => ({ from: call.createdAt, to: call.endedAt ?? now })),
    ...view.marks.map(({ at }) => ({ from: at, to: at })),
  ].sort((one, other) => one.from - other.from);
  for (const { from, to } of spans) {
    const last = stretches.at(-1);
    if (last && from - last.to < APART) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches;
}

/** What to draw between two moments; members' lanes in the order of their rings. */
export function timelineOf(view: View, from: number, to: number, now: number): Timeline {
  const end = Math.max(to, from + LEAST);
  const calls = [...view.calls.values()].filter(
    (call) => call.createdAt <= to && (call.endedAt ?? now) >= from && isDrawn(call),
  );
  const phones = [...new Set(calls.map(phoneOf))];
  const order = [...phones.filter(isService), ...phones.filter((phone) => !isService(phone))];
  const inTime = view.marks.filter(({ at }) => at >= from && at <= to);
  const marks = (kind: 'slack' | 'notified' | 'trouble') => inTime.filter((mark) => mark.kind === kind);
  return {
    from,
    to: end,
    lanes: [
      { id: 'mackerel', bars: [], marks: marks('notified') },
      ...order.map((phone) => laneOf(phone, calls, now)),
      { id: 'slack', bars: [], marks: [...marks('slack'), ...marks('trouble')] },
    ],
  };
}

/** Mackerel's own leg shows nothing that number B does not. */
const isDrawn = ({ to, direction }: CallSeen) => to !== 'b' || direction === 'inbound';
const phoneOf = ({ to, from, direction }: CallSeen): Place =>
  direction === 'inbound' && to === 'a' ? from : to;
const isService = (phone: Place) => phone === 'b' || phone === 'own';

function laneOf(phone: Place, calls: readonly CallSeen[], now: number): Lane {
  const mine = calls.filter((call) => phoneOf(call) === phone);
  return {
    id: phone,
    bars: mine.flatMap((call) => barsOf(call, phone, now)),
    marks: mine.flatMap(({ keys }) =>
      keys.map(({ at, digit }) => ({ at, kind: 'key' as const, what: digit })),
    ),
  };
}

function barsOf(call: CallSeen, phone: Place, now: number): Bar[] {
  const { createdAt, ringingAt = createdAt, answeredAt, by, status } = call;
  const to = call.endedAt ?? now;
  const end = isLive(call) ? {} : { end: status };
  if (phone === 'b') return [{ from: answeredAt ?? createdAt, to, kind: 'music' }];
  const bars: Bar[] = [];
  if (ringingAt > createdAt + 500) bars.push({ from: createdAt, to: ringingAt, kind: 'waiting' });
  bars.push({ from: ringingAt, to: answeredAt ?? to, kind: 'ringing', ...(answeredAt === undefined && end) });
  if (answeredAt !== undefined)
    bars.push({ from: answeredAt, to, kind: by === 'voicemail' ? 'voicemail' : 'talking', ...end });
  return bars;
}
