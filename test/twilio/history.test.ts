/** Maps and their items: twilio.com/docs/sync/api/map-item-resource; codes 54200, 54208, 54301. */
import type { PageEnd } from '../../src/core/escalation/state';
import { syncHistory } from '../../src/twilio/history';
import { EVENING, onDuty, PAGE, stateOf } from '../support/on-duty';
import { befalling, type StandIns, standIns } from '../support/stand-ins';
import { pageIn } from '../support/state';
import { failureOf } from '../switchboard/in-time';

const list = onDuty();
const taken: PageEnd = { kind: 'taken', at: EVENING + 130, by: 1 };
const over = stateOf({ attempt: 1, end: taken });

const recordIn = (world: StandIns, state: typeof over) =>
  syncHistory(world.syncService, 'history').record(list, state, pageIn(state));

describe.each(['specific', 'unique-name'] as const)(
  'where a missing map has its %s code',
  (missingNameCode) => {
    let world: StandIns;
    beforeEach(() => {
      world = standIns({ sync: { missingNameCode } });
    });
    afterEach(() => world.close());

    const record = (state: typeof over) => recordIn(world, state);
    const items = () => world.sync.items('history');

    test('the first page of all makes the map, the next one finds it', async () => {
      await world.soon(record(over));
      expect(world.sync.counts.requests).toBe(3);
      await world.soon(record(stateOf({ id: 'another', end: taken })));
      expect(world.sync.counts.requests).toBe(4);
      expect(items().map(({ key }) => key)).toEqual(['another', PAGE.id]);
    });

    test('a page is recorded once, however often it is told', async () => {
      for (let times = 0; times < 3; times++) await world.soon(record(over));
      expect(items()).toHaveLength(1);
    });

    test('two who record the first page at once: one map, one item', async () => {
      await world.soon(Promise.all([record(over), record(over)]));
      expect(items()).toHaveLength(1);
    });

    test('is kept for 90 days', async () => {
      await world.soon(record(over));
      const [item] = items();
      const days = ((item?.expiresAt ?? 0) - EVENING * 1000) / 86_400_000;
      expect(days).toBeCloseTo(90, 2);
    });

    test('Sync’s failure is the caller’s to note', async () => {
      world.network.fault('sync', { kind: 'hang' });
      const error = await failureOf(world.clock, record(over));
      expect(error).toMatchObject({ name: 'SyncFailure' });
    });

    test('a map that could not be made is made the next time', async () => {
      world.network.fault('sync', befalling(undefined, { kind: 'status', status: 503 }));
      await failureOf(world.clock, record(over));
      await world.soon(record(over));
      expect(items()).toHaveLength(1);
    });
  },
);

describe('a record', () => {
  let world: StandIns;
  beforeEach(() => {
    world = standIns();
  });
  afterEach(() => world.close());

  async function recordOf(state: typeof over): Promise<unknown> {
    await world.soon(recordIn(world, state));
    return world.sync.items('history')[0]?.data;
  }

  test('tells names and times', async () => {
    expect(await recordOf(over)).toEqual({
      startedAt: '2026-11-22T09:00:00.000Z',
      endedAt: '2026-11-22T09:02:10.000Z',
      end: 'taken',
      takenBy: '鈴木',
      rings: 2,
      order: ['佐藤', '鈴木', 'Alice'],
      alerts: ['2wpLU5fBXbG'],
      attempts: [{ attempt: 1, member: '鈴木', calledAt: '2026-11-22T09:00:00.000Z' }],
      isTest: false,
    });
  });

  test('of a page that nobody took names nobody', async () => {
    const end: PageEnd = { kind: 'unanswered', at: EVENING + 400 };
    expect(await recordOf(stateOf({ attempt: 5, end }))).toMatchObject({
      end: 'unanswered',
      takenBy: null,
      rings: 6,
    });
  });

  test('of a test page says so, and names whoever has left the list by a number of the list', async () => {
    const end: PageEnd = { kind: 'taken', at: EVENING + 9, by: 4 };
    expect(await recordOf(stateOf({ isTest: true, order: [4, 0], end }))).toMatchObject({
      isTest: true,
      takenBy: '#5',
      order: ['#5', '佐藤'],
      alerts: [],
    });
  });

  test('holds no phone number', async () => {
    expect(JSON.stringify(await recordOf(over))).not.toMatch(/\+\d{6,}/);
  });
});
