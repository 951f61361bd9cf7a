/** Everything the page says, in one language. What Slack and the telephones say is the product's own. */
import type { Gesture } from '../../moves';
import type { Problem } from '../send';

export type Words = {
  readonly title: string;
  readonly skip: string;
  readonly connecting: string;
  readonly disconnected: string;
  readonly clock: {
    readonly label: string;
    readonly speed: string;
    readonly pause: string;
    readonly goOn: string;
    readonly step: string;
    readonly paused: string;
    readonly clean: string;
    readonly reallyClean: string;
    readonly playing: string;
  };
  readonly view: {
    readonly language: string;
    readonly theme: string;
    readonly themes: Readonly<Record<'auto' | 'light' | 'dark', string>>;
    readonly voice: string;
    readonly mute: string;
  };
  readonly mackerel: {
    readonly heading: string;
    readonly preset: string;
    readonly own: string;
    readonly type: string;
    readonly types: Readonly<Record<string, string>>;
    readonly status: string;
    readonly statuses: Readonly<Record<string, string>>;
    readonly monitor: string;
    readonly message: string;
    readonly group: string;
    readonly groupHint: string;
    readonly count: string;
    readonly raise: string;
    readonly drill: string;
    readonly drillHint: string;
    readonly more: string;
    readonly resend: string;
    readonly close: string;
    readonly open: (count: number) => string;
    readonly closed: (count: number) => string;
    readonly none: string;
    readonly andMore: (count: number) => string;
    readonly ofAlert: (what: string, monitor: string) => string;
  };
  readonly now: {
    readonly heading: string;
    readonly quiet: string;
    readonly quietHint: string;
    readonly ringing: (name: string) => string;
    readonly talking: (name: string) => string;
    readonly passed: (name: string) => string;
    readonly pausing: string;
    readonly taken: (name: string, time: string) => string;
    readonly closed: (time: string) => string;
    readonly unanswered: (time: string) => string;
    readonly where: (
      ring: number,
      position: number,
      members: number,
      round: number,
      rounds: number,
    ) => string;
    readonly alerts: string;
    readonly alertsGone: string;
    readonly test: string;
    readonly direct: string;
    readonly bridge: string;
  };
  readonly desk: {
    readonly heading: string;
    readonly habit: string;
    readonly habits: Readonly<Record<string, string>>;
    readonly idle: string;
    readonly dialed: string;
    readonly ringing: string;
    readonly secondsLeft: (seconds: number) => string;
    readonly talking: (seconds: number) => string;
    readonly voicemail: (seconds: number) => string;
    readonly shares: (name: string) => string;
    readonly gestures: Readonly<Record<Exclude<Gesture, 'press'>, string>>;
    readonly ofPhone: (what: string, name: string) => string;
    readonly keypad: (name: string) => string;
    readonly keys: Readonly<Record<string, string>>;
    readonly pressed: string;
    readonly ended: Readonly<Record<string, string>>;
    readonly listening: string;
    readonly language: Readonly<Record<string, string>>;
    readonly next: string;
    readonly showAll: (count: number) => string;
  };
  readonly numberB: {
    readonly heading: string;
    readonly silent: string;
    readonly playing: (seconds: number) => string;
    readonly blocked: string;
  };
  readonly own: {
    readonly heading: string;
    readonly hint: string;
    readonly call: string;
  };
  readonly slack: {
    readonly heading: string;
    readonly empty: string;
    readonly edited: string;
    readonly broadcast: string;
    readonly replies: (count: number) => string;
    readonly graph: string;
    readonly earlier: (count: number) => string;
  };
  readonly timeline: {
    readonly heading: string;
    readonly empty: string;
    readonly lanes: Readonly<Record<'mackerel' | 'slack' | 'b' | 'own', string>>;
    readonly kinds: Readonly<Record<string, string>>;
    readonly earlier: string;
    readonly later: string;
    readonly asList: string;
    readonly summary: (lanes: number, seconds: number) => string;
    readonly span: (what: string, seconds: number) => string;
  };
  readonly floor: {
    readonly heading: string;
    readonly tabs: Readonly<Record<'log' | 'faults' | 'night', string>>;
  };
  readonly log: {
    readonly show: string;
    readonly shows: Readonly<Record<'webhooks' | 'all', string>>;
    readonly columns: Readonly<
      Record<'time' | 'to' | 'request' | 'status' | 'took' | 'requestCounts', string>
    >;
    readonly functions: string;
    readonly empty: string;
    readonly waiting: string;
    readonly opens: (what: string) => string;
    readonly request: string;
    readonly response: string;
    readonly noResponse: string;
    readonly closes: string;
    readonly headers: string;
    readonly took: (ms: number) => string;
    readonly madeBy: string;
    readonly requestCounts: (counts: readonly (readonly [string, number])[]) => string;
  };
  readonly faults: {
    readonly hint: string;
    readonly what: Readonly<Record<string, string>>;
    readonly how: Readonly<Record<string, string>>;
    readonly fine: string;
    readonly mend: string;
    readonly on: (count: number) => string;
    readonly troubles: string;
  };
  readonly night: {
    readonly save: string;
    readonly saveHint: string;
    readonly play: string;
    readonly playHint: string;
    readonly test: string;
  };
  readonly problems: Readonly<Record<Problem['why'], string>>;
  readonly announce: {
    readonly rings: (name: string) => string;
    readonly answers: (name: string) => string;
    readonly voicemail: (name: string) => string;
    readonly ends: (name: string) => string;
    readonly raised: (what: string) => string;
    readonly closed: (what: string) => string;
  };
};
