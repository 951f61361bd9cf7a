/** A page that nobody answered goes on in the next: that one takes over its alerts, at its end. */
import { emptyState, type Page, type State } from '../../../src/escalation';
import { settle } from '../../../src/store/settle';
import { storesOn } from '../../properties/shared-services';
import { sharedSync } from '../../properties/shared-sync';
import { aDialList } from '../../support/dial-list';
import { EVENING } from '../../support/event';

const stores = storesOn(sharedSync({ turn: async (work) => work() }), aDialList());

const page = (
  nth: number,
  continues: readonly string[],
  end: 'unanswered' | 'closed' = 'unanswered',
): Page => ({
  id: (EVENING + nth * 600).toString(36),
  startedAt: EVENING + nth * 600,
  isTest: false,
  way: 'direct',
  call: '',
  members: 1,
  turn: 0,
  attempt: 0,
  leg: 'ringing',
  until: EVENING + nth * 600 + 95,
  end: { kind: end, at: EVENING + nth * 600 + 60 },
  lap: 1,
  first: 'alert-1',
  watch: 'alert-1',
  continues,
  isDegraded: false,
  isUnavailable: false,
});

const stateWith = (latest: Page): State => ({ ...emptyState, page: latest });
const labels = async () => (await stores.alerts.list()).map(({ data }) => data.page);
const countOf = async ({ id }: Page) => (await labels()).filter((label) => label === id).length;

test('sixty at a time, those of the oldest page first, so that none is forgotten', async () => {
  const first = page(0, []);
  for (let nth = 1; nth <= 100; nth++)
    await stores.alerts.add({
      id: `alert-${nth}`,
      heardAt: EVENING,
      page: first.id,
      joinedMs: EVENING * 1000 + nth,
      ...(nth > 90 && { closedAt: EVENING + 30 }),
    });
  const second = page(1, [first.id]);
  await (await settle(stores, stateWith(second), second)).recording;
  expect(await countOf(second)).toBeGreaterThanOrEqual(60);
  const closed = page(2, [first.id, second.id], 'closed');
  await (await settle(stores, stateWith(closed), closed)).recording;
  expect(await countOf(closed)).toBeLessThanOrEqual(1);
  const third = page(3, [first.id, second.id]);
  await (await settle(stores, stateWith(third), third)).recording;
  // Those that have closed stay where they were.
  expect(await countOf(first)).toBe(10);
});

test('a record that Sync does not take fails for whoever waits for it, and is nobody else’s trouble', async () => {
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  const before = page(4, []);
  await stores.alerts.add({ id: 'alert-200', heardAt: EVENING, page: before.id });
  const latest = page(5, [before.id]);
  const record = async () => Promise.reject(new Error('no record'));
  const refusing = { ...stores, history: { ...stores.history, record } };
  const slow = { ...stores.alerts, replace: async () => new Promise<never>((_, no) => setTimeout(no, 20)) };
  const { recording } = await settle({ ...refusing, alerts: slow }, stateWith(latest), latest);
  await expect(recording).rejects.toThrow('no record');
  expect(unhandled).not.toHaveBeenCalled();
  process.off('unhandledRejection', unhandled);
});
