/**
 * The orders of reads and writes that keep alerts from being lost, or rung twice: every interleaving of two and three
 * webhooks on the real store, with a crash, a refusal or a lost answer at each request.
 */

import { type AlertItem, isGoingOn, readState, type State } from '../../src/escalation';
import { afterClosing, noteClosed } from '../../src/store/close';
import type { Stores } from '../../src/store/coming';
import type { Continuation } from '../../src/store/continuation';
import { notify } from '../../src/store/notify';
import { forgetPage, rememberPage } from '../../src/store/page-memory';
import type { Outcome } from '../../src/store/page-store';
import { settle } from '../../src/store/settle';
import { isDeep } from '../support/depth';
import { aDialList } from '../support/dial-list';
import { callSid, EVENING } from '../support/event';
import { byChance, type Choose, inOrders, type Scheduler, scheduler } from './scheduler';
import { storesOn as storesOf } from './shared-services';
import { type Asker, type Fate, type Mishap, type SharedSync, sharedSync } from './shared-sync';

const list = aDialList({ pauseSeconds: 0, rounds: 1, awakeMinutes: 0, settleMinutes: 0 });

/** Milliseconds since the epoch; an alert counts as left alone only some time after it came. */
let clock = EVENING * 1000;
const now = () => Math.floor(clock / 1000);

beforeEach(() => {
  clock = EVENING * 1000;
  jest.spyOn(Date, 'now').mockImplementation(() => clock);
  // What waits before another try need not wait for the wall's clock. Nothing here takes as long as a limit does.
  const soon = (what: () => void, ms = 0) => (ms < 10_000 ? setImmediate(what) : undefined) as never;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(soon);
});
afterEach(() => jest.restoreAllMocks());

const storesOn = (sync: SharedSync, asker?: Asker): Stores => storesOf(sync, list, asker);

/** What a webhook came to: the page for which it rings a phone, if it does. */
type Rung = string | null;
/** One webhook. */
type Webhook = (stores: Stores, carried: Continuation) => Promise<Rung>;

const rungBy = ({ step, state }: Outcome): Rung => (step.kind === 'ring' ? (state.page?.id ?? '') : null);

const comes =
  (nth: number): Webhook =>
  async (stores) => {
    const alert = { id: `alert-${nth}`, heardAt: now() };
    const given = { alert, call: callSid(nth), way: 'bridge', turn: 0, at: now() } as const;
    return rungBy(await notify(stores, given, Promise.resolve({})));
  };

/** Only an alert that stands for its page is looked into: a process that remembers the page does no more. */
const closes =
  (nth: number): Webhook =>
  async (stores) => {
    const noted = await noteClosed(stores, `alert-${nth}`, now());
    if (!noted || noted.alert.isWatch) await afterClosing(stores, `alert-${nth}`, now());
    return null;
  };

const ringsOut: Webhook = async ({ pages }, carried) => {
  const { page, attempt, state } = carried;
  const call = state?.page?.call ?? '';
  const ended = { kind: 'end-ring', page, attempt, call, why: 'no-answer', wasBridged: false } as const;
  return rungBy(await pages.apply({ ...ended, at: now() }, carried));
};

const takes: Webhook = async ({ pages }, carried) => {
  const { page, attempt } = carried;
  await pages.apply({ kind: 'press-key', page, attempt, key: 'take', at: now() }, carried);
  return null;
};

/** The taker has heard the confirmation to its end: nothing joins any more, unless they are told of more. */
const hearsOut: Webhook = async ({ pages, alerts }, carried) => {
  const { page: id, attempt, state } = carried;
  const page = state?.page;
  if (!page) return null;
  const listed = await alerts.list().catch(() => null);
  const newcomers = (listed ?? []).filter(({ data }) => data.page === id && data.id !== page.first);
  const isShut =
    listed !== null &&
    newcomers.length === 0 &&
    (await alerts.shut(page).then(
      () => true as const,
      () => undefined,
    ));
  const command = {
    kind: 'confirmed',
    page: id,
    attempt,
    newcomers: newcomers.map(({ data }) => data.id),
  } as const;
  await pages.apply({ ...command, ...(isShut && { isShut }), at: now() }, carried);
  return null;
};

/** The taker hangs up, or the page's last ring is over. */
const settles: Webhook = async (stores) => {
  const stored = await stores.pages.read();
  if (stored?.data.page?.end) await settle(stores, stored.data, stored.data.page);
  return null;
};

const WEBHOOKS = {
  'alert 1 comes': comes(1),
  'alert 2 comes': comes(2),
  'alert 3 comes': comes(3),
  'alert 1 closes': closes(1),
  'alert 2 closes': closes(2),
  'the ring is over': ringsOut,
  '1 is pressed': takes,
  'the confirmation is heard out': hearsOut,
  'the page is settled': settles,
} as const satisfies Record<string, Webhook>;
type Name = keyof typeof WEBHOOKS;

/**
 * What is there before: nothing, or a page about alert 1, or about 1 and 2, that has come so far. `remembered`: by the
 * processes to which alerts come.
 */
type Before =
  | 'nothing'
  | 'ringing'
  | 'ringing, remembered'
  | 'ringing for two'
  | 'at its last ring'
  | 'at its last ring, remembered'
  | 'taken'
  | 'taken, remembered';

const oneByOne: Pick<Scheduler, 'turn'> = { turn: async (work) => work() };

async function prepared(sync: SharedSync, before: Before): Promise<Continuation> {
  const stores = storesOn(sync);
  if (before !== 'nothing') await comes(1)(stores, nothing);
  let carried = await carriedOf(stores);
  if (before === 'ringing for two') await comes(2)(stores, carried);
  const rings = before.startsWith('at its last ring') ? list.members.length - 1 : 0;
  for (let nth = 0; nth < rings; nth++) {
    await ringsOut(stores, carried);
    carried = await carriedOf(stores);
  }
  if (before.startsWith('taken')) await takes(stores, carried);
  const { data } = await stores.pages.get();
  forgetPage();
  if (before.endsWith('remembered')) rememberPage(list, data);
  return carriedOf(stores);
}

const nothing: Continuation = { page: '', attempt: 0, state: null, revision: null };

async function carriedOf({ pages }: Stores): Promise<Continuation> {
  const { data: state, revision } = await pages.get();
  return { page: state.page?.id ?? '', attempt: state.page?.attempt ?? 0, state, revision };
}

/** Runs them all at once. */
async function allAtOnce(
  before: Before,
  names: readonly Name[],
  choose: Choose,
  fate: Fate = () => undefined,
) {
  forgetPage();
  clock = EVENING * 1000;
  const turns = scheduler(choose, { isPatient: true });
  let isPrepared = false;
  let first = 0;
  const sync: SharedSync = sharedSync(
    { turn: (work) => (isPrepared ? turns : oneByOne).turn(work) },
    (request) => (isPrepared ? fate(request - first) : undefined),
  );
  const carried = await prepared(sync, before);
  first = sync.requests();
  isPrepared = true;
  const cutOff = new Set<Name>();
  const steps = await turns.run(
    names.map(
      (name) => () =>
        new Promise<Rung>((resolve, reject) => {
          const asker = {
            isCut: false,
            cut() {
              asker.isCut = true;
              cutOff.add(name);
              resolve(null);
            },
          };
          WEBHOOKS[name](storesOn(sync, asker), structuredClone(carried)).then(resolve, reject);
        }),
    ),
  );
  const requests = sync.requests() - first;
  isPrepared = false;
  return { sync, steps, cutOff, requests, carried };
}

type Ran = Awaited<ReturnType<typeof allAtOnce>>;

/** What comes later: who was cut off comes again, if somebody asks again; then the page goes on to its end, and is settled. */
async function afterwards({ sync, cutOff }: Ran): Promise<void> {
  const stores = storesOn(sync);
  clock += 60_000;
  forgetPage();
  for (const name of cutOff)
    if (name !== 'the page is settled') await WEBHOOKS[name](stores, await carriedOf(stores));
  for (let turn = 0; turn < 12; turn++) {
    const carried = await carriedOf(stores);
    const { state } = carried;
    if (!state?.page) return;
    if (isGoingOn(state.page)) {
      await ringsOut(stores, carried);
      continue;
    }
    clock += 60_000;
    const { strays } = await settleAll(stores, state);
    const [stray] = strays;
    if (!stray) return;
    await notify(stores, { alert: stray, call: '', way: 'direct', turn: 0, at: now() }, Promise.resolve({}));
  }
  throw new Error('It does not come to an end');
}

async function settleAll(stores: Stores, state: State) {
  const over = [...state.ended, ...(state.page ? [state.page] : [])].filter(({ end }) => end !== null);
  let strays: readonly AlertItem[] = [];
  for (const page of over) ({ strays } = await settle(stores, state, page));
  return { strays };
}

const itemsIn = (sync: SharedSync): AlertItem[] =>
  ['alerts.0', 'alerts.1']
    .flatMap((map) => sync.items(map))
    .filter(({ key }) => !key.startsWith('!'))
    .map(({ data }) => data as AlertItem);

type Kept = { readonly id: string; readonly end: string; readonly alerts: readonly string[] };

/** What goes against what is promised, in words. */
function faultsOf({ sync, steps }: Ran): string[] {
  const records = sync.items('history').map(({ key, data }) => ({ ...data, id: key }) as Kept);
  // The phone of a page that has closed is being ended.
  const closed = records.filter(({ end }) => end === 'closed').map(({ id }) => id);
  const rings = new Set(steps.filter((page) => page !== null && !closed.includes(page)));
  const state = readState(sync.document() ?? {});
  return itemsIn(sync).flatMap(({ id, closedAt }) => {
    const on = records.filter(({ alerts }) => alerts.includes(id));
    const isOpen = closedAt === undefined;
    return [
      isOpen && on.length === 0 && `${id} is lost`,
      // What nobody answered may ring again.
      on.filter(({ end }) => end !== 'unanswered').length > 1 && `${id} is on ${on.length} records`,
      isOpen && on.some(({ end }) => end === 'closed') && `${id} is open, and its page has closed`,
      rings.size > 1 && `${rings.size} phones ring`,
      isOpen && state === null && 'there is no document',
    ].filter((fault) => fault !== false);
  });
}

/** The closing that was the last has ended the page at once. */
function rungInVain(sync: SharedSync): string[] {
  const state = readState(sync.document() ?? {});
  const isRinging = isGoingOn(state?.page) && itemsIn(sync).every(({ closedAt }) => closedAt !== undefined);
  return isRinging ? ['people are rung for what has closed'] : [];
}

const CASES: readonly (readonly [Before, readonly Name[]])[] = [
  ['nothing', ['alert 1 comes', 'alert 2 comes']],
  ['nothing', ['alert 1 comes', 'alert 1 comes']],
  ['nothing', ['alert 1 comes', 'alert 1 closes']],
  ['ringing', ['alert 2 comes', 'the ring is over']],
  ['ringing', ['alert 2 comes', '1 is pressed']],
  ['ringing', ['alert 2 comes', 'alert 1 closes']],
  ['ringing', ['alert 1 closes', 'the ring is over']],
  ['ringing', ['alert 1 closes', '1 is pressed']],
  ['at its last ring', ['alert 2 comes', 'the ring is over']],
  ['at its last ring', ['alert 1 closes', 'the ring is over']],
  ['taken', ['alert 2 comes', 'the page is settled']],
  ['taken', ['alert 1 closes', 'the page is settled']],
  ['taken', ['alert 2 comes', 'the confirmation is heard out']],
  ['ringing, remembered', ['alert 2 comes', '1 is pressed']],
  ['ringing, remembered', ['alert 2 comes', 'alert 1 closes']],
  ['at its last ring, remembered', ['alert 2 comes', 'the ring is over']],
  ['taken, remembered', ['alert 2 comes', 'the page is settled']],
  ['taken, remembered', ['alert 2 comes', 'the confirmation is heard out']],
  ['ringing for two', ['alert 1 closes', 'alert 2 closes']],
];

/** More orders than that are tried at random. */
const MOST = isDeep ? 400 : 20;

async function check(before: Before, names: readonly Name[], choose: Choose, fate?: Fate): Promise<Ran> {
  const ran = await allAtOnce(before, names, choose, fate);
  // What closes while its page is being begun is noticed at the end of the ring.
  const inVain = fate || before === 'nothing' ? [] : rungInVain(ran.sync);
  await afterwards(ran);
  expect({ before, names, steps: ran.steps, faults: [...inVain, ...faultsOf(ran)] }).toMatchObject({
    faults: [],
  });
  return ran;
}

test.each(CASES)('%s: %j, in every order', async (before, names) => {
  await inOrders(MOST, async (choose) => void (await check(before, names, choose)));
});

/** Cut off is the worst of them, for nobody hears of it. */
const MISHAPS: readonly Mishap[] = isDeep ? ['refused', 'unanswered', 'cut'] : ['cut'];

describe.each(MISHAPS)('a request is %s', (mishap) => {
  test.each(CASES)('%s: %j, at each request, in many orders', async (before, names) => {
    const { requests } = await allAtOnce(before, names, () => 0);
    const chance = byChance(7);
    for (let nth = 1; nth <= requests + 4; nth++) {
      const fate: Fate = (request) => (request === nth ? mishap : undefined);
      for (const choose of isDeep ? [() => 0, (of: number) => of - 1, chance, chance] : [chance])
        await check(before, names, choose, fate);
    }
  });
});

const THREE: readonly (readonly [Before, readonly Name[]])[] = [
  ['nothing', ['alert 1 comes', 'alert 2 comes', 'alert 3 comes']],
  ['ringing', ['alert 2 comes', 'alert 3 comes', 'alert 1 closes']],
  ['ringing', ['alert 2 comes', 'alert 1 closes', 'the ring is over']],
  ['ringing', ['alert 2 comes', 'alert 1 closes', '1 is pressed']],
  ['at its last ring', ['alert 2 comes', 'alert 3 comes', 'the ring is over']],
  ['taken', ['alert 2 comes', 'alert 3 comes', 'the page is settled']],
  ['taken, remembered', ['alert 2 comes', 'the confirmation is heard out', 'the page is settled']],
  ['ringing for two', ['alert 1 closes', 'alert 2 closes', 'the ring is over']],
];

test.each(THREE)('%s: %j, in many orders', async (before, names) => {
  const chance = byChance(11);
  for (let nth = 0; nth < (isDeep ? 120 : 6); nth++) await check(before, names, chance);
});
