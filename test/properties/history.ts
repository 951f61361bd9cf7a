/**
 * A history: all that may happen to a dial list in a night, as a plain value, so that it can be printed, shrunk and
 * told again.
 */
import fc from 'fast-check';
import {
  answers,
  type Fault,
  type Gesture,
  type HookKind,
  type NeighbourName,
  type Reaction,
} from '../../switchboard';

export type History = {
  readonly night: Night;
  /** As people write it. `phones`: one a member, by number; the same number twice is the same phone. */
  readonly list: {
    readonly phones: readonly number[];
    readonly ringSeconds: number;
    readonly rounds: number;
    readonly pauseSeconds: number;
    readonly answer: 'keypress' | 'pickup';
    readonly start: 'call' | 'webhook';
    readonly every: 'day' | 'week' | 'page' | 'never';
    readonly quietMinutes: number;
    readonly repeatMinutes: number;
  };
  readonly setup: {
    readonly slack: 'bot' | 'webhook';
    readonly webhook: boolean;
    readonly apiKey: 'none' | 'read' | 'write';
    readonly statusCallback: boolean;
    readonly resends: boolean;
    readonly actionAfterParentEnds: boolean;
    readonly whisperFailure: 'bridge' | 'hang-up';
    readonly unbridged: 'completed' | 'no-answer';
    readonly missingNameCode: 'specific' | 'unique-name';
    /** Seconds. */
    readonly staleFetch: number;
    readonly numberB?: 'busy' | 'unanswered' | 'out-of-order';
  };
  /** What each phone's owner does when it rings, one after the other; nothing at all after that. */
  readonly people: readonly (readonly Reaction[])[];
  readonly alerts: readonly AlertStory[];
  readonly failures: readonly Failure[];
  readonly callbacks: readonly CallbackFault[];
  /** Seconds after the beginning at which the oldest call of Mackerel's that is up breaks off. */
  readonly lost: readonly number[];
  /** The clock: how many calls of `/health` come each minute, over and over; none where left out. */
  readonly ticks?: readonly number[];
  /** Seconds after the beginning at which the clock stops for good. */
  readonly ticksEnd?: number;
};

/** When it happens, and when the duty passes on. Instants as ISO strings, in UTC. */
export type Night = {
  readonly begins: string;
  /** A handoff, and which, counted from member 1's: so that nothing of ours has to be asked when it is. */
  readonly handsOff: string;
  readonly nth: number;
  readonly timeZone: string;
  /** Local time and date, as in the list. */
  readonly at: string;
  readonly since: string;
};

export type AlertStory = {
  /** Seconds after the beginning. */
  readonly at: number;
  readonly status: AlertStatus;
  readonly next: readonly { readonly after: number; readonly what: AlertStatus | 'close' }[];
};
type AlertStatus = 'CRITICAL' | 'WARNING' | 'UNKNOWN';

type Handoff = Omit<Night, 'begins'>;
/** Hours after 03:00 in Tokyo. */
const inTheMorning: Handoff = {
  handsOff: '2026-11-23T00:00:00Z',
  nth: 7,
  timeZone: 'Asia/Tokyo',
  at: '09:00',
  since: '2026-11-16',
};
const aPlainNight: Night = { begins: '2026-11-22T18:00:00Z', ...inTheMorning };
const newYork = { nth: 7, timeZone: 'America/New_York' };
const handoffs: readonly Handoff[] = [
  inTheMorning,
  // From the days before the first member's to the first of them.
  { ...inTheMorning, nth: 0, since: '2026-11-23' },
  // New Year, west of UTC.
  {
    handsOff: '2027-01-01T08:00:00Z',
    nth: 7,
    timeZone: 'America/Los_Angeles',
    at: '00:00',
    since: '2026-12-25',
  },
  // 01:30 comes twice, and counts the first time.
  { ...newYork, handsOff: '2026-11-01T05:30:00Z', at: '01:30', since: '2026-10-25' },
  // 02:30 is skipped, and comes at 03:30.
  { ...newYork, handsOff: '2027-03-14T07:30:00Z', at: '02:30', since: '2027-03-07' },
];

/** Most of them within the time that a page takes. */
const night: fc.Arbitrary<Night> = fc.oneof(
  fc.constant(aPlainNight),
  fc.tuple(fc.constantFrom(...handoffs), fc.integer({ min: 0, max: 600 })).map(([handoff, seconds]) => ({
    begins: new Date(Date.parse(handoff.handsOff) - seconds * 1000).toISOString(),
    ...handoff,
  })),
);

/** The clock ticks, and never stops: what it stands for is promised. */
export const hasClock = ({ ticks, ticksEnd }: History) => ticks !== undefined && ticksEnd === undefined;

/** What happens to requests to a neighbour, from the nth on, for so many of them. */
export type Failure = {
  readonly neighbour: NeighbourName;
  readonly from: number;
  readonly times: number;
  readonly fault: Fault;
};

/** How callbacks of a kind arrive, from the nth on, so many of them: seconds after which each copy comes. */
export type CallbackFault = {
  readonly hook: HookKind;
  readonly from: number;
  readonly times: number;
  readonly copies: readonly number[];
  /** The work is done, and the answer is lost. */
  readonly isUnheard?: true;
};

/** Seconds that a call waits for its document; a status callback, which nothing waits for, comes however late. */
const WAITED_FOR = 15;
/** Nothing of it comes in time, or nothing that is answered. */
export const isLost = ({ hook, copies, isUnheard }: Pick<CallbackFault, 'hook' | 'copies' | 'isUnheard'>) =>
  copies.length === 0 || (hook !== 'status' && (isUnheard || Math.min(...copies) >= WAITED_FOR));

/** What a regime lets happen. Each property says in which of them it is promised. */
export type Regime = {
  readonly failing: readonly NeighbourName[];
  /** `repeated`: doubled, late, overtaking one another; some come too late. `lost`: some never come, or are answered in vain. */
  readonly callbacks: 'punctual' | 'repeated' | 'lost';
  readonly losesCalls: boolean;
};

const calm: Regime = { failing: [], callbacks: 'punctual', losesCalls: false };
export const regimes = {
  'nothing fails': calm,
  'callbacks late, doubled, swapped': { ...calm, callbacks: 'repeated' },
  'Slack fails': { ...calm, failing: ['slack'] },
  "Mackerel's API fails": { ...calm, failing: ['mackerel'] },
  'Sync fails': { ...calm, failing: ['sync'] },
  'calls break off': { ...calm, losesCalls: true },
  'all but Sync fails': {
    failing: ['slack', 'mackerel', 'twilio'],
    callbacks: 'lost',
    losesCalls: true,
  },
  'anything fails': {
    failing: ['sync', 'slack', 'mackerel', 'twilio'],
    callbacks: 'lost',
    losesCalls: true,
  },
} as const satisfies Record<string, Regime>;
export type RegimeName = keyof typeof regimes;
export const regimeNames = Object.keys(regimes) as RegimeName[];

const key = fc.constantFrom('1', '1', '2', '*', '9', '3', '#');
const gesture: fc.Arbitrary<Gesture> = fc.oneof(
  fc.constant<Gesture>({ kind: 'listen' }),
  fc.record({ kind: fc.constant('press' as const), digits: key }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 40 }) }),
  fc.constant<Gesture>({ kind: 'hang-up' }),
);

const reaction: fc.Arbitrary<Reaction> = fc.oneof(
  fc.constant<Reaction>({ kind: 'ignore' }),
  fc.constant<Reaction>({ kind: 'busy' }),
  fc.constant<Reaction>({ kind: 'switched-off' }),
  fc.record({ kind: fc.constant('refuse' as const), after: fc.integer({ min: 0, max: 20 }) }),
  fc.record({
    kind: fc.constant('voicemail' as const),
    after: fc.integer({ min: 1, max: 30 }),
    records: fc.integer({ min: 1, max: 60 }),
  }),
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.array(gesture, { maxLength: 5 }), fc.integer({ min: 0, max: 30 }))
      .map(([gestures, after]) => answers(gestures, after)),
  },
);

/** Mostly a page's own time; now and then long after it, when it has been forgotten or is sent again. */
const seconds = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 120 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 600 }) },
  { weight: 1, arbitrary: fc.integer({ min: 600, max: 3_600 }) },
);
const status = fc.constantFrom<AlertStatus>('CRITICAL', 'WARNING', 'UNKNOWN');
const alertStory: fc.Arbitrary<AlertStory> = fc.record({
  at: seconds,
  status,
  next: fc.array(
    fc.record({
      after: seconds,
      what: fc.oneof(status, fc.constant('close' as const)),
    }),
    { maxLength: 2 },
  ),
});

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>({ kind: 'down' }),
  fc.constant<Fault>({ kind: 'hang' }),
  fc.record({ kind: fc.constant('slow' as const), seconds: fc.constantFrom(0.5, 1, 1.3, 2, 5) }),
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(429, 500, 503) }),
);
const answers404: Fault = { kind: 'status', status: 404, body: 'no_service' };
const json = (status: number, body: string): Fault => ({
  kind: 'status',
  status,
  headers: { 'content-type': 'application/json' },
  body,
});
const notOk = (error: string) => json(200, JSON.stringify({ ok: false, error }));

/** What only these say, each in its own words; docs.slack.dev/reference/methods, mackerel.io/api-docs */
const faultsOf: Partial<Record<NeighbourName, readonly Fault[]>> = {
  sync: [json(200, '{}'), json(200, 'null'), json(200, '<html>Bad gateway</html>')],
  slack: [
    ...['channel_not_found', 'invalid_auth', 'ratelimited', 'restricted_action', 'a_word_of_tomorrow'].map(
      notOk,
    ),
    ...['restricted_action_thread_locked', 'msg_too_long', 'message_not_found', 'fatal_error'].map(notOk),
    answers404,
  ],
  mackerel: [
    json(403, '{"error":"API key is not valid"}'),
    json(404, '{"error":"Not found"}'),
    json(200, '<html>Bad gateway</html>'),
    json(200, 'null'),
    json(200, '{"alerts":"none","id":1}'),
  ],
};

/** An incoming webhook knows no `ok`: what it says with 200 is that it took the message. */
const asItSpeaks = (history: History): History => ({
  ...history,
  failures: history.failures.map((failure) => {
    const isBots = failure.fault.kind === 'status' && failure.fault.status === 200;
    const isSpoken = failure.neighbour === 'slack' && history.setup.slack === 'webhook' && isBots;
    return isSpoken ? { ...failure, fault: answers404 } : failure;
  }),
});

/** With the clock, what nobody answers rings again and again: each minute, it would ring all night. */
const unhurried = (history: History): History =>
  history.ticks ? { ...history, list: { ...history.list, repeatMinutes: 10 } } : history;

const failureOf = (neighbour: NeighbourName): fc.Arbitrary<Failure> =>
  fc.record({
    neighbour: fc.constant(neighbour),
    from: nth,
    times,
    fault: fc.oneof({ weight: 2, arbitrary: fault }, ...ownFaults(neighbour)),
  });
const ownFaults = (neighbour: NeighbourName) =>
  (faultsOf[neighbour] ?? []).length > 0
    ? [{ weight: 1, arbitrary: fc.constantFrom(...(faultsOf[neighbour] ?? [])) }]
    : [];

const nth = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 60 }));
const times = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 40 }), fc.constant(10_000));

const hook = fc.constantFrom<HookKind>('twiml', 'action', 'whisper', 'gather', 'status');
/** Seconds. Twilio waits for 15: what comes after 20 does its work, and nobody hears the answer. */
const delay = fc.constantFrom(0, 0, 0.2, 1, 3, 6, 20);
const copies = (least: number) => fc.array(delay, { minLength: least, maxLength: 3 });

const callbackFault = (kind: 'repeated' | 'lost'): fc.Arbitrary<CallbackFault> => {
  const late = fc.record({ hook, from: nth, times, copies: copies(kind === 'lost' ? 0 : 1) });
  const unheard = fc.record({
    hook,
    from: nth,
    times,
    copies: fc.constant([0]),
    isUnheard: fc.constant(true as const),
  });
  return kind === 'lost' ? fc.oneof({ weight: 3, arbitrary: late }, { weight: 1, arbitrary: unheard }) : late;
};

/** The clock: some of its ticks are lost, and some come twice, or five times at once. */
export const ticking = fc
  .array(fc.constantFrom(0, 1, 1, 2, 5), { minLength: 1, maxLength: 5 })
  .filter((copies) => copies.some((times) => times > 0));

const phones = (least: number, most: number, weight: number) => ({
  weight,
  arbitrary: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: least, maxLength: most }),
});

/** Most are small: what goes wrong goes wrong among few, and so more can be told. */
export function historyIn({ failing, callbacks, losesCalls }: Regime): fc.Arbitrary<History> {
  const told = fc.record({
    night,
    list: fc.record({
      phones: fc.oneof(phones(1, 2, 3), phones(3, 4, 1)),
      ringSeconds: fc.constantFrom(5, 20, 60),
      rounds: fc.constantFrom(1, 1, 1, 2, 2, 3),
      pauseSeconds: fc.constantFrom(0, 10, 60),
      answer: fc.oneof(
        { weight: 4, arbitrary: fc.constant('keypress' as const) },
        { weight: 1, arbitrary: fc.constant('pickup' as const) },
      ),
      start: fc.oneof(
        { weight: 2, arbitrary: fc.constant('call' as const) },
        { weight: 1, arbitrary: fc.constant('webhook' as const) },
      ),
      every: fc.constantFrom('never' as const, 'day' as const, 'week' as const, 'page' as const),
      quietMinutes: fc.constantFrom(0, 5, 30),
      repeatMinutes: fc.constantFrom(1, 10),
    }),
    setup: fc.record({
      slack: fc.constantFrom('bot' as const, 'bot' as const, 'webhook' as const),
      webhook: fc.boolean(),
      apiKey: fc.constantFrom('none' as const, 'read' as const, 'write' as const),
      statusCallback: fc.boolean(),
      resends: fc.oneof(
        { weight: 5, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
      actionAfterParentEnds: fc.boolean(),
      whisperFailure: fc.constantFrom('hang-up' as const, 'bridge' as const),
      unbridged: fc.constantFrom('completed' as const, 'no-answer' as const),
      missingNameCode: fc.constantFrom('specific' as const, 'unique-name' as const),
      staleFetch: fc.constantFrom(0, 3),
      numberB: losesCalls
        ? fc.constantFrom(
            undefined,
            undefined,
            undefined,
            'busy' as const,
            'unanswered' as const,
            'out-of-order' as const,
          )
        : fc.constant(undefined),
    }),
    people: fc.array(fc.array(reaction, { maxLength: 4 }), { maxLength: 4 }),
    alerts: fc.oneof(
      { weight: 9, arbitrary: fc.array(alertStory, { minLength: 1, maxLength: 2 }) },
      { weight: 2, arbitrary: fc.array(alertStory, { minLength: 3, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.array(alertStory, { minLength: 4, maxLength: 6 }) },
    ),
    failures:
      failing.length === 0
        ? fc.constant([])
        : fc.array(fc.oneof(...failing.map(failureOf)), { minLength: 1, maxLength: 3 }),
    callbacks:
      callbacks === 'punctual'
        ? fc.constant([])
        : fc.array(callbackFault(callbacks), { minLength: 1, maxLength: 3 }),
    lost: losesCalls ? fc.array(seconds, { minLength: 0, maxLength: 2 }) : fc.constant([]),
    // Every other one has a clock.
    // They make a night twice as long to tell.
    ticks: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: ticking }),
    ticksEnd: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: seconds }),
  });
  return told.map(asItSpeaks).map(unhurried);
}

type Changes = {
  readonly list?: Partial<History['list']>;
  readonly setup?: Partial<History['setup']>;
} & Partial<Omit<History, 'list' | 'setup'>>;

/** One alert, one member who ignores the phone, and nothing set up but the Twilio channel. */
export const aHistory = ({ list, setup, ...changes }: Changes): History => ({
  night: aPlainNight,
  list: {
    phones: [1],
    ringSeconds: 5,
    rounds: 1,
    pauseSeconds: 0,
    answer: 'keypress',
    start: 'call',
    every: 'never',
    quietMinutes: 0,
    repeatMinutes: 1,
    ...list,
  },
  setup: {
    slack: 'bot',
    webhook: false,
    apiKey: 'none',
    statusCallback: false,
    resends: false,
    actionAfterParentEnds: false,
    whisperFailure: 'hang-up',
    unbridged: 'completed',
    missingNameCode: 'specific',
    staleFetch: 0,
    ...setup,
  },
  people: [],
  alerts: [{ at: 0, status: 'CRITICAL', next: [] }],
  failures: [],
  callbacks: [],
  lost: [],
  ...changes,
});
