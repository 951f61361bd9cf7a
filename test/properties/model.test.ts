/** `decide` against a model of it that is read in one go: every history of up to so many events, none left out. */
import { alertsOf } from '../../src/core/escalation/book';
import { decide } from '../../src/core/escalation/decide';
import type { Event } from '../../src/core/escalation/event';
import type { LoggedNews } from '../../src/core/escalation/news';
import { emptyState, type State } from '../../src/core/escalation/state';
import type { Step } from '../../src/core/escalation/step';
import { aDialList } from '../support/dial-list';
import { callSid, EVENING } from '../support/event';
import { answer, beginning, type Happening, later, type Model } from './model';

jest.setTimeout(60_000);

const LONGEST = 6;

const phone = (place: number) => `+81500000000${place}`;
const list = aDialList({
  members: [1, 2].map((place) => ({ name: `member-${place}`, phone: phone(place) })),
});
const rules = { members: 2, rounds: 2 };

const late = [false, true];
const happenings: readonly Happening[] = [
  { kind: 'alert', id: 'A' },
  { kind: 'alert', id: 'B' },
  { kind: 'asked-again' },
  ...late.flatMap((isLate) =>
    (['ring-over', 'picked-up', 'takes', 'passes'] as const).map((kind) => ({ kind, isLate })),
  ),
  { kind: 'pause-over' },
  { kind: 'closed', id: 'A' },
  { kind: 'closed', id: 'B' },
  { kind: 'call-gone', canCall: true },
  { kind: 'call-gone', canCall: false },
  { kind: 'time', minutes: 2 },
  { kind: 'time', minutes: 31 },
];

/** What closed is forgotten after an hour; the model does not forget. */
const HOUR = 60;

function isPossible({ page, now }: Model, happening: Happening): boolean {
  if (happening.kind === 'time') return now + happening.minutes < HOUR;
  if ('isLate' in happening) {
    if (!page || (happening.isLate && page.ring === 0)) return false;
    // In a pause no phone rings.
    return happening.isLate || page.leg !== 'pausing' || happening.kind === 'ring-over';
  }
  return page !== null || happening.kind === 'alert' || happening.kind === 'closed';
}

function eventOf(state: State, happening: Happening, at: number, nth: number): Event | null {
  const page = state.page ?? { id: '', attempt: 0, call: '', way: 'bridge' as const };
  const { call } = page;
  const ofRing = (isLate: boolean) => ({ page: page.id, attempt: page.attempt - (isLate ? 1 : 0), at });
  const notified = (id: string, by: string): Event => ({
    kind: 'alert-notified',
    alert: { id, heardAt: at },
    call: by,
    way: 'bridge',
    turn: 0,
    at,
  });
  switch (happening.kind) {
    case 'time':
      return null;
    case 'alert':
      return notified(happening.id, callSid(nth));
    case 'asked-again':
      return notified(alertsOf(state, state.page)[0]?.id ?? 'A', call || callSid(Number(state.calls.at(-1))));
    case 'ring-over':
      return { kind: 'ring-ended', ...ofRing(happening.isLate), call, why: 'no-answer', wasBridged: false };
    case 'picked-up':
      return { kind: 'answered', ...ofRing(happening.isLate) };
    case 'takes':
      return { kind: 'key-pressed', key: 'take', ...ofRing(happening.isLate) };
    case 'passes':
      return { kind: 'key-pressed', key: 'pass', ...ofRing(happening.isLate) };
    case 'pause-over':
      return { kind: 'pause-over', ...ofRing(false), call };
    case 'closed':
      return { kind: 'alerts-closed', alerts: [happening.id], at };
    case 'call-gone':
      return { kind: 'call-ended', call, isSure: true, canCall: happening.canCall, at };
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
    default:
      if ('member' in news && news.kind !== 'kept-quiet') return `${news.kind} ${news.member}`;
      return 'alert' in news ? `${news.kind} ${news.alert}` : news.kind;
  }
}

const takenIn = (entries: [string, number][]) => Object.fromEntries(entries.sort());

/** What of a state the model knows too. */
function seen(state: State) {
  const { page, alerts } = state;
  const open = alerts.filter(({ closedAt }) => closedAt === undefined);
  return {
    page: page && {
      order: page.order,
      ring: page.attempt,
      leg: page.leg,
      way: page.way,
      end: page.end?.kind ?? null,
      open: open
        .filter((alert) => alert.page === page.id)
        .map(({ id }) => id)
        .sort(),
    },
    taken: takenIn(open.flatMap(({ id, taken }) => (taken ? [[id, taken.by]] : []))),
  };
}

function seenIn({ page, pageOf, taken, closed }: Model): ReturnType<typeof seen> {
  return {
    page: page && {
      order: page.order,
      ring: page.ring,
      leg: page.leg,
      way: page.way,
      end: page.end,
      open: Object.keys(pageOf)
        .filter((id) => pageOf[id] === page.number && !closed.includes(id))
        .sort(),
    },
    taken: takenIn(Object.entries(taken).map(([id, { by }]) => [id, by])),
  };
}

/** Histories that came to the same go on in the same way: one of them is enough. Names and news do not matter for it. */
function nameOf(state: State, model: Model): string {
  const { news: _, newsCount: __, calls: ___, previous: ____, pagesStarted: _____, ...rest } = state;
  const ids = [...new Set([state.page?.id, ...state.alerts.map(({ page }) => page)])].filter(
    (id) => id !== undefined,
  );
  const text = JSON.stringify([rest, model]);
  return ids.reduce((named, id, index) => named.replaceAll(`"${id}"`, `"page ${index}"`), text);
}

type Node = { readonly state: State; readonly model: Model; readonly path: readonly Happening[] };

test(`decide does what the model says, in every history of up to ${LONGEST} events`, () => {
  let nodes: Node[] = [{ state: emptyState, model: beginning, path: [] }];
  const known = new Set<string>();
  let decisions = 0;
  for (let length = 1; length <= LONGEST; length++) {
    const further: Node[] = [];
    for (const { state, model, path } of nodes) {
      for (const happening of happenings.filter((one) => isPossible(model, one))) {
        const step = tryOne({ state, model, path: [...path, happening] }, happening, length);
        decisions += 1;
        const name = nameOf(step.state, step.model);
        if (known.has(name)) continue;
        known.add(name);
        further.push(step);
      }
    }
    nodes = further;
  }
  // So that nobody takes a model that leaves out half of it for a proof.
  expect(known.size).toBeGreaterThan(30_000);
  expect(decisions).toBeGreaterThan(100_000);
});

function tryOne({ state, model, path }: Node, happening: Happening, nth: number): Node {
  if (happening.kind === 'time') return { state, model: later(model, happening.minutes), path };
  const at = EVENING + Math.round(model.now * 60);
  const event = eventOf(state, happening, at, nth);
  if (!event) throw new Error('Nothing happened');
  const decision = decide(list, state, event);
  const said = answer(rules, model, happening);
  const real = {
    does: doneIn(decision.step),
    tells: decision.news.map(toldIn),
    ...seen(decision.state),
  };
  const wanted = { does: said.does, tells: said.tells, ...seenIn(said.model) };
  if (JSON.stringify(real) !== JSON.stringify(wanted)) {
    throw new Error(
      `after ${JSON.stringify(path)}\n  decide: ${JSON.stringify(real)}\n  model:  ${JSON.stringify(wanted)}`,
    );
  }
  return { state: decision.state, model: said.model, path };
}
