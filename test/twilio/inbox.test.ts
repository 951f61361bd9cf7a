/** Maps and their items: twilio.com/docs/sync/api/map-item-resource; a list of items begins where it is told: From, Bounds. */
import { type PutAside, syncInbox } from '../../src/twilio/inbox';
import { callSid, EVENING } from '../support/event';
import { type StandIns, standIns } from '../support/stand-ins';
import { failureOf } from '../switchboard/in-time';

const aside = (id: string): PutAside => ({ alert: { id, heardAt: EVENING }, call: callSid(1) });

describe.each(['specific', 'unique-name'] as const)(
  'where a missing map has its %s code',
  (missingNameCode) => {
    let world: StandIns;
    let warnings: string[];
    beforeEach(() => {
      world = standIns({ sync: { missingNameCode } });
      warnings = [];
    });
    afterEach(() => world.close());

    const inbox = () => syncInbox(world.syncService, 'inbox', (message) => void warnings.push(message));

    test('what is put aside for a page is found by it, and by no other', async () => {
      await world.soon(inbox().put('page-1', aside('a')));
      await world.soon(inbox().put('page-10', aside('b')));
      await world.soon(inbox().put('page-1', aside('c')));
      expect(await world.soon(inbox().of('page-1'))).toEqual([aside('a'), aside('c')]);
      expect(await world.soon(inbox().of('page-2'))).toEqual([]);
      expect(warnings).toEqual([]);
    });

    test('the map is made at first use, by whoever comes first', async () => {
      expect(await world.soon(inbox().of('page-1'))).toEqual([]);
      await world.soon(Promise.all(['a', 'b', 'c'].map((id) => inbox().put('page-1', aside(id)))));
      expect(await world.soon(inbox().of('page-1'))).toHaveLength(3);
    });

    test('made ready before, it costs one request', async () => {
      await world.soon(inbox().prepare());
      await world.soon(inbox().prepare());
      const before = world.sync.counts.requests;
      await world.soon(inbox().put('page-1', aside('a')));
      expect(world.sync.counts.requests - before).toBe(1);
      expect(warnings).toEqual([]);
    });

    test('an alert that is sent again is put aside once', async () => {
      for (let times = 0; times < 2; times++) await world.soon(inbox().put('page-1', aside('a')));
      expect(await world.soon(inbox().of('page-1'))).toEqual([aside('a')]);
    });

    test('what is put aside is dropped some time after', async () => {
      await world.soon(inbox().put('page-1', aside('a')));
      const [item] = world.sync.items('inbox');
      expect(((item?.expiresAt ?? 0) - world.clock.now()) / 3_600_000).toBeCloseTo(6, 1);
    });

    test('Sync is silent: putting fails, looking finds nothing, making ready is only noted', async () => {
      world.network.fault('sync', { kind: 'hang' });
      expect(await failureOf(world.clock, inbox().put('page-1', aside('a')))).toMatchObject({
        name: 'SyncFailure',
      });
      expect(await world.soon(inbox().of('page-1'))).toEqual([]);
      await world.soon(inbox().prepare());
      expect(warnings).toEqual([
        expect.stringMatching(/^The inbox was not read: /),
        expect.stringMatching(/^The inbox was not made: /),
      ]);
    });
  },
);
