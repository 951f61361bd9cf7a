import type { AlertFacts } from '../../src/core/alert';
import { decide } from '../../src/core/escalation/decide';
import { emptyState, type Page, type State } from '../../src/core/escalation/state';
import type { Continuation } from '../../src/twilio/continuation';
import type { Inbox } from '../../src/twilio/inbox';
import { pageStore } from '../../src/twilio/page-store';
import { Conflict, Missing, SyncFailure, syncDocument } from '../../src/twilio/sync-document';
import { alertNotified, callSid, ringEnded as ended, keyPressed } from '../support/event';
import { type FakeDocument, fakeDocument } from '../support/fake-document';
import { ALERT, alertIdsOf, EVENING, onDuty, PAGE, stateOf } from '../support/on-duty';
import { befalling, type StandIns, standIns } from '../support/stand-ins';

const list = onDuty();
/** What a callback brings back; Sync held just that, unless the revision says otherwise. */
const carrying = (state: State, revision: string | null = '0'): Continuation => ({
  page: state.page?.id ?? '',
  attempt: state.page?.attempt ?? 0,
  state,
  revision,
});

const tooMany = new SyncFailure('Sync: 429', true);
const broken = new SyncFailure('Sync: 503', true);
const silent = new SyncFailure('Sync did not answer in time', false);

let world: StandIns;
let warnings: string[];
beforeEach(() => {
  aside.length = 0;
  world = standIns();
  warnings = [];
});
afterEach(() => world.close());

const warn = (message: string) => void warnings.push(message);
/** Where alerts are put aside; `aside` is what lies there. */
const aside: AlertFacts[] = [];
const lies = (page: string, isLast: boolean) => ({
  page,
  alerts: [...aside],
  closed: [],
  isLast,
});
const inbox: Inbox = {
  prepare: async () => {},
  put: async (_, item) => aside.push(item) > 0,
  putClosed: async () => {},
  close: async (page) => lies(page, true),
  has: async () => false,
  noteCall: async () => {},
  knowsCall: async () => false,
  of: async (page) => lies(page, false),
};
const storeOf = (document: FakeDocument<State>, changes: Partial<Inbox> = {}) =>
  pageStore({ list, document, inbox: { ...inbox, ...changes }, warn });

/** Nobody has answered; a minute after each ring began. */
const ringEnded = (attempt = 0, page: Page = PAGE) =>
  ended({ ...page, attempt }, { call: page.call, at: EVENING + 60 * (attempt + 1) });

describe('without a mishap', () => {
  test('a ring that ended costs one request: what the URL carries is what Sync holds', async () => {
    const document = fakeDocument(stateOf());
    const outcome = await storeOf(document).apply(ringEnded(), carrying(stateOf()));
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 1, member: 1 }, revision: '1' });
    expect(document.requests).toEqual(['write']);
    expect(document.stored()).toEqual({ data: outcome.state, revision: '1' });
    expect(warnings).toEqual([]);
  });

  test('a first alert reads, finds nothing, and creates the document', async () => {
    const document = fakeDocument<State>();
    const outcome = await storeOf(document).apply(alertNotified(1), null);
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 0, member: 0 }, revision: '0' });
    expect(document.requests).toEqual(['read', 'create']);
  });

  test('a later alert reads, and writes over what it read', async () => {
    const document = fakeDocument(stateOf({ end: { kind: 'closed', at: EVENING - 9 } }));
    await storeOf(document).apply(alertNotified(2), null);
    expect(document.requests).toEqual(['read', 'write']);
    expect(document.stored()).toMatchObject({ data: { pagesStarted: 2 }, revision: '1' });
  });

  test('a callback without a state reads', async () => {
    const document = fakeDocument(stateOf());
    const carried = { page: PAGE.id, attempt: 0, state: null, revision: null };
    const outcome = await storeOf(document).apply(ringEnded(), carried);
    expect(outcome.step).toMatchObject({ kind: 'ring', attempt: 1 });
    expect(document.requests).toEqual(['read', 'write']);
  });

  test('what changes nothing is not written', async () => {
    const document = fakeDocument(stateOf({ attempt: 1 }));
    const outcome = await storeOf(document).apply(ringEnded(), null);
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 1 }, news: [], revision: '0' });
    expect(document.requests).toEqual(['read']);
  });

  test('what changes nothing of what the URL carries asks for nothing', async () => {
    const state = stateOf({ isSwept: true, end: { kind: 'taken', at: EVENING + 9, by: 0 } });
    const document = fakeDocument(state);
    const outcome = await storeOf(document).apply(ringEnded(), carrying(state));
    expect(outcome).toMatchObject({ step: { kind: 'hang-up' }, revision: '0' });
    expect(document.requests).toEqual([]);
  });

  test('nothing happened, and nothing is there: no revision', async () => {
    const document = fakeDocument<State>();
    const outcome = await storeOf(document).apply(ringEnded(), null);
    expect(outcome).toEqual({ state: emptyState, step: { kind: 'hang-up' }, news: [], revision: null });
  });

  test('reads for others', async () => {
    const document = fakeDocument(stateOf());
    expect(await storeOf(document).read()).toEqual({ data: stateOf(), revision: '0' });
    document.befall(silent);
    expect(await storeOf(document).read()).toBeNull();
    expect(await storeOf(fakeDocument<State>()).read()).toBeNull();
  });
});

describe('somebody else was faster', () => {
  test('it is read again, and decided again: a page that was taken rings nobody', async () => {
    const document = fakeDocument(stateOf());
    document.put(stateOf({ isSwept: true, end: { kind: 'taken', at: EVENING + 50, by: 0 } }));
    const outcome = await world.soon(storeOf(document).apply(ringEnded(), carrying(stateOf(), '0')));
    expect(outcome).toMatchObject({ step: { kind: 'hang-up' }, news: [], revision: '1' });
    expect(document.requests).toEqual(['write', 'read']);
  });

  test('an alert that joined meanwhile is kept', async () => {
    const document = fakeDocument(stateOf());
    document.put(stateOf({}, { alerts: ['a', 'b'] }));
    const outcome = await world.soon(storeOf(document).apply(ringEnded(), carrying(stateOf(), '0')));
    expect(outcome.step).toMatchObject({ kind: 'ring', attempt: 1 });
    expect(alertIdsOf(document.stored()?.data)).toEqual(['a', 'b']);
    expect(document.requests).toEqual(['write', 'read', 'write']);
  });

  test('of two who create, the second is put aside for the page of the first: others are writing just now', async () => {
    const document = fakeDocument<State>();
    const first = decide(list, emptyState, alertNotified(1));
    document.befall('nothing', () => document.put(first.state));
    const outcome = await world.soon(storeOf(document).apply(alertNotified(2), null));
    expect(outcome).toMatchObject({ step: { kind: 'hang-up' }, revision: '0' });
    expect(alertIdsOf(document.stored()?.data)).toEqual(['alert-1']);
    expect(aside).toMatchObject([{ id: 'alert-2' }]);
    expect(document.requests).toEqual(['read', 'create', 'read']);
  });

  test('again and again: six times, then it goes on alone', async () => {
    const document = fakeDocument(stateOf());
    document.always(new Conflict('Sync: revision mismatch'));
    const outcome = await world.soon(storeOf(document).apply(ringEnded(), carrying(stateOf())));
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 1 }, revision: null });
    expect(document.requests).toEqual(['write', 'read', 'read', 'read', 'read', 'read']);
    expect(warnings).toEqual(['Sync failed at ring-ended: Sync: revision mismatch']);
  });
});

describe('a storm of alerts, in which everybody wants to write', () => {
  const faster = (document: FakeDocument<State>) => () => document.put(stateOf({}, { alerts: ['another'] }));

  test('an alert that would join is put aside, and looked after by whoever ends the page', async () => {
    const document = fakeDocument(stateOf());
    document.befall('nothing', faster(document));
    const outcome = await world.soon(storeOf(document).apply(alertNotified(2), null));
    expect(outcome).toMatchObject({ step: { kind: 'hang-up' }, news: [] });
    expect(aside).toEqual([{ id: 'alert-2', heardAt: EVENING }]);
    expect(document.requests).toEqual(['read', 'write']);
  });

  test('a page that holds a dozen alerts is crowded: one more is put aside without an attempt to write', async () => {
    const dozen = Array.from({ length: 12 }, (_, n) => `alert-${n + 10}`);
    const document = fakeDocument(stateOf({}, { alerts: dozen }));
    const noted: string[] = [];
    const noteCall = async (call: string) => void noted.push(call);
    const outcome = await world.soon(storeOf(document, { noteCall }).apply(alertNotified(2), null));
    expect(outcome).toMatchObject({ step: { kind: 'hang-up' }, news: [] });
    expect(aside).toMatchObject([{ id: 'alert-2' }]);
    expect(noted).toEqual([callSid(2)]);
    expect(document.requests).toEqual(['read']);
  });

  test('the re-send of one that the book had no room for is known by the inbox: while it is taken, nobody is rung', async () => {
    const taken = { kind: 'taken', at: EVENING - 60, by: 1 } as const;
    const document = fakeDocument(stateOf({ more: 900, isSwept: true, end: taken }, { alerts: ['alert-9'] }));
    const store = storeOf(document, { has: async (page, alert) => page === PAGE.id && alert === 'alert-2' });
    expect((await world.soon(store.apply(alertNotified(2), null))).step.kind).toBe('hang-up');
    expect(document.requests).toEqual(['read']);
    expect((await world.soon(store.apply(alertNotified(3), null))).step.kind).toBe('ring');
  });

  test('once the page is over, nobody would look after it: it is decided after all', async () => {
    const document = fakeDocument(stateOf());
    const over = stateOf({ end: { kind: 'unanswered', at: EVENING } });
    document.befall('nothing', () => document.put(over));
    const store = storeOf(document, { put: async () => false });
    const outcome = await world.soon(store.apply(alertNotified(2), null));
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 0 } });
    expect(alertIdsOf(outcome.state)).toContain('alert-2');
  });

  test('it cannot be put aside: it is decided after all', async () => {
    const document = fakeDocument(stateOf());
    document.befall('nothing', faster(document));
    const store = storeOf(document, { put: () => Promise.reject(tooMany) });
    expect(await world.soon(store.apply(alertNotified(2), null))).toMatchObject({
      step: { kind: 'hang-up' },
    });
    expect(alertIdsOf(document.stored()?.data)).toContain('alert-2');
  });

  test('the page’s own call is not put aside, nor is an alert that has to carry a silent page on', async () => {
    for (const event of [alertNotified(2, { call: callSid(1) }), alertNotified(2, { at: EVENING + 3_600 })]) {
      const document = fakeDocument(stateOf());
      document.befall('nothing', faster(document));
      const outcome = await world.soon(storeOf(document).apply(event, null));
      expect(outcome.step.kind).toBe('ring');
    }
    expect(aside).toEqual([]);
  });

  test('ten at once: each is in the page or aside, none is lost', async () => {
    const document = fakeDocument(stateOf());
    const store = storeOf(document);
    const joins = Array.from({ length: 10 }, (_, n) => store.apply(alertNotified(n + 2), null));
    const outcomes = await world.soon(Promise.all(joins));
    expect(outcomes.map(({ step }) => step.kind)).toEqual(Array(10).fill('hang-up'));
    const held = [...alertIdsOf(document.stored()?.data), ...aside.map(({ id }) => id)];
    const sent = Array.from({ length: 10 }, (_, n) => `alert-${n + 2}`);
    expect(held.sort()).toEqual([ALERT, ...sent].sort());
  });
});

describe('a read begun before', () => {
  test('is taken for the first, and is not done twice', async () => {
    const document = fakeDocument<State>();
    const store = storeOf(document);
    const outcome = await store.apply(alertNotified(1), null, store.reading());
    expect(outcome.step).toMatchObject({ kind: 'ring' });
    expect(document.requests).toEqual(['read', 'create']);
  });

  test('that was overtaken is done again', async () => {
    const document = fakeDocument(stateOf({ end: { kind: 'closed', at: EVENING } }));
    const store = storeOf(document);
    const reading = store.reading();
    await reading;
    document.put(stateOf({ end: { kind: 'unanswered', at: EVENING } }));
    const outcome = await world.soon(store.apply(alertNotified(2), null, reading));
    expect(outcome).toMatchObject({ step: { kind: 'ring' }, revision: '2' });
    expect(document.requests).toEqual(['read', 'write', 'read', 'write']);
  });

  test('that failed is no unhandled failure, and holds up no ring', async () => {
    const document = fakeDocument<State>();
    document.befall(silent);
    const store = storeOf(document);
    const outcome = await world.soon(store.apply(alertNotified(1), null, store.reading()));
    expect(outcome).toMatchObject({ step: { kind: 'ring' }, revision: null });
  });
});

describe('Sync is unwell', () => {
  test.each([
    ['too many requests', tooMany],
    ['a fault of its own', broken],
  ])('%s: once more after a moment, and it is remembered', async (_, failure) => {
    const document = fakeDocument(stateOf());
    document.befall(failure);
    const outcome = await world.soon(storeOf(document).apply(ringEnded(), carrying(stateOf())));
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 1 }, revision: '1' });
    expect(document.requests).toEqual(['write', 'read', 'write']);
    expect(warnings).toEqual([]);
  });

  test('the moment is never the same: who collided once must not collide again', async () => {
    const waits = new Set<number>();
    for (let n = 0; n < 8; n++) {
      const document = fakeDocument(stateOf());
      document.befall(tooMany);
      const { ms } = await world.timed(storeOf(document).apply(ringEnded(), carrying(stateOf())));
      waits.add(ms);
      expect(ms).toBeLessThanOrEqual(120);
    }
    expect(waits.size).toBeGreaterThan(1);
  });

  test('one that does not answer is not asked again: a phone has to ring', async () => {
    const document = fakeDocument(stateOf());
    document.always(silent);
    const outcome = await world.soon(storeOf(document).apply(ringEnded(), carrying(stateOf())));
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 1, member: 1 }, revision: null });
    expect(document.requests).toEqual(['write']);
  });

  test('it goes on from what is carried, and says once that Sync fails', async () => {
    const document = fakeDocument<State>();
    document.always(silent);
    let carried: Continuation | null = null;
    const told: string[] = [];
    for (const attempt of [0, 1, 2]) {
      const page = carried?.state?.page ?? PAGE;
      const event = attempt === 0 ? alertNotified(1) : ringEnded(attempt - 1, page);
      const outcome = await world.soon(storeOf(document).apply(event, carried));
      expect(outcome).toMatchObject({ step: { kind: 'ring', attempt, member: attempt }, revision: null });
      told.push(...outcome.news.map(({ kind }) => kind));
      carried = carrying(outcome.state, null);
    }
    expect(told.filter((kind) => kind === 'degraded')).toHaveLength(1);
    expect(carried?.state?.news.map(({ kind }) => kind)).toEqual(told);
  });

  test('back again, it is caught up with what went on without it', async () => {
    const document = fakeDocument(stateOf());
    const carried = carrying(stateOf({ attempt: 2, isDegraded: true }), null);
    const outcome = await storeOf(document).apply(ringEnded(2), carried);
    expect(outcome).toMatchObject({ step: { kind: 'pause', attempt: 3 }, revision: '1' });
    expect(document.stored()?.data.page?.attempt).toBe(3);
  });

  test('back again, a page that it knows nothing of goes on', async () => {
    const yesterday = {
      id: 'yesterday',
      startedAt: EVENING - 86_400,
      end: { kind: 'closed', at: EVENING - 86_000 },
    } as const;
    const document = fakeDocument({ ...stateOf(yesterday), newsCount: 50 });
    const carried = carrying(stateOf({ isDegraded: true }), null);
    const outcome = await storeOf(document).apply(ringEnded(), carried);
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 1 }, revision: '1' });
    expect(document.stored()?.data.page?.id).toBe(PAGE.id);
  });

  test('back again, it has not lost the alerts that joined there meanwhile', async () => {
    const document = fakeDocument(stateOf({}, { alerts: ['a', 'b'] }));
    const far = stateOf({ attempt: 2, isDegraded: true }, { alerts: ['a'] });
    const outcome = await storeOf(document).apply(ringEnded(2), carrying({ ...far, newsCount: 9 }, null));
    expect(outcome).toMatchObject({ step: { kind: 'pause', attempt: 3 } });
    expect(alertIdsOf(document.stored()?.data)).toEqual(['a', 'b']);
  });

  test('a member who takes the page without it has taken it', async () => {
    const document = fakeDocument(stateOf());
    document.always(silent);
    const outcome = await world.soon(storeOf(document).apply(keyPressed(PAGE, 'take'), carrying(stateOf())));
    expect(outcome).toMatchObject({ step: { kind: 'confirm-taken', member: 0 }, revision: null });
    expect(outcome.news.map(({ kind }) => kind)).toEqual(['taken', 'degraded']);
  });

  test('a document that somebody removed is forgotten only until the next webhook', async () => {
    const document = fakeDocument<State>();
    document.befall(new Missing('Sync: gone'));
    const lost = await world.soon(storeOf(document).apply(ringEnded(), carrying(stateOf())));
    expect(lost).toMatchObject({ step: { kind: 'ring', attempt: 1 }, revision: null });
    const found = await world.soon(storeOf(document).apply(ringEnded(1), carrying(lost.state, null)));
    expect(found).toMatchObject({ step: { kind: 'ring', attempt: 2 }, revision: '0' });
  });

  test('a warning holds no number', async () => {
    const document = fakeDocument(stateOf());
    document.always(silent);
    await world.soon(storeOf(document).apply(ringEnded(), carrying(stateOf())));
    expect(warnings).toEqual(['Sync failed at ring-ended: Sync did not answer in time']);
  });
});

describe('against Sync itself', () => {
  const store = () =>
    pageStore({ list, document: syncDocument<State>(world.syncService, 'state'), inbox, warn });
  const put = () => {
    world.sync.putDocument('state', stateOf());
    return carrying(stateOf(), world.sync.document('state')?.revision ?? null);
  };

  test('a ring that ended costs one request', async () => {
    const outcome = await world.soon(store().apply(ringEnded(), put()));
    expect(outcome.step).toMatchObject({ kind: 'ring', attempt: 1 });
    expect(world.sync.counts).toEqual({ requests: 1, reads: 0, writes: 1 });
    expect(world.sync.document('state')).toEqual({ data: outcome.state, revision: outcome.revision });
  });

  test('a revision of yesterday is found out', async () => {
    const outcome = await world.soon(store().apply(ringEnded(), { ...put(), revision: '99' }));
    expect(outcome).toMatchObject({ step: { kind: 'ring', attempt: 1 } });
    expect(outcome.revision).toBe(world.sync.document('state')?.revision);
  });

  test.each([
    ['is down', { kind: 'down' } as const, 100],
    ['hangs', { kind: 'hang' } as const, 3_000],
    ['is slow', { kind: 'slow', seconds: 9 } as const, 3_000],
    ['refuses all', { kind: 'status', status: 429, body: '{"code":54009}' } as const, 2_000],
    ['is broken', { kind: 'status', status: 500 } as const, 2_000],
  ])('one that %s holds up no ring', async (_, fault, limit) => {
    const carried = put();
    world.network.fault('sync', fault);
    const { value, ms } = await world.timed(store().apply(ringEnded(), carried));
    expect(value).toMatchObject({ step: { kind: 'ring', attempt: 1 }, revision: null });
    expect(ms).toBeLessThanOrEqual(limit);
  });

  test('the worst that it can do, slow and unwell by turns, leaves a Function half its time', async () => {
    const carried = put();
    world.network.latency.sync = 1_390;
    world.network.fault('sync', befalling(...Array(9).fill({ kind: 'status', status: 503 })));
    const { value, ms } = await world.timed(store().apply(ringEnded(), carried));
    expect(value.step).toMatchObject({ kind: 'ring', attempt: 1 });
    expect(ms).toBeLessThan(5_000);
  });

  test('a write that was slow, and yet was made, is found by reading again', async () => {
    const carried = put();
    world.network.fault('sync', befalling({ kind: 'slow', seconds: 5 }));
    const first = await world.soon(store().apply(ringEnded(), carried));
    expect(first).toMatchObject({ step: { kind: 'ring', attempt: 1 }, revision: '1' });
    const next = await world.soon(store().apply(ringEnded(1), carrying(first.state, first.revision)));
    expect(next).toMatchObject({ step: { kind: 'ring', attempt: 2 } });
    expect(next.revision).toBe(world.sync.document('state')?.revision);
  });
});
