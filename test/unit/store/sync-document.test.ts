/** Codes: twilio.com/docs/api/errors/54009, 54100, 54103, 54300, 54301; limits: docs/sync/limits. */
import {
  asked,
  Conflict,
  Missing,
  nullIfMissing,
  SyncFailure,
  syncDocument,
  watched,
  watchUntil,
} from '../../../src/store/sync-document';
import { befalling, type StandIns, standIns } from '../../support/stand-ins';
import { failureOf } from '../../switchboard/in-time';

type Page = { readonly ring: number; readonly 名?: string };

describe.each(['specific', 'unique-name'] as const)(
  'where a missing name has its %s code',
  (missingNameCode) => {
    let world: StandIns;
    beforeEach(() => {
      world = standIns({ sync: { missingNameCode } });
    });
    afterEach(() => world.close());

    const document = () => syncDocument<Page>(world.syncService, 'page');
    const failure = (promise: Promise<unknown>) => failureOf(world.clock, promise);

    test('what is not there yet is null, and is created', async () => {
      expect(await world.soon(document().read())).toBeNull();
      const revision = await world.soon(document().write({ ring: 1, 名: '甲' }, null));
      expect(await world.soon(document().read())).toEqual({ data: { ring: 1, 名: '甲' }, revision });
      expect(world.sync.document('page')?.data).toEqual({ ring: 1, 名: '甲' });
    });

    test('a write gives the revision that the next one goes over', async () => {
      let revision = await world.soon(document().write({ ring: 0 }, null));
      for (const ring of [1, 2, 3]) revision = await world.soon(document().write({ ring }, revision));
      expect(world.sync.document('page')).toEqual({ data: { ring: 3 }, revision });
      expect(world.sync.counts.requests).toBe(4);
    });

    test('of two who write over the same revision, one is told of a conflict', async () => {
      const revision = await world.soon(document().write({ ring: 0 }, null));
      const [first, second] = await world.soon(
        Promise.allSettled([1, 2].map((ring) => document().write({ ring }, revision))),
      );
      expect(first).toMatchObject({ status: 'fulfilled' });
      expect(second).toMatchObject({ status: 'rejected', reason: expect.any(Conflict) });
      expect(world.sync.document('page')?.data).toEqual({ ring: 1 });
    });

    test('of two who create, one is told of a conflict', async () => {
      const [first, second] = await world.soon(
        Promise.allSettled([1, 2].map((ring) => document().write({ ring }, null))),
      );
      expect(first).toMatchObject({ status: 'fulfilled' });
      expect(second).toMatchObject({ status: 'rejected', reason: expect.any(Conflict) });
    });

    test('a write over what somebody has removed fails as missing', async () => {
      expect(await failure(document().write({ ring: 1 }, '3'))).toBeInstanceOf(Missing);
    });

    const busy = {
      kind: 'status',
      status: 429,
      body: JSON.stringify({ code: 54009, message: 'Rate' }),
    } as const;
    test.each([
      ['too many requests', busy, true],
      ['a fault of Sync’s own', { kind: 'status', status: 503, body: '<html>' } as const, true],
      ['a gateway’s', { kind: 'status', status: 500 } as const, true],
      ['refused rights', { kind: 'status', status: 401, body: '{"code":20003}' } as const, false],
      ['nobody there', { kind: 'down' } as const, false],
    ])('%s is a failure', async (_, fault, isPassing) => {
      world.network.fault('sync', fault);
      for (const request of [document().read(), document().write({ ring: 1 }, '0')]) {
        const error = await failure(request);
        expect(error).toBeInstanceOf(SyncFailure);
        expect(error).toMatchObject({ isPassing });
      }
    });

    test.each([
      ['nonsense', '<html>'],
      ['somebody else’s answer', '{}'],
    ])('%s is a failure; but a write may have been done, and reading again tells', async (_, body) => {
      world.network.fault('sync', { kind: 'status', status: 200, body });
      expect(await failure(document().read())).toMatchObject({ name: 'SyncFailure', isPassing: false });
      expect(await failure(document().write({ ring: 1 }, '0'))).toMatchObject({ isPassing: true });
    });

    test('what cannot be read is not quoted: it may be an alert’s text', async () => {
      world.network.fault('sync', { kind: 'status', status: 200, body: '{"a": サーバー}' });
      expect(await failure(document().read())).toHaveProperty('message', 'Sync: 0 unreadable');
    });

    test.each([
      ['hangs', { kind: 'hang' } as const],
      ['is slow', { kind: 'slow', seconds: 8 } as const],
    ])('a Sync that %s is given up', async (_, fault) => {
      world.network.fault('sync', fault);
      const { value, ms } = await world.timed(failure(document().read()));
      expect(value).toMatchObject({ isPassing: false, message: expect.stringContaining('in time') });
      expect(ms).toBeLessThanOrEqual(1_500);
    });

    test('is not slow when Sync is not', async () => {
      world.network.fault('sync', befalling({ kind: 'slow', seconds: 1 }));
      world.sync.putDocument('page', { ring: 1 });
      expect(await world.soon(document().read())).toMatchObject({ data: { ring: 1 } });
    });

    test('a document too large to hold is no passing failure', async () => {
      const filler = 'x'.repeat(17 * 1024);
      const error = await failure(syncDocument(world.syncService, 'page').write({ filler }, null));
      expect(error).toMatchObject({ name: 'SyncFailure', isPassing: false });
    });
  },
);

// The pages of the errors give codes without HTTP statuses: the code alone has to tell.
test.each([
  [54103, Conflict],
  [54205, Conflict],
  [54208, Conflict],
  [54301, Conflict],
  [54100, Missing],
  [54200, Missing],
  [54201, Missing],
  [54300, Missing],
  [54009, SyncFailure],
  [54006, SyncFailure],
])('code %i under any status', async (code, kind) => {
  const failing = asked(() => Promise.reject(Object.assign(new Error('no'), { status: 400, code })));
  await expect(failing).rejects.toBeInstanceOf(kind);
});

test.each([
  [409, Conflict],
  [412, Conflict],
  [404, Missing],
  [429, SyncFailure],
])('status %i with any code', async (status, kind) => {
  const failing = asked(() => Promise.reject(Object.assign(new Error('no'), { status, code: 20404 })));
  await expect(failing).rejects.toBeInstanceOf(kind);
});

test('a client that cannot even be made fails in the same way', async () => {
  const failing = syncDocument(() => {
    throw new Error('no credentials');
  }, 'page').read();
  await expect(failing).rejects.toMatchObject({ name: 'SyncFailure', isPassing: false });
});

test('only what is missing is null', () => {
  expect(nullIfMissing(new Missing())).toBeNull();
  expect(() => nullIfMissing(new Conflict())).toThrow(Conflict);
});

describe('where it is late', () => {
  const lateAt = 1_000;
  const opened = (answers: readonly (() => Promise<string>)[]) => {
    let asked = 0;
    const document = watched(
      { read: async () => null, write: () => (answers[asked++] ?? (async () => 'none'))() },
      watchUntil(lateAt),
    );
    return { write: () => document.write({}, null), asked: () => asked };
  };
  const silent = async (): Promise<string> => {
    throw new SyncFailure('Sync: did not answer in time', true);
  };
  const contested = async (): Promise<string> => {
    throw new Conflict('Sync: somebody was faster');
  };
  const saved = async () => '2';
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  test.each([
    ['Sync was silent, and it is not late yet: it is asked again', 0, [silent, saved], 2],
    ['Sync was silent, and it is late: it is not asked again', lateAt + 1, [silent, saved], 1],
    ['somebody was faster, and it is late: Sync answers', lateAt + 1, [contested, saved], 2],
    ['all is well, and it is late', lateAt + 1, [saved, saved], 2],
  ] as const)('%s', async (_, at, answers, wanted) => {
    const { write, asked } = opened(answers);
    await write().catch(() => {});
    jest.setSystemTime(at);
    const second = await write().catch((fault: SyncFailure) => fault.isPassing);
    expect([asked(), second]).toEqual([wanted, wanted === 1 ? false : '2']);
  });
});
