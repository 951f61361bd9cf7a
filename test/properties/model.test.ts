/**
 * `decide` against a model of it that is read in one go: every history of up to so many events of an alphabet, none left
 * out. There are several alphabets, for all events at once would be too many. What the model leaves out: what Mackerel's
 * API and webhook tell on the way, closing by phone, more alerts than the book has room for, a state that a callback
 * carries past Sync, and an alert whose call waited behind the others.
 */
import { alertsOf } from '../../src/core/escalation/book';
import { decide } from '../../src/core/escalation/decide';
import type { Event } from '../../src/core/escalation/event';
import type { LoggedNews } from '../../src/core/escalation/news';
import { emptyState, type State } from '../../src/core/escalation/state';
import type { Step } from '../../src/core/escalation/step';
import { aDialList } from '../support/dial-list';
import { callSid, EVENING } from '../support/event';
import {
  answer,
  beginning,
  type Happening,
  later,
  type Model,
  type ModelPage,
  type Rules,
  type Severity,
} from './model';

const phone = (place: number) => `+81500000000${place}`;

const dialList = ({ members, rounds, takesByPickup, turnsByPage, repeatsAfter }: Rules) =>
  aDialList({
    members: Array.from({ length: members }, (_, place) => ({
      name: `member-${place}`,
      phone: phone(place),
    })),
    rounds,
    answer: takesByPickup ? 'pickup' : 'keypress',
    rotation: { every: turnsByPage ? 'page' : 'never' },
    ...(repeatsAfter && { start: 'webhook', repeatMinutes: repeatsAfter }),
  });

type OfRing = 'ring-over' | 'picked-up' | 'takes' | 'passes' | 'placed' | 'heard-out';
const inTimeAndLate = (...kinds: OfRing[]): Happening[] =>
  [false, true].flatMap((isLate) => kinds.map((kind) => ({ kind, isLate })));
const call = (id: string): Happening => ({ kind: 'alert', id, way: 'bridge' });
const webhook = (id: string, severity?: Severity): Happening => ({
  kind: 'alert',
  id,
  way: 'direct',
  severity,
});
const closed = (id: string): Happening => ({ kind: 'closed', id });
const minutes = (count: number): Happening => ({ kind: 'time', minutes: count });
const takes: Happening = { kind: 'takes', isLate: false };
const heardOut: Happening = { kind: 'heard-out', isLate: false };
const ringOver: Happening = { kind: 'ring-over', isLate: false };
const bridgedRingOver: Happening = { kind: 'ring-over', isLate: false, wasBridged: true };
const goesDirect: Happening = { kind: 'call-gone', canCall: true };

type Alphabet = {
  readonly rules: Rules;
  readonly longest: number;
  readonly happenings: readonly Happening[];
};

const ALPHABETS: Readonly<Record<string, Alphabet>> = {
  'calls and keys': {
    rules: { members: 2, rounds: 2 },
    longest: 6,
    happenings: [
      ...[call('A'), call('B'), { kind: 'asked-again' } as const],
      ...inTimeAndLate('ring-over', 'picked-up', 'takes', 'passes'),
      ...[{ kind: 'other-ring-over' } as const, { kind: 'pause-over' } as const],
      ...[closed('A'), closed('B'), goesDirect, { kind: 'call-gone', canCall: false } as const],
      ...[minutes(2), minutes(31)],
    ],
  },
  'calls of our own, begun by the webhook': {
    rules: { members: 2, rounds: 2, repeatsAfter: 10 },
    longest: 5,
    happenings: [
      ...[webhook('A', 'warning'), webhook('A', 'critical'), webhook('B')],
      ...inTimeAndLate('ring-over', 'picked-up', 'takes', 'passes', 'placed'),
      ...[
        { kind: 'decided-again' } as const,
        { kind: 'other-ring-over' } as const,
        { kind: 'unreachable' } as const,
        { kind: 'pause-over' } as const,
      ],
      ...[closed('A'), closed('B'), minutes(2), minutes(31)],
    ],
  },
  'calls that are gone': {
    rules: { members: 2, rounds: 2 },
    longest: 6,
    happenings: [
      ...[call('A'), webhook('A'), webhook('B'), { kind: 'call-missed' } as const],
      ...[goesDirect, { kind: 'call-gone', canCall: true, isUnsure: true } as const],
      ...[
        { kind: 'asked-again' } as const,
        { kind: 'decided-again' } as const,
        { kind: 'pause-over' } as const,
      ],
      ...inTimeAndLate('ring-over', 'takes', 'placed'),
      bridgedRingOver,
      ...[{ kind: 'other-ring-over' } as const, { kind: 'unreachable' } as const, closed('A'), minutes(2)],
    ],
  },
  'picking up is taking': {
    rules: { members: 2, rounds: 2, takesByPickup: true },
    longest: 5,
    happenings: [
      ...[call('A'), call('B'), { kind: 'asked-again' } as const],
      ...inTimeAndLate('ring-over', 'picked-up', 'heard-out'),
      ...[bridgedRingOver, { ...bridgedRingOver, isLate: true }, { kind: 'pause-over' } as const],
      ...[goesDirect, closed('A'), minutes(2), minutes(31)],
    ],
  },
  'alerts that get worse': {
    rules: { members: 2, rounds: 1 },
    longest: 6,
    happenings: [
      ...(['warning', 'critical', undefined] as const).map(
        (severity) => ({ kind: 'alert', id: 'A', way: 'bridge', severity }) as const,
      ),
      ...(['warning', 'critical'] as const).map(
        (severity) => ({ kind: 'reported', id: 'A', severity }) as const,
      ),
      ...[call('B'), takes, ringOver, heardOut, closed('A'), minutes(2), minutes(31)],
    ],
  },
  'alerts put aside, and tests of the line': {
    rules: { members: 2, rounds: 1 },
    longest: 5,
    happenings: [
      ...[{ kind: 'test' } as const, { kind: 'asked-again' } as const, call('A'), call('B')],
      ...['A', 'B'].flatMap((id) => [false, true].map((isLate) => ({ kind: 'joins', id, isLate }) as const)),
      ...[
        takes,
        ringOver,
        heardOut,
        { kind: 'unreachable' } as const,
        { kind: 'call-missed' } as const,
        goesDirect,
      ],
      ...[closed('A'), closed('B'), minutes(2), minutes(31)],
    ],
  },
  ...Object.fromEntries(
    [false, true].map((turnsByPage): [string, Alphabet] => [
      `turns, by the ${turnsByPage ? 'page' : 'date'}`,
      {
        rules: { members: 3, rounds: 1, turnsByPage },
        longest: 6,
        happenings: [
          ...[0, 1, 5].map((turn) => ({ kind: 'alert', id: 'A', way: 'bridge', turn }) as const),
          ...[call('B'), { kind: 'test', turn: 1 } as const, takes, ringOver, closed('A'), minutes(31)],
        ],
      },
    ]),
  ),
};

/** What closed is forgotten after an hour; the model does not forget. */
const HOUR = 60;

/** Where no call names a page, its alert and second do; nor is it over in the second in which it begins. */
const isToBeNamedAlike = ({ page, begun, pageOf, now }: Model, id: string) =>
  page?.end && pageOf[id] === page.number && begun.at(-1) === now;

function isPossible(model: Model, happening: Happening): boolean {
  const { page, previous, now } = model;
  switch (happening.kind) {
    case 'time':
      return now + happening.minutes < HOUR;
    case 'alert':
      return happening.way === 'bridge' || !isToBeNamedAlike(model, happening.id);
    case 'reported':
    case 'test':
    case 'closed':
      return true;
    case 'joins':
      return happening.isLate ? previous !== null : page !== null;
    case 'decided-again':
      return page?.way === 'direct' && page.leg === 'ringing' && page.end === null && !page.hasCall;
    case 'call-missed':
      return page?.way === 'bridge';
    case 'other-ring-over':
      // Which call is a ring's is not known before it is noted.
      return page?.hasCall === true;
    case 'placed':
      return happening.isLate ? (page?.ring ?? 0) > 0 : page?.way === 'direct' && page.leg !== 'pausing';
  }
  if (!page) return false;
  if (!('isLate' in happening)) return true;
  // In a pause no phone rings.
  return happening.isLate ? page.ring > 0 : page.leg !== 'pausing' || happening.kind === 'ring-over';
}

/** A test that got an alert and lost its call: no call of Mackerel's ever came about it. */
const isByNobody = ({ page, calls }: State) => page?.way === 'direct' && calls.length === 0;

const NO_PAGE = { id: '', attempt: 0, call: '', way: 'bridge' as const, isTest: false, placer: undefined };

/** @param nth of the history: its calls, and who decides, are named after it */
function eventOf(rules: Rules, state: State, happening: Happening, at: number, nth: number): Event | null {
  const page = state.page ?? NO_PAGE;
  const decider = `webhook-${nth}`;
  const ofRing = (isLate: boolean) => ({
    ...{ page: page.id, attempt: page.attempt - (isLate ? 1 : 0), call: page.call },
    ...{ at, decider },
  });
  const starting = { way: 'bridge', call: callSid(nth), turn: 0, at, decider } as const;
  const alertOfPage = { id: alertsOf(state, state.page)[0]?.id ?? 'A', heardAt: at };
  switch (happening.kind) {
    case 'time':
      return null;
    case 'alert': {
      const { id, way, turn = 0, severity: status } = happening;
      const alert = { id, heardAt: at, status };
      if (way === 'bridge') return { kind: 'alert-notified', ...starting, turn, alert };
      return rules.repeatsAfter === undefined
        ? { kind: 'call-missed', ...starting, way, turn, alert }
        : { kind: 'alert-notified', ...starting, way, call: '', turn, alert };
    }
    case 'reported':
      return {
        kind: 'alerts-reported',
        alerts: [{ id: happening.id, heardAt: at, status: happening.severity }],
        at,
      };
    case 'joins': {
      const to = (happening.isLate ? state.previous : state.page)?.id ?? '';
      return { kind: 'alerts-joined', page: to, alerts: [{ id: happening.id, heardAt: at }], at };
    }
    case 'test':
      return { kind: 'test-started', ...starting, turn: happening.turn ?? 0 };
    case 'asked-again': {
      const ofMackerel = page.way === 'bridge' ? page.call : callSid(Number(state.calls.at(-1)));
      const again = { ...starting, call: ofMackerel };
      return page.isTest
        ? { kind: 'test-started', ...again }
        : { kind: 'alert-notified', ...again, alert: alertOfPage };
    }
    case 'decided-again':
      return {
        kind: 'ring-ended',
        ...ofRing(true),
        decider: page.placer,
        why: 'no-answer',
        wasBridged: false,
      };
    case 'ring-over':
      return {
        ...{ kind: 'ring-ended', ...ofRing(happening.isLate), why: 'no-answer' },
        wasBridged: happening.wasBridged ?? false,
      };
    case 'other-ring-over':
      return { kind: 'ring-ended', ...ofRing(false), call: callSid(99), why: 'no-answer', wasBridged: false };
    case 'picked-up':
      return { kind: 'answered', ...ofRing(happening.isLate) };
    case 'takes':
      return { kind: 'key-pressed', key: 'take', ...ofRing(happening.isLate) };
    case 'passes':
      return { kind: 'key-pressed', key: 'pass', ...ofRing(happening.isLate) };
    case 'heard-out':
      return { kind: 'confirmed', ...ofRing(happening.isLate) };
    case 'placed': {
      const ring = ofRing(happening.isLate);
      return { kind: 'placed', ...ring, call: callSid(90 + ring.attempt) };
    }
    case 'unreachable':
      return { kind: 'unreachable', page: page.id, at };
    case 'pause-over':
      return { kind: 'pause-over', ...ofRing(false) };
    case 'closed':
      return { kind: 'alerts-closed', alerts: [happening.id], at };
    case 'call-gone': {
      const { canCall, isUnsure = false } = happening;
      return { kind: 'call-ended', call: page.call, isSure: !isUnsure, canCall, at, decider };
    }
    case 'call-missed':
      return { kind: 'call-missed', ...starting, way: 'direct', call: page.call, alert: alertOfPage };
  }
}

function doneIn(step: Step): string {
  switch (step.kind) {
    case 'ring':
      return `ring ${step.attempt}: ${step.member}`;
    case 'pause':
      return `pause ${step.attempt}`;
    case 'dismiss':
      return `dismiss ${step.member}: ${step.why === 'taken' ? step.by : step.why}`;
    case 'confirm-taken':
      return `confirm-taken ${step.member}${step.endCall ? ', end-call' : ''}`;
    default:
      return 'member' in step ? `${step.kind} ${step.member}` : step.kind;
  }
}

function toldIn(news: LoggedNews): string {
  const ofTest = 'isTest' in news && news.isTest ? ' of a test' : '';
  switch (news.kind) {
    case 'calling':
      return `calling ${news.attempt}: ${news.member}`;
    case 'page-started':
      return `page-started ${news.why}`;
    case 'not-reached':
      return `not-reached ${news.member} ${news.why}`;
    case 'joined':
      return `joined ${news.alerts}`;
    case 'all-closed':
      return `all-closed ${news.taker ?? 'nobody'}`;
    case 'call-lost':
      return `call-lost${news.isSure ? '' : ', perhaps taken'}`;
    default:
      if ('member' in news && news.kind !== 'kept-quiet') return `${news.kind} ${news.member}${ofTest}`;
      return 'alert' in news ? `${news.kind} ${news.alert}` : `${news.kind}${ofTest}`;
  }
}

type Seen = Pick<ModelPage, 'isTest' | 'order' | 'ring' | 'leg' | 'way' | 'hasCall' | 'end'>;
const pageSeen = ({ isTest, order, ring, leg, way, hasCall, end }: Seen) =>
  `page of ${order}${isTest ? ', a test' : ''}: ${way} ${hasCall}, ring ${ring} ${leg}, ended ${end}`;
const alertSeen = (id: string, isHere: boolean, by?: number, severity?: string) =>
  `${id} ${isHere ? 'here' : 'elsewhere'}, taken by ${by}, ${severity}`;

/** What of a state the model knows too. */
function seen({ page, alerts }: State): string {
  const open = alerts
    .filter(({ closedAt }) => closedAt === undefined)
    .map(({ id, page: of, taken, status }) =>
      alertSeen(id, of !== undefined && of === page?.id, taken?.by, status),
    );
  const hasCall = page?.call !== '';
  return [
    page && pageSeen({ ...page, ring: page.attempt, hasCall, end: page.end?.kind ?? null }),
    ...open.sort(),
  ].join('; ');
}

function seenIn({ page, pageOf, taken, severity, closed: shut }: Model): string {
  const open = [...new Set([...Object.keys(pageOf), ...Object.keys(severity)])]
    .filter((id) => !shut.includes(id))
    .map((id) => alertSeen(id, id in pageOf && pageOf[id] === page?.number, taken[id]?.by, severity[id]));
  return [page && pageSeen(page), ...open.sort()].join('; ');
}

/** Histories that came to the same go on in the same way: one of them is enough. Names and news do not matter for it. */
function nameOf({ page, alerts }: State, model: Model): string {
  const ids = [...new Set([page?.id, ...alerts.map((alert) => alert.page)])];
  const known = alerts.map((alert) => ({ ...alert, page: ids.indexOf(alert.page) }));
  const isPlaced = page?.placer === undefined;
  return JSON.stringify([page && { ...page, id: 0, call: page.call !== '', placer: isPlaced }, known, model]);
}

type Node = { readonly state: State; readonly model: Model; readonly path: readonly Happening[] };

test.each(Object.entries(ALPHABETS))('decide does what the model says: %s', (_name, alphabet) => {
  const { rules, longest, happenings } = alphabet;
  const list = dialList(rules);
  let nodes: Node[] = [{ state: emptyState, model: beginning, path: [] }];
  const known = new Set<string>();
  let decisions = 0;
  for (let length = 1; length <= longest; length++) {
    const further: Node[] = [];
    for (const { state, model, path } of nodes) {
      const isNext = (one: Happening) =>
        isPossible(model, one) && !(one.kind === 'asked-again' && isByNobody(state));
      for (const happening of happenings.filter(isNext)) {
        const step = tryOne(rules, list, { state, model, path: [...path, happening] }, happening, length);
        decisions += 1;
        if (length === longest) continue;
        const name = nameOf(step.state, step.model);
        if (known.has(name)) continue;
        known.add(name);
        further.push(step);
      }
    }
    nodes = further;
  }
  // So that nobody takes a model that leaves out half of it for a proof.
  expect(decisions).toBeGreaterThan(5_000);
});

function tryOne(
  rules: Rules,
  list: ReturnType<typeof dialList>,
  { state, model, path }: Node,
  happening: Happening,
  nth: number,
): Node {
  if (happening.kind === 'time') return { state, model: later(model, happening.minutes), path };
  const at = EVENING + Math.round(model.now * 60);
  const event = eventOf(rules, state, happening, at, nth);
  if (!event) throw new Error('Nothing happened');
  const decision = decide(list, state, event);
  const said = answer(rules, model, happening);
  const real = [doneIn(decision.step), decision.news.map(toldIn), seen(decision.state)].join(' | ');
  const wanted = [said.does, said.tells, seenIn(said.model)].join(' | ');
  if (real !== wanted)
    throw new Error(`after ${JSON.stringify(path)}\n  decide: ${real}\n  model:  ${wanted}`);
  return { state: { ...decision.state, news: [] }, model: said.model, path };
}
