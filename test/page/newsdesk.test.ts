import { emptyState, type State } from '../../src/core/escalation/state';
import type { MackerelApi } from '../../src/mackerel/api';
import { newsdesk } from '../../src/page/newsdesk';
import type { Told } from '../../src/page/told';
import { slackBot } from '../../src/slack/bot';
import type { Bulletin, Poster } from '../../src/slack/poster';
import { syncHistory } from '../../src/twilio/history';
import type { Outcome } from '../../src/twilio/page-store';
import { SyncFailure, syncDocument } from '../../src/twilio/sync-document';
import { type FakeDocument, fakeDocument } from '../support/fake-document';
import { ALERT, EVENING, logged, onDuty, PAGE, stateOf, withMore } from '../support/on-duty';
import { apiWith } from '../support/services';
import { befalling, SLACK, type StandIns, standIns } from '../support/stand-ins';

const list = onDuty({ language: 'en' });
const page = PAGE.id;
const silent = new SyncFailure('Sync did not answer in time', false);

let world: StandIns;
let warnings: string[];
beforeEach(() => {
  world = standIns();
  warnings = [];
});
afterEach(() => world.close());

/** A poster that keeps what it was given; `seconds` is how long Slack takes, an error what it says. */
function keeper(...mishaps: (Error | { seconds: number })[]): Poster & { readonly posts: Bulletin[] } {
  const posts: Bulletin[] = [];
  const poster: Poster = async (bulletin) => {
    const mishap = mishaps.shift();
    if (mishap instanceof Error) throw mishap;
    if (mishap) await world.clock.sleep(mishap.seconds);
    posts.push(bulletin);
    const thread = bulletin.thread.kind === 'known' ? bulletin.thread.ts : `ts-${posts.length}`;
    return { thread, isTold: true };
  };
  return Object.assign(poster, { posts });
}

const toldBy = (poster: { posts: readonly Bulletin[] }) =>
  poster.posts.map(({ page: of, thread, news }) => [of, thread, news.map(({ kind }) => kind)]);

type Desk = {
  poster?: Poster | null;
  told?: FakeDocument<Told>;
  records?: string[];
  failsToRecord?: boolean;
  mackerel?: Partial<MackerelApi>;
};

function deskOf({
  poster = null,
  told = fakeDocument<Told>(),
  records = [],
  failsToRecord = false,
  ...desk
}: Desk) {
  const mackerel = (desk.mackerel as MackerelApi | undefined) ?? null;
  return newsdesk({
    list,
    poster: poster && (() => poster),
    told,
    mackerel,
    noteReadOnly: async () => withMore({ ...takenState(), mayWrite: false }, { kind: 'read-only-key' }),
    asideOf: async () => [],
    history: {
      record: async (_, __, { id }) => {
        records.push(id);
        if (failsToRecord) throw silent;
      },
    },
    deadline: Number.POSITIVE_INFINITY,
    warn: (message) => void warnings.push(message),
  });
}

/** The same page some events later. */
const answeredState = () => withMore(stateOf(), { kind: 'answered', member: 0 });

/** Somebody took it, and the key may write, as far as is known. */
const takenState = () => {
  const taken = stateOf({ end: { kind: 'taken', at: EVENING + 42, by: 0 } }, { news: stateOf().news });
  return { ...withMore(taken, { kind: 'taken', member: 0, attempt: 0, seconds: 42 }), mayWrite: true };
};

const outcomeOf = (state: State, revision: string | null): Outcome => ({
  state,
  step: { kind: 'hang-up' },
  news: state.news,
  revision,
});

describe('telling', () => {
  test('what is untold is told, in order, and kept in mind', async () => {
    const [poster, told] = [keeper(), fakeDocument<Told>()];
    const desk = deskOf({ poster, told });
    await world.soon(desk.tell(stateOf()));
    await world.soon(desk.tell(answeredState()));
    expect(toldBy(poster)).toEqual([
      [page, { kind: 'new' }, ['page-started', 'calling']],
      [page, { kind: 'known', ts: 'ts-1' }, ['answered']],
    ]);
    expect(told.stored()?.data).toEqual({
      count: 3,
      at: EVENING,
      threads: { [page]: 'ts-1' },
      recorded: [],
      busyUntil: 0,
    });
  });

  test('what has been told is not told again, and costs one request', async () => {
    const [poster, told] = [keeper(), fakeDocument<Told>()];
    const desk = deskOf({ poster, told });
    await world.soon(desk.tell(answeredState()));
    const before = told.requests.length;
    await world.soon(desk.tell(answeredState()));
    await world.soon(desk.tell(stateOf()));
    expect(poster.posts).toHaveLength(1);
    expect(told.requests.slice(before)).toEqual(['read', 'read']);
  });

  test.each([2, 5])('%i who tell at the same time tell once', async (tellers) => {
    const [poster, told] = [keeper(), fakeDocument<Told>()];
    const tells = Array.from({ length: tellers }, () => deskOf({ poster, told }).tell(stateOf()));
    await world.soon(Promise.all(tells));
    expect(toldBy(poster)).toEqual([[page, { kind: 'new' }, ['page-started', 'calling']]]);
    expect(warnings).toEqual([]);
  });

  test('who has later news waits for the one who is at it, and goes on in the same thread', async () => {
    const [poster, told] = [keeper({ seconds: 1 }), fakeDocument<Told>()];
    const first = deskOf({ poster, told }).tell(stateOf());
    await world.clock.run(0.5);
    await world.soon(Promise.all([first, deskOf({ poster, told }).tell(answeredState())]));
    expect(toldBy(poster)).toEqual([
      [page, { kind: 'new' }, ['page-started', 'calling']],
      [page, { kind: 'known', ts: 'ts-1' }, ['answered']],
    ]);
  });

  test('a claim whose owner died runs out, and the next one tells', async () => {
    const poster = keeper();
    const busyUntil = EVENING * 1000 + 5_000;
    const told = fakeDocument<Told>({ count: 0, at: 0, threads: {}, busyUntil });
    const { ms } = await world.timed(deskOf({ poster, told }).tell(stateOf()));
    expect(toldBy(poster)).toEqual([[page, { kind: 'new' }, ['page-started', 'calling']]]);
    expect(ms).toBeGreaterThanOrEqual(5_000);
    expect(ms).toBeLessThan(6_500);
  });

  test('news of two pages are told page by page', async () => {
    const poster = keeper();
    const told = fakeDocument<Told>({ count: 2, at: 0, threads: { [page]: 'ts-0' }, busyUntil: 0 });
    const next = stateOf({ id: 'next' });
    const news = [...stateOf().news, ...logged([{ kind: 'answered', member: 0 }]), ...next.news];
    await world.soon(deskOf({ poster, told }).tell({ ...next, news, newsCount: 5 }));
    expect(toldBy(poster)).toEqual([
      [page, { kind: 'known', ts: 'ts-0' }, ['answered']],
      ['next', { kind: 'new' }, ['page-started', 'calling']],
    ]);
    expect(told.stored()?.data.threads).toEqual({ [page]: 'ts-0', next: 'ts-2' });
  });

  test('where nothing was ever told, only the present page is news', async () => {
    const poster = keeper();
    const next = stateOf({ id: 'next' });
    await world.soon(
      deskOf({ poster }).tell({ ...next, news: [...stateOf().news, ...next.news], newsCount: 90 }),
    );
    expect(toldBy(poster)).toEqual([['next', { kind: 'new' }, ['page-started', 'calling']]]);
  });

  test('the threads of the latest twenty pages are kept', async () => {
    const threads = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`page-${n}`, `ts-${n}`]));
    const told = fakeDocument<Told>({ count: 0, at: 0, threads, busyUntil: 0 });
    await world.soon(deskOf({ poster: keeper(), told }).tell(stateOf()));
    const kept = Object.keys(told.stored()?.data.threads ?? {});
    expect(kept).toHaveLength(20);
    expect(kept).toEqual(expect.arrayContaining([page, 'page-19']));
    expect(kept).not.toContain('page-0');
  });

  test('nothing happened: nothing is told', async () => {
    const [poster, told] = [keeper(), fakeDocument<Told>()];
    await world.soon(deskOf({ poster, told }).tell(emptyState));
    expect(poster.posts).toEqual([]);
    expect(told.stored()).toBeNull();
  });

  test('where Slack is not set up, nothing is asked', async () => {
    const told = fakeDocument<Told>();
    await world.soon(deskOf({ told }).tell(stateOf()));
    await world.soon(deskOf({ told }).tellOutcome(outcomeOf(stateOf(), null)));
    await world.soon(deskOf({ told }).tellLatest(stateOf()));
    expect(told.requests).toEqual([]);
  });

  test('a state that was begun anew is told, too, however much was told before', async () => {
    const poster = keeper();
    const before = { begun: EVENING - 9_000, count: 500, at: EVENING - 60, threads: {}, busyUntil: 0 };
    const told = fakeDocument<Told>(before);
    const anew = { ...stateOf(), begun: EVENING };
    await world.soon(deskOf({ poster, told }).tell(anew));
    expect(toldBy(poster)).toEqual([[page, { kind: 'new' }, ['page-started', 'calling']]]);
    expect(told.stored()?.data).toMatchObject({ begun: EVENING, count: 2 });
  });

  test('whoever read the state some while ago tells nothing again, though its latest news has a later time', async () => {
    const [poster, told] = [keeper(), fakeDocument<Told>()];
    const desk = deskOf({ poster, told });
    const taken = withMore(stateOf(), { kind: 'taken', member: 0, attempt: 0, seconds: 14 });
    // Saved behind it, by a webhook that began before it.
    const early = { kind: 'joined', alerts: ['b'], page, at: EVENING - 2 } as const;
    const joined = { ...taken, news: [...taken.news, early], newsCount: taken.newsCount + 1 };
    await world.soon(desk.tell(joined));
    await world.soon(desk.tell(taken));
    await world.soon(desk.tell(joined));
    expect(toldBy(poster)).toHaveLength(1);
    expect(told.stored()?.data.count).toBe(4);
  });
});

describe('Slack is unwell', () => {
  test('what it was not told, the next one tells', async () => {
    const [poster, told] = [keeper(new Error('Slack is down')), fakeDocument<Told>()];
    await world.soon(deskOf({ poster, told }).tell(stateOf()));
    expect(poster.posts).toEqual([]);
    expect(warnings).toEqual(['Could not post to Slack: Slack is down']);
    const { ms } = await world.timed(deskOf({ poster, told }).tell(answeredState()));
    expect(toldBy(poster)).toEqual([[page, { kind: 'new' }, ['page-started', 'calling', 'answered']]]);
    expect(ms).toBe(0);
  });

  test('what only began to be told is known by its message, and told in full by the next one', async () => {
    const told = fakeDocument<Told>();
    const half: Poster = async () => ({ thread: 'ts-0', isTold: false });
    await world.soon(deskOf({ poster: half, told }).tell(stateOf()));
    const poster = keeper();
    await world.soon(deskOf({ poster, told }).tell(stateOf()));
    expect(toldBy(poster)).toEqual([[page, { kind: 'known', ts: 'ts-0' }, ['page-started', 'calling']]]);
  });

  test('of two pages, the first is told once though Slack fails at the second', async () => {
    const poster = keeper({ seconds: 0 }, new Error('Slack is down'));
    const told = fakeDocument<Told>({ count: 2, at: 0, threads: { [page]: 'ts-0' }, busyUntil: 0 });
    const next = stateOf({ id: 'next' });
    const state = { ...next, news: [...answeredState().news, ...next.news], newsCount: 5 };
    for (let times = 0; times < 2; times++) await world.soon(deskOf({ poster, told }).tell(state));
    expect(toldBy(poster)).toEqual([
      [page, { kind: 'known', ts: 'ts-0' }, ['answered']],
      ['next', { kind: 'new' }, ['page-started', 'calling']],
    ]);
  });

  describe('it refuses one page for good', () => {
    class Refused extends Error {
      readonly isForAll = false;
    }
    /** Takes nothing of the first page; `seconds` is how long that takes. */
    const choosy = (refused: { isOver: boolean; seconds?: number }) => {
      const posts: Bulletin[] = [];
      const poster: Poster = async (bulletin) => {
        if (bulletin.page === page && !refused.isOver) {
          await world.clock.sleep(refused.seconds ?? 0);
          throw new Refused('msg_too_long');
        }
        posts.push(bulletin);
        return { thread: `ts-${posts.length}`, isTold: true };
      };
      return Object.assign(poster, { posts });
    };
    const pages = (...ids: string[]) => ids.map((id) => stateOf({ id }));
    const withLater = (...later: State[]): State => {
      const news = [...stateOf().news, ...later.flatMap((one) => one.news)];
      return { ...(later.at(-1) ?? stateOf()), news, newsCount: news.length };
    };
    const told = () => fakeDocument<Told>({ count: 0, at: 0, threads: {}, busyUntil: 0 });

    test('the pages after it are told once, and it is tried again with each of them', async () => {
      const [document, refused] = [told(), { isOver: false }];
      const poster = choosy(refused);
      const later = pages('second', 'third', 'fourth');
      for (const nth of [1, 2, 3]) {
        await world.soon(deskOf({ poster, told: document }).tell(withLater(...later.slice(0, nth))));
      }
      expect(toldBy(poster).map(([of]) => of)).toEqual(['second', 'third', 'fourth']);
      expect(warnings).toEqual(Array(3).fill('Could not post to Slack: msg_too_long'));
      refused.isOver = true;
      await world.soon(deskOf({ poster, told: document }).tell(withLater(...later)));
      expect(toldBy(poster).at(-1)).toEqual([page, { kind: 'new' }, ['page-started', 'calling']]);
      expect(document.stored()?.data).toMatchObject({ count: 8, busyUntil: 0 });
      expect(document.stored()?.data.ahead).toBeUndefined();
    });

    test('and takes its time about it: the others are told all the same, in a claim of their own', async () => {
      const poster = choosy({ isOver: false, seconds: 1.5 });
      await world.soon(deskOf({ poster, told: told() }).tell(withLater(...pages('second', 'third'))));
      expect(toldBy(poster).map(([of]) => of)).toEqual(['second', 'third']);
      expect(warnings).toHaveLength(1);
    });

    test('news of a page that is told further than others is not told again', async () => {
      const [document, poster] = [told(), choosy({ isOver: false })];
      const state = withLater(...pages('second'));
      for (let times = 0; times < 3; times++) {
        await world.soon(deskOf({ poster, told: document }).tell(state));
      }
      expect(toldBy(poster)).toHaveLength(1);
      await world.soon(
        deskOf({ poster, told: document }).tell(withMore(state, { kind: 'answered', member: 0 })),
      );
      expect(toldBy(poster).map(([, , kinds]) => kinds)).toEqual([['page-started', 'calling'], ['answered']]);
    });

    test('what the state no longer holds of it is given up, and the count goes on', async () => {
      const [document, poster] = [told(), choosy({ isOver: false })];
      await world.soon(deskOf({ poster, told: document }).tell(withLater(...pages('second'))));
      const [third] = pages('third');
      const state = { ...(third as State), newsCount: 6 };
      await world.soon(deskOf({ poster, told: document }).tell(state));
      expect(document.stored()?.data.count).toBe(6);
    });
  });

  test('it was away for long and is slow: each of many pages is told once, whoever tells meanwhile', async () => {
    const pages = Array.from({ length: 6 }, (_, nth) => stateOf({ id: `page-${nth}` }));
    const poster = keeper(...pages.map(() => ({ seconds: 1.4 })));
    const told = fakeDocument<Told>({ count: 0, at: 0, threads: {}, busyUntil: 0 });
    const news = pages.flatMap((one) => one.news);
    const state = { ...stateOf({ id: 'page-5' }), news, newsCount: news.length };
    const desk = deskOf({ poster, told });
    for (let times = 0; times < 3; times++)
      await world.soon(Promise.all([desk.tell(state), desk.tell(state)]));
    expect(poster.posts.map(({ page: of }) => of)).toEqual(pages.map((one) => one.page?.id));
    expect(told.stored()?.data.count).toBe(news.length);
  });

  test('its client cannot be loaded: noted, and the next one tries again', async () => {
    const told = fakeDocument<Told>();
    const broken: Poster = () => {
      throw new Error('no such Asset');
    };
    await world.soon(deskOf({ poster: broken, told }).tell(stateOf()));
    expect(warnings).toEqual(['Could not post to Slack: no such Asset']);
    expect(told.stored()?.data).toMatchObject({ count: 0, busyUntil: 0 });
  });
});

describe('Sync is unwell', () => {
  test('what has just come is told alone, for nobody knows whether there will be a next one', async () => {
    const [poster, told] = [keeper(), fakeDocument<Told>()];
    told.always(silent);
    await world.soon(deskOf({ poster, told }).tellOutcome(outcomeOf(stateOf(), '3')));
    expect(toldBy(poster)).toEqual([[page, { kind: 'unknown' }, ['page-started', 'calling']]]);
    expect(warnings).toEqual(['Could not post the news: Sync did not answer in time']);
  });

  test('telling is given up: whoever comes next tells', async () => {
    const [poster, told] = [keeper(), fakeDocument<Told>()];
    told.always(silent);
    await world.soon(deskOf({ poster, told }).tell(stateOf()));
    expect(poster.posts).toEqual([]);
    expect(warnings).toEqual(['Could not post the news: Sync did not answer in time']);
  });

  test('an outcome that Sync does not hold is told alone, without asking what was told before', async () => {
    const [poster, told, records] = [keeper(), fakeDocument<Told>(), []];
    const desk = deskOf({ poster, told, records });
    await world.soon(desk.tellOutcome(outcomeOf(stateOf({ isDegraded: true }), null)));
    expect(toldBy(poster)).toEqual([[page, { kind: 'unknown' }, ['page-started', 'calling']]]);
    expect(told.requests).toEqual([]);
    expect(records).toEqual([]);
  });

  test('an outcome that Sync holds is told as ever', async () => {
    const poster = keeper();
    await world.soon(deskOf({ poster }).tellOutcome(outcomeOf(stateOf(), '3')));
    expect(toldBy(poster)).toEqual([[page, { kind: 'new' }, ['page-started', 'calling']]]);
  });

  test('an outcome without news is no reason for a post', async () => {
    const poster = keeper();
    await world.soon(deskOf({ poster }).tellOutcome({ ...outcomeOf(stateOf(), null), news: [] }));
    expect(poster.posts).toEqual([]);
  });

  test('the latest news are those of the last moment', async () => {
    const poster = keeper();
    const later = logged(
      [
        { kind: 'not-reached', member: 0, why: 'busy' },
        { kind: 'calling', attempt: 1, member: 1 },
      ],
      PAGE,
      EVENING + 60,
    );
    const state = stateOf();
    await world.soon(deskOf({ poster }).tellLatest({ ...state, news: [...state.news, ...later] }));
    expect(toldBy(poster)).toEqual([[page, { kind: 'unknown' }, ['not-reached', 'calling']]]);
    await world.soon(deskOf({ poster }).tellLatest(emptyState));
    expect(poster.posts).toHaveLength(1);
  });

  test('Slack is down as well: noted, no more', async () => {
    const poster = keeper(new Error('Slack is down'), new Error('Slack is down'));
    await world.soon(deskOf({ poster }).tellOutcome(outcomeOf(stateOf(), null)));
    await world.soon(deskOf({ poster }).tellLatest(stateOf()));
    expect(warnings).toEqual(Array(2).fill('Could not post to Slack: Slack is down'));
  });
});

describe('the record of finished pages', () => {
  const over = (id: string) => ({ ...PAGE, id, end: { kind: 'unanswered', at: EVENING + 60 } as const });
  const state: State = { ...stateOf(over('latest')), previous: over('before') };

  test('is kept though Slack is not set up', async () => {
    const records: string[] = [];
    await world.soon(deskOf({ records }).tell(state));
    expect(records).toEqual(['before', 'latest']);
  });

  test('holds no page that goes on', async () => {
    const records: string[] = [];
    await world.soon(deskOf({ records }).tell(stateOf()));
    expect(records).toEqual([]);
  });

  test('is kept with the telling, and Sync is not asked again for what is on it', async () => {
    const [records, told] = [[] as string[], fakeDocument<Told>()];
    const desk = deskOf({ poster: keeper(), records, told });
    await world.soon(desk.tell(state));
    await world.soon(desk.tell(withMore(state, { kind: 'alert-closed', alert: ALERT })));
    expect(records).toEqual(['before', 'latest']);
    expect(told.stored()?.data.recorded).toHaveLength(2);
  });

  test('cannot be kept: noted, the news is told all the same, and with the next it is tried again', async () => {
    const [poster, records, told] = [keeper(), [] as string[], fakeDocument<Told>()];
    await world.soon(deskOf({ poster, told, failsToRecord: true }).tell(state));
    expect(poster.posts).toHaveLength(1);
    expect(warnings).toEqual(Array(2).fill("Could not write the page's record: Sync did not answer in time"));
    const more = withMore(state, { kind: 'alert-closed', alert: ALERT });
    await world.soon(deskOf({ poster, told, records }).tell(more));
    expect(records).toEqual(['before', 'latest']);
  });
});

describe('the memo in Mackerel', () => {
  const LINE = '18:00 佐藤 took it, ring 1, 42 s';

  test('is written with the telling, and what was written is kept in mind', async () => {
    const [told, mackerel] = [fakeDocument<Told>(), apiWith({ id: ALERT })];
    await world.soon(deskOf({ told, mackerel }).tell(takenState()));
    expect(mackerel.memos).toEqual({ [ALERT]: LINE });
    expect(told.stored()?.data).toMatchObject({ memos: { [ALERT]: [LINE] }, busyUntil: 0 });
  });

  test('is refused: the key is known to be read-only, and that is told at once', async () => {
    const [poster, told] = [keeper(), fakeDocument<Told>()];
    const refusing: Partial<MackerelApi> = {
      ...apiWith({ id: ALERT }),
      writeMemo: async () => ({ ok: false, why: 'forbidden' }),
    };
    await world.soon(deskOf({ poster, told, mackerel: refusing }).tell(takenState()));
    expect(toldBy(poster).map(([, , kinds]) => kinds)).toEqual([
      ['page-started', 'calling', 'taken'],
      ['read-only-key'],
    ]);
    expect(told.stored()?.data.memos).toBeUndefined();
    expect(warnings).toEqual([]);
  });
});

describe('with Slack and Sync themselves', () => {
  const poster = () => slackBot(SLACK).post;
  const desk = () =>
    newsdesk({
      list,
      poster,
      mackerel: null,
      noteReadOnly: async () => stateOf(),
      told: syncDocument<Told>(world.syncService, 'told'),
      asideOf: async () => [],
      history: syncHistory(world.syncService, 'history'),
      deadline: Number.POSITIVE_INFINITY,
      warn: (message) => void warnings.push(message),
    });
  const inChannel = () => world.slack.messages.filter(({ threadTs }) => threadTs === undefined);

  test('a page is told and recorded once, its message and the map made at first use', async () => {
    await world.soon(desk().tell(stateOf()));
    expect(world.sync.items('history')).toEqual([]);
    await world.soon(Promise.all([desk().tell(takenState()), desk().tell(takenState())]));
    await world.soon(desk().tell(takenState()));
    expect(inChannel()).toMatchObject([{ text: expect.stringContaining('*佐藤* is on it'), edits: 1 }]);
    expect(world.slack.messages).toHaveLength(3);
    expect(world.sync.items('history')).toMatchObject([{ key: page, data: { takenBy: '佐藤' } }]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['hangs', { kind: 'hang' } as const, {}],
    ['hangs, where the page has its message', { kind: 'hang' } as const, { [page]: '1.000001' }],
    ['is slow', { kind: 'slow', seconds: 1.8 } as const, {}],
  ])(
    'a Slack that %s, after a claim whose owner died, leaves a Function within its 10 s',
    async (_, fault, threads) => {
      world.sync.putDocument('told', { count: 0, at: 0, threads, busyUntil: world.clock.now() + 5_000 });
      world.network.fault('slack', fault);
      const { ms } = await world.timed(desk().tell(takenState()));
      expect(ms).toBeLessThan(9_500);
    },
  );

  test('a Sync and a Slack that hang leave a Function well within its 10 s', async () => {
    world.network.fault('slack', { kind: 'hang' });
    world.network.fault('sync', { kind: 'hang' });
    const { ms } = await world.timed(desk().tell(takenState()));
    expect(ms).toBeLessThan(3_000);
  });

  test('a page whose thread failed has one message all the same', async () => {
    world.network.fault('slack', befalling(undefined, { kind: 'down' }));
    await world.soon(desk().tell(stateOf()));
    await world.soon(desk().tell(takenState()));
    expect(inChannel()).toHaveLength(1);
  });

  test('a message that could not be corrected has its news once in its thread', async () => {
    await world.soon(desk().tell(stateOf()));
    world.network.fault('slack', befalling({ kind: 'status', status: 503 }));
    await world.soon(desk().tell(takenState()));
    await world.soon(desk().tell(takenState()));
    const lines = world.slack.messages.filter(({ text }) => text.includes('took it'));
    expect(lines).toHaveLength(1);
  });

  describe('a page is over, and the next one began before that was told', () => {
    beforeEach(async () => {
      await world.soon(desk().tell(stateOf()));
      const next = stateOf({ id: 'next', startedAt: EVENING + 45 }, { alerts: ['another'] });
      const news = [...takenState().news, ...next.news];
      const alerts = [...takenState().alerts, ...next.alerts];
      await world.soon(desk().tell({ ...next, alerts, previous: takenState().page, news, newsCount: 5 }));
    });

    test('its thread says who took it', () => {
      expect(world.slack.messages.map(({ text }) => text)).toContainEqual(expect.stringContaining('took it'));
    });

    test('its own message says so, too', () => {
      expect(inChannel()[0]?.text).toContain('is on it');
    });

    test('it is recorded', () => {
      expect(world.sync.items('history').map(({ key }) => key)).toContain(page);
    });
  });
});
