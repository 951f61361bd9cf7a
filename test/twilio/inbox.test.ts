/** Maps and their items: twilio.com/docs/sync/api/map-item-resource; a list of items begins where it is told: From, Bounds. */
import type { AlertFacts } from '../../src/core/alert';
import { syncInbox } from '../../src/twilio/inbox';
import { callSid, EVENING } from '../support/event';
import { befalling, type StandIns, standIns } from '../support/stand-ins';
import { failureOf } from '../switchboard/in-time';

const aside = (id: string): AlertFacts => ({ id, heardAt: EVENING });

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

    const alertsOf = async (page: string) => (await world.soon(inbox().of(page)))?.alerts;

    test('what is put aside for a page is found by it, and by no other', async () => {
      await world.soon(inbox().put('page-1', aside('a')));
      await world.soon(inbox().put('page-10', aside('b')));
      await world.soon(inbox().put('page-1', aside('c')));
      expect(await alertsOf('page-1')).toEqual([aside('a'), aside('c')]);
      expect(await alertsOf('page-2')).toEqual([]);
      expect(warnings).toEqual([]);
    });

    test('the map is made at first use, by whoever comes first', async () => {
      expect(await alertsOf('page-1')).toEqual([]);
      await world.soon(Promise.all(['a', 'b', 'c'].map((id) => inbox().put('page-1', aside(id)))));
      expect(await alertsOf('page-1')).toHaveLength(3);
    });

    test('made ready before, it costs two requests: to put it there, and to see that somebody will look', async () => {
      await world.soon(inbox().prepare());
      await world.soon(inbox().prepare());
      const before = world.sync.counts.requests;
      await world.soon(inbox().put('page-1', aside('a')));
      expect(world.sync.counts.requests - before).toBe(2);
      expect(warnings).toEqual([]);
    });

    test('an alert that is sent again is put aside once', async () => {
      for (let times = 0; times < 2; times++) await world.soon(inbox().put('page-1', aside('a')));
      expect(await alertsOf('page-1')).toEqual([aside('a')]);
    });

    test('hundreds are found, a hundred at a time', async () => {
      for (let n = 0; n < 250; n++) {
        if (n % 50 === 0) await world.clock.run(10); // Sync takes 20 writes a second
        await world.soon(inbox().put('page-1', aside(`a${n}`)));
      }
      await world.soon(inbox().put('page-2', aside('b')));
      const before = world.sync.counts.requests;
      expect(await alertsOf('page-1')).toHaveLength(250);
      expect(world.sync.counts.requests - before).toBe(3);
      expect(await world.soon(inbox().has('page-1', 'a249'))).toBe(true);
      expect(await world.soon(inbox().has('page-2', 'a249'))).toBe(false);
    });

    test('once it is closed, nobody will look: whoever puts an alert aside is told so', async () => {
      expect(await world.soon(inbox().put('page-1', aside('a')))).toBe(true);
      expect(await world.soon(inbox().close('page-1'))).toMatchObject({ alerts: [aside('a')], isLast: true });
      expect(await world.soon(inbox().put('page-1', aside('b')))).toBe(false);
      expect(await world.soon(inbox().put('page-2', aside('b')))).toBe(true);
    });

    test('put aside and closed in one moment: it is found, or known not to be looked after', async () => {
      for (let n = 0; n < 20; n++) {
        const page = `page-${n}`;
        const closing = world.clock.sleep(n / 100).then(() => inbox().close(page));
        const putting = inbox().put(page, aside('a'));
        const [isLookedAfter, found] = await world.soon(Promise.all([putting, closing]));
        if (isLookedAfter) expect(found?.alerts).toEqual([aside('a')]);
      }
    });

    test('a page that nothing was put aside for can be closed as well', async () => {
      expect(await world.soon(inbox().close('page-1'))).toMatchObject({ alerts: [] });
      expect(await world.soon(inbox().put('page-1', aside('a')))).toBe(false);
    });

    test('one that closed behind it is not put aside any more, and is told as closed', async () => {
      await world.soon(inbox().put('page-1', aside('a')));
      await world.soon(inbox().put('page-1', aside('b')));
      for (const id of ['a', 'c', 'a']) await world.soon(inbox().putClosed('page-1', id));
      expect(await world.soon(inbox().close('page-1'))).toEqual({
        page: 'page-1',
        alerts: [aside('b')],
        closed: ['a', 'c'],
        isLast: true,
      });
    });

    test('one refusal is not the end of it: what lies there is asked for twice', async () => {
      await world.soon(inbox().put('page-1', aside('a')));
      const refusal = { kind: 'status', status: 503 } as const;
      world.network.fault('sync', befalling(refusal, undefined, refusal));
      expect((await world.soon(inbox().close('page-1')))?.alerts).toEqual([aside('a')]);
      world.network.fault('sync', befalling(refusal, refusal));
      expect(await world.soon(inbox().close('page-1'))).toBeNull();
    });

    test('calls that were here are known', async () => {
      expect(await world.soon(inbox().knowsCall(callSid(1)))).toBe(false);
      for (let times = 0; times < 2; times++) await world.soon(inbox().noteCall(callSid(1)));
      expect(await world.soon(inbox().knowsCall(callSid(1)))).toBe(true);
      expect(await world.soon(inbox().knowsCall(callSid(2)))).toBe(false);
      expect(warnings).toEqual([]);
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
      expect(await alertsOf('page-1')).toBeUndefined();
      await world.soon(inbox().prepare());
      expect(warnings).toEqual([
        expect.stringMatching(/^Could not read the inbox: /),
        expect.stringMatching(/^The inbox was not made: /),
      ]);
    });
  },
);
