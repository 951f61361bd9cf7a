/**
 * Webhooks truly at once on one page: every order of their reads and writes in Sync for two of them; for three, every
 * order in which somebody overtakes the others a few times; random orders for three to five, and for thirty. Whatever
 * the order, it comes to what one after the other would have come to. Two that tell of it at once, in every order of
 * what they read, post and write down, tell each piece of news once; and so do two webhooks that decide first.
 */
import fc from 'fast-check';
import type { AlertFacts } from '../../src/core/alert';
import { recordOf } from '../../src/core/escalation/book';
import { emptyState, type State } from '../../src/core/escalation/state';
import { withJoined } from '../../src/page/joining';
import { settleLostCall } from '../../src/page/lost-call';
import { type Newsdesk, newsdesk } from '../../src/page/newsdesk';
import { closed } from '../../src/page/reported';
import { makeSureOfTaking } from '../../src/page/taking';
import type { Told } from '../../src/page/told';
import type { Services } from '../../src/services';
import type { Bulletin, Poster } from '../../src/slack/poster';
import type { Continuation } from '../../src/twilio/continuation';
import type { Inbox } from '../../src/twilio/inbox';
import { type Outcome, pageStore } from '../../src/twilio/page-store';
import { Conflict, type SyncDocument, type Versioned } from '../../src/twilio/sync-document';
import { aDialList } from '../support/dial-list';
import { alertNotified, answered, callSid, EVENING, keyPressed } from '../support/event';
import { aState, happen, pageIn } from '../support/state';
import { type Choose, everyOrder, type Scheduler, scheduler } from './scheduler';

const list = aDialList({ pauseSeconds: 0 });
const now = () => EVENING + 20;
const NUMBER = '+815000000101';

/** A document of Sync as all of them share it; null where there is none yet, and one of them creates it: errors/54301. */
function sharedDocument<T>(before: T | null, { turn }: Scheduler) {
  let stored: Versioned<T> | null = before && { data: before, revision: '0' };
  const document: SyncDocument<T> = {
    read: () => turn(() => structuredClone(stored)),
    write: (data, over) =>
      turn(() => {
        if ((stored?.revision ?? null) !== over) throw new Conflict('revision mismatch');
        stored = { data: structuredClone(data), revision: String(Number(stored?.revision ?? -1) + 1) };
        return stored.revision;
      }),
  };
  return { document, data: () => stored?.data ?? null };
}

/** Sync as all of them share it. */
function sharedSync(before: State | null, turns: Scheduler) {
  const { turn } = turns;
  const { document, data } = sharedDocument(before, turns);
  const items = new Map<string, AlertFacts | null>();
  const closings = new Map<string, string>();
  const calls = new Set<string>();
  const closedOf = (page: string) =>
    [...closings].flatMap(([key, alert]) => (key.startsWith(`${page}:`) ? [alert] : []));
  const asideOf = (page: string) =>
    [...items].flatMap(([key, alert]) =>
      key.startsWith(`${page}:`) && alert && !closedOf(page).includes(alert.id) ? [alert] : [],
    );
  const listed = (page: string, isLast: boolean) =>
    turn(() => ({ page, alerts: asideOf(page), closed: closedOf(page), isLast }));
  const inbox: Inbox = {
    prepare: async () => {},
    put: async (page, alert) => {
      await turn(() => void items.set(`${page}:${alert.id}`, alert));
      return turn(() => !items.has(`${page}:`));
    },
    putClosed: (page, alert) => turn(() => void closings.set(`${page}:${alert}`, alert)),
    of: (page) => listed(page, false),
    close: async (page) => {
      await turn(() => void items.set(`${page}:`, null));
      return listed(page, true);
    },
    has: (page, alert) => turn(() => items.has(`${page}:${alert}`)),
    noteCall: (call) => turn(() => void calls.add(call)),
    knowsCall: (call) => turn(() => calls.has(call)),
  };
  return {
    inbox,
    asideOf: (page: string) => asideOf(page).map(({ id }) => id),
    state: () => data() ?? emptyState,
    document,
  };
}

/** One webhook: what it does, as its Function does it. Gives the step that it came to. */
type Webhook = (services: Services, carried: Continuation) => Promise<string>;

const stepOf = ({ step }: Outcome) =>
  step.kind === 'ring'
    ? `ring ${step.attempt}`
    : 'member' in step
      ? `${step.kind} ${step.member}`
      : step.kind;

const told = async ({ news }: Services, outcome: Outcome) => {
  await news.tellOutcome(outcome);
  return stepOf(outcome);
};

const alertComes =
  (nth: number): Webhook =>
  async (services) =>
    told(services, await services.pages.apply(alertNotified(nth, { at: now() }), null));
const ringsOut: Webhook = async (services, carried) =>
  told(services, await services.pages.apply(ringOver(carried), carried));
const ringOver = ({ page, attempt, state }: Continuation) =>
  ({
    kind: 'ring-ended',
    page,
    attempt,
    call: state?.page?.call ?? '',
    why: 'no-answer',
    wasBridged: false,
    at: now(),
  }) as const;
const picksUp: Webhook = async (services, carried) => {
  const { page, attempt } = carried;
  const [outcome, aside] = await Promise.all([
    services.pages.apply({ kind: 'answered', page, attempt, at: now() }, carried),
    services.inbox.of(page),
  ]);
  return told(services, outcome.state.page?.end ? outcome : await withJoined(services, outcome, aside, []));
};
const presses =
  (key: 'take' | 'pass'): Webhook =>
  async (services, carried) => {
    const { page, attempt } = carried;
    const decided = await services.pages.apply(
      { kind: 'key-pressed', page, attempt, key, at: now() },
      carried,
    );
    await makeSureOfTaking(services, decided, carried, {});
    return stepOf(decided);
  };
const closes =
  (nth: number): Webhook =>
  async (services) => {
    await closed(services, `alert-${nth}`);
    return '';
  };
const callIsGone: Webhook = async (services, carried) => {
  await settleLostCall(services, carried.state?.page?.call ?? '', carried, true, NUMBER);
  return '';
};

const WEBHOOKS: Readonly<Record<string, Webhook>> = {
  'alert 2 comes': alertComes(2),
  'alert 3 comes': alertComes(3),
  'the ring is over': ringsOut,
  'somebody picks up': picksUp,
  '1 is pressed': presses('take'),
  '2 is pressed': presses('pass'),
  'alert 1 closes': closes(1),
  'the call is gone': callIsGone,
};

/** `up`: calls of our own, and Mackerel's as far as we did not end it. */
type End = {
  readonly steps: readonly string[];
  readonly up: readonly string[];
  readonly state: State;
  readonly aside: readonly string[];
};

const together = (before: State | null, webhooks: readonly Webhook[], choose: Choose) =>
  allAtOnce(before, webhooks, scheduler(choose), () => silence);

/** Tells nobody. */
const silence: Newsdesk = { tell: async () => {}, tellOutcome: async () => {}, tellLatest: async () => {} };

async function allAtOnce(
  before: State | null,
  webhooks: readonly Webhook[],
  turns: Scheduler,
  desk: () => Newsdesk,
): Promise<End> {
  const sync = sharedSync(before, turns);
  const page = before?.page;
  const carried: Continuation = {
    page: page?.id ?? '',
    attempt: page?.attempt ?? 0,
    state: before,
    revision: '0',
  };
  const up = new Set([page?.call ?? '']);
  let placed = 0;
  const calls: Pick<Services['calls'], 'place' | 'complete'> = {
    place: async () => {
      placed += 1;
      up.add(callSid(90 + placed));
      return { sid: callSid(90 + placed) };
    },
    complete: async (sid) => up.delete(sid),
  };
  const services = () =>
    ({
      list,
      inbox: sync.inbox,
      pages: pageStore({ list, document: sync.document, inbox: sync.inbox, warn: () => {} }),
      news: desk(),
      calls,
      mackerel: null,
      facts: null,
      origin: 'https://example.twil.io',
      now,
    }) as unknown as Services;
  const steps = await turns.run(
    webhooks.map((webhook) => () => webhook(services(), structuredClone(carried))),
  );
  const state = sync.state();
  return { steps, state, up: [...up].sort(), aside: sync.asideOf(state.page?.id ?? '') };
}

/** What matters of it: what was answered, how far the page is, whose business each alert is. */
function essence({ steps, state, up, aside }: End) {
  const { page } = state;
  const isOpen = page?.end === null;
  const alerts = state.alerts.map(({ id, page: of, taken, closedAt }) => [
    id,
    of,
    taken?.by,
    closedAt !== undefined,
  ]);
  const known = new Set(state.alerts.map(({ id }) => id));
  // What lies in the inbox of a page that goes on is its business: whoever ends it looks there.
  const waiting = isOpen
    ? aside.filter((id) => !known.has(id)).map((id) => [id, page.id, undefined, false])
    : [];
  return JSON.stringify({
    steps,
    up,
    page: page && [page.id, page.attempt, page.leg, page.way, page.end],
    alerts: [...alerts, ...waiting].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  });
}

/** One after the other, in every order: what each of them answered stands in its own place. */
async function inTurn(before: State | null, webhooks: readonly Webhook[]): Promise<Set<string>> {
  const ends = new Set<string>();
  for (const order of ordersOf(webhooks.length)) {
    ends.add(essence(await oneByOne(before, webhooks, order)));
  }
  return ends;
}

async function oneByOne(
  before: State | null,
  webhooks: readonly Webhook[],
  order: readonly number[],
): Promise<End> {
  const gates = webhooks.map(() => {
    let open = () => {};
    const opened = new Promise<void>((over) => {
      open = over;
    });
    return { open, opened };
  });
  const queued = webhooks.map(
    (webhook, place): Webhook =>
      async (services, carried) => {
        await gates[place]?.opened;
        const step = await webhook(services, carried);
        gates[order[order.indexOf(place) + 1] ?? -1]?.open();
        return step;
      },
  );
  gates[order[0] ?? 0]?.open();
  return together(before, queued, () => 0);
}

function ordersOf(count: number): number[][] {
  if (count === 0) return [[]];
  return ordersOf(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, place) => [...order.slice(0, place), count - 1, ...order.slice(place)]),
  );
}

const ringing = aState(list);
const lastRing = aState(list, { attempt: 5 });
const states = { 'in the first ring': ringing, 'in the last ring': lastRing };

const names = Object.keys(WEBHOOKS);
const pairs = names.flatMap((one, index) => names.slice(index).map((other) => [one, other] as const));

describe.each(Object.entries(states))('two at once, %s', (_where, before) => {
  test.each(pairs)('%s, and %s: every order', async (...both) => {
    const webhooks = both.map((name) => WEBHOOKS[name] as Webhook);
    const allowed = await inTurn(before, webhooks);
    await everyOrder(20_000, async (choose) => {
      const end = essence(await together(before, webhooks, choose));
      if (!allowed.has(end)) throw new Error(`came to ${end}\ninstead of ${[...allowed].join('\nor ')}`);
    });
  });
});

const OVERTAKINGS = 2;
const FEW = ['alert 2 comes', 'the ring is over', '1 is pressed', 'alert 1 closes'];
const triples = FEW.map((left) => FEW.filter((name) => name !== left));

/** Whoever asked first goes first, but for so many times that somebody overtakes the others. */
const overtaking = (times: number, choose: Choose): Choose => {
  let left = times;
  return (waiting) => {
    const index = left > 0 ? choose(waiting) : 0;
    if (index > 0) left -= 1;
    return index;
  };
};

/** All orders of three are far more than 20,000 each; those nearest to first come, first served, can all be told. */
describe.each(Object.entries(states))('three at once, %s', (_where, before) => {
  test.each(triples)(`%s, %s, and %s: every order with up to ${OVERTAKINGS} overtakings`, async (...all) => {
    const webhooks = all.map((name) => WEBHOOKS[name] as Webhook);
    const allowed = await inTurn(before, webhooks);
    const orders = await everyOrder(20_000, async (choose) => {
      const end = essence(await together(before, webhooks, overtaking(OVERTAKINGS, choose)));
      if (!allowed.has(end)) throw new Error(`came to ${end}\ninstead of ${[...allowed].join('\nor ')}`);
    });
    expect(orders).toBeGreaterThan(50);
  });
});

/** Whether an alert is the business of the page, or lies in its inbox. */
const isOnPage = ({ state, aside }: End, id: string) =>
  recordOf(state, id)?.page === pageIn(state).id || (pageIn(state).end === null && aside.includes(id));

test.each([
  ['there is no document yet', null],
  ['there is a document, and no page', emptyState],
])('%s, and two alerts come at once: one page, whoever is first, and both on it', async (_where, before) => {
  const webhooks = [alertComes(1), alertComes(2)];
  const allowed = await inTurn(before, webhooks);
  await everyOrder(20_000, async (choose) => {
    const end = await together(before, webhooks, choose);
    expect(allowed).toContain(essence(end));
    expect(end.steps.filter((step) => step === 'ring 0')).toHaveLength(1);
    expect(end.state.pagesStarted).toBe(1);
    expect(['alert-1', 'alert-2'].filter((id) => !isOnPage(end, id))).toEqual([]);
  });
});

/** Random orders, by the seed. */
const atRandom =
  (seed: number): Choose =>
  (waiting) => {
    const next = (Math.imul(seed + 0x6d2b79f5, 0x85ebca6b) >>> 0) / 2 ** 32;
    seed = Math.imul(seed ^ 0x9e3779b9, 0x01000193) + 1;
    return Math.floor(next * waiting);
  };

test('three to five at once, in random orders', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.values(states)),
      fc.array(fc.constantFrom(...names), { minLength: 3, maxLength: 5 }),
      fc.integer(),
      async (before, chosen, seed) => {
        const webhooks = chosen.map((name) => WEBHOOKS[name] as Webhook);
        const allowed = await inTurn(before, webhooks);
        const end = essence(await together(before, webhooks, atRandom(seed)));
        if (!allowed.has(end)) throw new Error(`came to ${end}\ninstead of ${[...allowed].join('\nor ')}`);
      },
    ),
    { numRuns: 40, seed: 20_261_122 },
  );
});

test('thirty alerts at once while a phone rings, and its ring ends, or somebody takes the page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(ringsOut, presses('take')), fc.integer(), async (ending, seed) => {
      const alerts = Array.from({ length: 29 }, (_, nth) => alertComes(nth + 2));
      const { steps, state, aside } = await together(lastRing, [...alerts, ending], atRandom(seed));
      const page = pageIn(state);
      const isLookedAfter = (nth: number) =>
        recordOf(state, `alert-${nth + 2}`)?.page !== undefined ||
        (page.end === null && aside.includes(`alert-${nth + 2}`));
      expect(alerts.map((_, nth) => nth).filter((nth) => !isLookedAfter(nth))).toEqual([]);
      // Whoever comes too late for the page begins one of its own; the others join that.
      expect(steps.filter((step) => step.startsWith('ring')).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 40, seed: 20_261_122 },
  );
});

/** A page begins, goes on and is over, and one comes after it. */
const after = (before: State, ...happenings: Parameters<typeof happen>[1]) =>
  happen(list, happenings, before).state;
const begun = after({ ...emptyState, begun: EVENING }, alertNotified(1));
const pickedUp = after(begun, answered);
const taken = after(pickedUp, (page) => keyPressed(page, 'take'));
const another = after(taken, alertNotified(2, { at: EVENING + 60 }));

/** What is known of the telling once a state's news have been told. */
const toldOf = ({ begun, newsCount, page, news }: State): Told => ({
  ...{ begun, count: newsCount, at: news.at(-1)?.at ?? 0, busyUntil: 0 },
  threads: { [page?.id ?? '']: 'ts' },
});

/** Newsdesks over one document, and what they told: what came to Slack, in that order, and which pages were recorded. */
function newsdesks(before: Told | null, turns: Scheduler) {
  const { document, data } = sharedDocument(before, turns);
  const [bulletins, recorded, warnings]: [Bulletin[], string[], string[]] = [[], [], []];
  const poster: Poster = (bulletin) =>
    turns.turn(() => {
      bulletins.push(bulletin);
      return { thread: `ts-${bulletin.page}`, isTold: true };
    });
  const desk = () =>
    newsdesk({
      list,
      poster: () => poster,
      mackerel: null,
      noteReadOnly: async () => null,
      told: document,
      asideOf: async () => [],
      history: { record: (_, __, { id }) => turns.turn(() => void recorded.push(id)) },
      deadline: Number.POSITIVE_INFINITY,
      warn: (message) => void warnings.push(message),
    });
  return { desk, bulletins, recorded, warnings, told: data };
}

/** Each piece of news once and in order, each page under one message, and those that are over on record. */
function expectAllTold(
  { bulletins, recorded, warnings, told }: ReturnType<typeof newsdesks>,
  state: State,
  untold: number,
) {
  expect(bulletins.flatMap(({ news }) => news)).toEqual(state.news.slice(state.news.length - untold));
  const begins = bulletins.filter(({ thread }) => thread.kind === 'new').map(({ page }) => page);
  expect(begins).toEqual([...new Set(begins)]);
  const over = [state.previous, state.page].flatMap((page) => (page?.end ? [page.id] : []));
  expect([...new Set(recorded)]).toEqual(over);
  expect(told()).toMatchObject({ count: state.newsCount, busyUntil: 0 });
  expect(warnings).toEqual([]);
}

test.each<[string, Told | null, State, State]>([
  ['the first news of all, by a webhook that came twice', null, begun, begun],
  ['the first news of all, and what came next', null, begun, pickedUp],
  ['what came next, and what came then', toldOf(begun), pickedUp, taken],
  ['the end of a page, by a webhook that came twice', toldOf(pickedUp), taken, taken],
  ['the end of a page, and the next page', toldOf(pickedUp), taken, another],
  ['what was told, and what was not', toldOf(pickedUp), pickedUp, another],
])('two tell at once, %s: every order', async (_what, before, one, other) => {
  await everyOrder(20_000, async (choose) => {
    const turns = scheduler(choose, { isPatient: true });
    const desks = newsdesks(before, turns);
    await turns.run([one, other].map((state) => () => desks.desk().tell(state)));
    expectAllTold(desks, other, other.newsCount - (before?.count ?? 0));
  });
});

/** Of a key the end of the member's call tells, and is in none of these. */
const TELLING = [
  'alert 2 comes',
  'the ring is over',
  'somebody picks up',
  'alert 1 closes',
  'the call is gone',
];
const tellingPairs = TELLING.flatMap((one, index) =>
  TELLING.slice(index).map((other) => [one, other] as const),
);

test.each(tellingPairs)(
  `%s, and %s, and both tell of it: every order with up to ${OVERTAKINGS} overtakings`,
  async (...both) => {
    const webhooks = both.map((name) => WEBHOOKS[name] as Webhook);
    const orders = await everyOrder(20_000, async (choose) => {
      const turns = scheduler(overtaking(OVERTAKINGS, choose), { isPatient: true });
      const desks = newsdesks(toldOf(ringing), turns);
      const { state } = await allAtOnce(ringing, webhooks, turns, desks.desk);
      expectAllTold(desks, state, state.newsCount - ringing.newsCount);
    });
    expect(orders).toBeGreaterThan(20);
  },
);
