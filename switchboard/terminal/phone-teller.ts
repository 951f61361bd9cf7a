import type { DialList } from '../../src/dial-list/list';
import { withoutNumbers } from '../../src/platform/log';
import type { ExchangeEvent } from '..';
import type { Phrases } from './phrases';
import { blank, type Row, type Span, span, type Who } from './row';

/** What a member's phone is doing now, for the moving line. */
export type AtThePhone = {
  readonly who: Who;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly doing: 'ringing' | 'talking';
  /** Seconds that it may ring. */
  readonly most: number;
};

export type PhoneTeller = {
  tell(event: ExchangeEvent): Row[];
  readonly now: AtThePhone | undefined;
};

type Of<Kind extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: Kind }>;

type Call = {
  readonly who: Who;
  readonly isMembers: boolean;
  readonly isMackerels: boolean;
  since?: number;
  isAnswered: boolean;
  readonly said: Set<string>;
  hasMusic: boolean;
};

/** Seconds (docs/voice/twiml/dial, "timeout"). */
const TWILIO_ADDS = 5;

/** Tells what happens on the lines. People have names; a number is never shown. */
export function phoneTeller(
  { members }: Pick<DialList, 'members'>,
  phrases: Phrases,
  numbers: { readonly b: string },
): PhoneTeller {
  const calls = new Map<string, Call>();
  let atThePhone: (AtThePhone & { readonly callSid: string }) | undefined;

  function created({ at, callSid, direction, to }: Of<'call-created'>): Row[] {
    const places = members.flatMap(({ phone }, place) => (phone === to ? [place] : []));
    const isMackerels = to === numbers.b && direction === 'outbound-api';
    const who = whose(places, to, isMackerels);
    const state = { since: undefined, isAnswered: false, said: new Set<string>(), hasMusic: false };
    calls.set(callSid, { who, isMembers: who.role === 'member', isMackerels, ...state });
    return isMackerels ? [{ at, who, spans: [span(phrases.mackerelCalls)] }] : [];
  }

  /** A phone of several members carries all their names. */
  function whose(places: readonly number[], to: string, isMackerels: boolean): Who {
    if (isMackerels) return { name: 'Mackerel', role: 'mackerel' };
    if (to === numbers.b) return { name: phrases.numberB, role: 'number-b' };
    if (places.length === 0) return { name: phrases.switchboard, role: 'switchboard' };
    const name = [...new Set(places.map((place) => members[place]?.name))].join('・');
    return { name, role: 'member', place: places[0] };
  }

  function rings({ at, callSid, phone }: Of<'ringing'>, call: Call): Row[] {
    if (!call.isMembers) return [];
    const listed = members.find((member) => member.phone === phone)?.ringSeconds ?? 0;
    call.since = at;
    atThePhone = { callSid, who: call.who, since: at, doing: 'ringing', most: listed + TWILIO_ADDS };
    return [blank, { at, who: call.who, spans: [span(phrases.rings(listed, TWILIO_ADDS), 'strong')] }];
  }

  function answers({ at, callSid, by }: Of<'answered'>, call: Call): Row[] {
    if (!call.isMembers) return [];
    const seconds = secondsSince(call, at);
    call.isAnswered = true;
    call.since = at;
    if (atThePhone?.callSid === callSid) atThePhone = { ...atThePhone, since: at, doing: 'talking' };
    const what =
      by === 'voicemail'
        ? span(phrases.voicemailAnswers(seconds), 'warning')
        : span(phrases.answers(seconds), 'good');
    return [{ at, who: call.who, spans: [what] }];
  }

  function says({ at, text, language }: Of<'says'>, call: Call): Row[] {
    const quoted = language.startsWith('ja')
      ? (words: string) => `「${words}」`
      : (words: string) => `“${words}”`;
    const spans = call.said.has(text)
      ? [span(quoted(beginning(text)), 'speech'), span(` ${phrases.again}`, 'faint')]
      : [span(quoted(text), 'speech')];
    call.said.add(text);
    return [{ at, who: call.who, spans }];
  }

  function plays({ at, phone, url }: Of<'plays'>, call: Call): Row[] {
    if (phone !== numbers.b) return [{ at, who: call.who, spans: [span(`♪ ${new URL(url).pathname}`)] }];
    call.hasMusic = true;
    return [{ at, who: call.who, spans: [span('♪ ', 'faint'), span(phrases.musicStarts)] }];
  }

  function presses({ at, digit, taken }: Of<'pressed'>, call: Call): Row[] {
    const spans = [
      span(phrases.presses(digit), 'key'),
      ...(taken ? [] : [span(` ${phrases.unheard}`, 'faint')]),
    ];
    return [{ at, who: call.who, spans }];
  }

  function ends(event: Of<'hung-up'>, call: Call): Row[] {
    const { at, callSid } = event;
    if (atThePhone?.callSid === callSid) atThePhone = undefined;
    if (call.isMembers) return [{ at, who: call.who, spans: [ending(event, call)] }];
    if (!call.hasMusic) return [];
    return [{ at, who: call.who, spans: [span('♪ ', 'faint'), span(phrases.musicStops)] }];
  }

  function ending({ at, status, who }: Of<'hung-up'>, call: Call): Span {
    const seconds = secondsSince(call, at);
    if (status === 'no-answer') return span(phrases.noAnswer(seconds), 'warning');
    if (status === 'busy')
      return span(call.since === undefined ? phrases.busy : phrases.refuses(seconds), 'warning');
    if (status === 'failed') return span(phrases.unreachable, 'warning');
    if (status === 'canceled') return span(phrases.canceled, 'faint');
    return span(who === 'callee' ? phrases.hangsUp(seconds) : phrases.callEnds(seconds), 'faint');
  }

  function fault({ at, code, message, url }: Of<'fault'>): Row[] {
    const where = url === undefined ? '' : ` (${new URL(url).pathname})`;
    const who: Who = { name: phrases.switchboard, role: 'switchboard' };
    return [{ at, who, spans: [span(withoutNumbers(`${code} ${message}${where}`), 'bad')] }];
  }

  return {
    tell(event) {
      if (event.kind === 'call-created') return created(event);
      if (event.kind === 'fault') return fault(event);
      const call = 'callSid' in event ? calls.get(event.callSid) : undefined;
      if (!call) return [];
      switch (event.kind) {
        case 'ringing':
          return rings(event, call);
        case 'answered':
          return answers(event, call);
        case 'says':
          return says(event, call);
        case 'plays':
          return plays(event, call);
        case 'pressed':
          return presses(event, call);
        case 'bridged':
          return [{ at: event.at, who: call.who, spans: [span(phrases.bridged)] }];
        case 'hung-up':
          return ends(event, call);
        default:
          return [];
      }
    },
    get now() {
      return atThePhone;
    },
  };
}

const secondsSince = ({ since }: Call, at: number) =>
  since === undefined ? 0 : Math.round((at - since) / 1000);

/** StopSignal to recognize it. */
function beginning(text: string): string {
  const letters = [...text];
  return letters.length <= 12 ? text : `${letters.slice(0, 10).join('').trimEnd()}…`;
}
