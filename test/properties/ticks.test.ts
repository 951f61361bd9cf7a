/**
 * Ticks of the clock that overlap each other, and every webhook that a page lives by: in every order of their requests, and
 * with one of them cut off, refused or left without an answer. After that, nothing but ticks comes, and every page ends.
 */
import { type AlertItem, isGoingOn, readState, type State } from '../../src/escalation';
import { PAGE } from '../../src/platform/budget';
import type { Services } from '../../src/platform/services';
import type { Continuation } from '../../src/store/continuation';
import { forgetPage } from '../../src/store/page-memory';
import { settle } from '../../src/store/settle';
import { SyncFailure } from '../../src/store/sync-document';
import { legEnded } from '../../src/webhooks/dial-status';
import { closed } from '../../src/webhooks/mackerel-webhook';
import { waited } from '../../src/webhooks/pause';
import { ring } from '../../src/webhooks/steps/ring-alert';
import { tick } from '../../src/webhooks/tick';
import { isDeep } from '../support/depth';
import { aDialList, aMember } from '../support/dial-list';
import { EVENING } from '../support/event';
import { byChance, type Choose, inOrders, type Scheduler, scheduler } from './scheduler';
import { type Phones, servicesOn, undisturbed } from './shared-services';
import { type Asker, type Fate, type Mishap, type SharedSync, sharedSync } from './shared-sync';

const list = aDialList({
  members: [aMember('佐藤', { phone: '+815000000001' }), aMember('鈴木', { phone: '+815000000002' })],
  start: 'webhook',
  rounds: 2,
  pauseSeconds: 60,
  repeatMinutes: 120,
  awakeMinutes: 0,
  settleMinutes: 0,
});

/** Milliseconds since the epoch. */
let clock = EVENING * 1000;
const now = () => Math.floor(clock / 1000);
beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock);
});
afterEach(() => jest.restoreAllMocks());

/** What a webhook does; what it carries is of before all of them. */
type Webhook = (services: Services, carried: Continuation) => Promise<unknown>;

const FROM = '+815000000101';
const comes =
  (nth: number): Webhook =>
  (services) =>
    ring(services, { id: `alert-${nth}`, heardAt: now() }, FROM);

const ends =
  (CallStatus: string): Webhook =>
  (services, carried) => {
    const call = { CallSid: carried.state?.page?.call ?? '', CallStatus, way: 'direct', From: FROM };
    return legEnded(services, carried, { ...call, Direction: 'outbound-api' });
  };

const takes: Webhook = ({ pages }, carried) => {
  const { page, attempt } = carried;
  return pages.apply({ kind: 'press-key', page, attempt, key: 'take', at: now() }, carried);
};

/** If Sync fails meanwhile, whoever tells the news next does it again. */
const settles: Webhook = async (services) => {
  const stored = await services.pages.read();
  const page = stored?.data.page;
  if (!stored || !page?.end) return;
  const settling = settle(services, stored.data, page).then(({ recording }) => recording);
  await settling.catch((fault) => {
    if (!(fault instanceof SyncFailure)) throw fault;
  });
};

const WEBHOOKS = {
  'a tick': (services) => tick(services),
  'the ring is over': ends('no-answer'),
  'the pause is over': (services, carried) =>
    waited(services, carried, { left: '0', From: FROM, Direction: 'outbound-api' }),
  '1 is pressed': takes,
  'alert 1 comes again': comes(1),
  'alert 2 comes': comes(2),
  'alert 1 closes': (services) => closed(services, 'alert-1'),
  'the page is settled': settles,
} as const satisfies Record<string, Webhook>;
type Name = keyof typeof WEBHOOKS;

/** What is there before, of alert 1. */
const BEFORE = {
  'a ring fell silent': async ({ until }) => {
    await until('ringing');
    clock += (60 + PAGE.ringMarginSeconds + 1) * 1000;
  },
  'a pause is over': async ({ until }) => {
    await until('pausing');
    clock += 61_000;
  },
  'nobody answered, and it is time again': async ({ until }) => {
    await until('over');
    await until('settled');
    clock += 121 * 60_000;
  },
  'nobody answered, and nobody was told': async ({ until }) => {
    await until('over');
    clock += 60_000;
  },
  'somebody took it, and nobody was told': async ({ until, take }) => {
    await until('ringing');
    await take();
    clock += 30_000;
  },
  'an alert without a page': async ({ alone }) => {
    await alone();
    // A minute in which all alerts are listed.
    clock += 5 * 60_000 - (clock % (5 * 60_000)) + 20_000;
  },
} as const satisfies Record<string, (stage: Stage) => Promise<void>>;
type Before = keyof typeof BEFORE;

type Stage = {
  until(what: 'ringing' | 'pausing' | 'over' | 'settled'): Promise<void>;
  take(): Promise<unknown>;
  /** Alert 1 is written down, and whoever did so is cut off. */
  alone(): Promise<unknown>;
};

const nothing: Continuation = { page: '', attempt: 0, state: null, revision: null };

async function carriedOf({ pages }: Pick<Services, 'pages'>): Promise<Continuation> {
  const { data: state, revision } = await pages.get();
  return { page: state.page?.id ?? '', attempt: state.page?.attempt ?? 0, state, revision: revision || null };
}

async function prepared(sync: SharedSync, phones: Phones, before: Before): Promise<Continuation> {
  // Nothing of what people are told before counts.
  const services = servicesOn(sync, list, { rung: phones.rung, told: new Set() }, now);
  const quiet: Services = {
    ...services,
    news: { ...services.news, tell: async () => {}, tellOutcome: async () => {} },
  };
  const isThere = { ringing: 'ringing', pausing: 'pausing' } as const;
  const stage: Stage = {
    async until(what) {
      if (what === 'settled') return void (await settles(services, nothing));
      await comes(1)(quiet, nothing);
      for (let turn = 0; turn < 9; turn++) {
        const carried = await carriedOf(quiet);
        const page = carried.state?.page;
        if (what === 'over' ? !isGoingOn(page) : page?.leg === isThere[what]) return;
        const isPausing = page?.leg === 'pausing';
        await WEBHOOKS[isPausing ? 'the pause is over' : 'the ring is over'](quiet, carried);
      }
      throw new Error(`It does not come to ${what}`);
    },
    take: async () => takes(quiet, await carriedOf(quiet)),
    alone: () => quiet.alerts.add({ id: 'alert-1', heardAt: now() }),
  };
  await BEFORE[before](stage);
  for (const one of phones.rung) one.isOver = true;
  forgetPage();
  return carriedOf(quiet);
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
  const phones: Phones = { rung: [], told: new Set() };
  const oneByOne: Pick<Scheduler, 'turn'> = { turn: async (work) => work() };
  let [turns, first] = [oneByOne, 0];
  const sync: SharedSync = sharedSync({ turn: (work) => turns.turn(work) }, (request) =>
    turns === oneByOne ? undefined : fate(request - first),
  );
  const carried = await prepared(sync, phones, before);
  first = sync.requests();
  const before2 = phones.rung.length;
  const running = scheduler(choose, { isPatient: true });
  turns = running;
  await running.run(
    names.map(
      (name) => () =>
        new Promise<unknown>((resolve, reject) => {
          const asker: Asker & { isCut: boolean } = {
            isCut: false,
            cut() {
              asker.isCut = true;
              resolve(null);
            },
          };
          const services = servicesOn(sync, list, phones, now, asker);
          WEBHOOKS[name](services, structuredClone(carried)).then(resolve, reject);
        }),
    ),
  );
  turns = oneByOne;
  return { sync, phones, requests: sync.requests() - first, rungNow: phones.rung.slice(before2) };
}

type Ran = Awaited<ReturnType<typeof allAtOnce>>;

/** No callback ever comes any more: there is nothing but a tick a minute. */
async function thenOnlyTicks({ sync, phones }: Ran): Promise<State | null> {
  const services = servicesOn(sync, list, phones, now, undisturbed);
  forgetPage();
  for (let minute = 0; minute < 45; minute++) {
    clock += 60_000;
    await tick({ ...services, deadline: clock + 9_000 });
  }
  return readState(sync.document() ?? {});
}

const itemsIn = (sync: SharedSync): AlertItem[] =>
  ['alerts.0', 'alerts.1']
    .flatMap((map) => sync.items(map))
    .filter(({ key }) => !key.startsWith('!'))
    .map(({ data }) => data as AlertItem);

type Kept = { readonly id: string; readonly end: string; readonly alerts: readonly string[] };

/** What goes against what is promised, in words. */
function faultsOf({ sync, phones, rungNow }: Ran, state: State | null): string[] {
  const records = sync.items('history').map(({ key, data }) => ({ ...data, id: key }) as Kept);
  const ringing = rungNow.filter(({ isOver, page }) => !isOver && endOf(state, page) !== 'closed');
  const rings = phones.rung.map(({ page, attempt }) => `${page} ${attempt}`);
  const pages = state ? [...state.ended, ...(state.page ? [state.page] : [])] : [];
  return [
    ringing.length > 1 && `${ringing.length} phones ring`,
    new Set(rings).size < rings.length && `rung twice: ${rings}`,
    isGoingOn(state?.page) && 'the page goes on for ever',
    ...pages.map(({ id }) => !phones.told.has(id) && `nobody was told of the end of ${id}`),
    ...itemsIn(sync).flatMap(({ id, closedAt }) => {
      const on = records.filter(({ alerts }) => alerts.includes(id));
      const isOpen = closedAt === undefined;
      return [
        isOpen && on.length === 0 && `${id} is lost`,
        isOpen && on.at(-1)?.end === 'closed' && `${id} is open, and its page has closed`,
        on.filter(({ end }) => end !== 'unanswered').length > 1 && `${id} has two ends`,
      ];
    }),
  ].filter((fault) => fault !== false);
}

const endOf = (state: State | null, id: string) =>
  [state?.page, ...(state?.ended ?? [])].find((page) => page?.id === id)?.end?.kind;

const CASES: readonly (readonly [Before, readonly Name[]])[] = [
  ['a ring fell silent', ['a tick', 'a tick']],
  ['a ring fell silent', ['a tick', 'the ring is over']],
  ['a ring fell silent', ['a tick', '1 is pressed']],
  ['a ring fell silent', ['a tick', 'alert 2 comes']],
  ['a ring fell silent', ['a tick', 'alert 1 closes']],
  ['a pause is over', ['a tick', 'a tick']],
  ['a pause is over', ['a tick', 'the pause is over']],
  ['a pause is over', ['a tick', 'alert 1 closes']],
  ['nobody answered, and it is time again', ['a tick', 'a tick']],
  ['nobody answered, and it is time again', ['a tick', 'alert 1 comes again']],
  ['nobody answered, and it is time again', ['a tick', 'alert 2 comes']],
  ['nobody answered, and it is time again', ['a tick', 'alert 1 closes']],
  ['nobody answered, and nobody was told', ['a tick', 'a tick']],
  ['nobody answered, and nobody was told', ['a tick', 'the page is settled']],
  ['nobody answered, and nobody was told', ['a tick', '1 is pressed']],
  ['somebody took it, and nobody was told', ['a tick', 'the page is settled']],
  ['somebody took it, and nobody was told', ['a tick', 'alert 2 comes']],
  ['an alert without a page', ['a tick', 'a tick']],
  ['an alert without a page', ['a tick', 'alert 1 comes again']],
  ['an alert without a page', ['a tick', 'alert 2 comes']],
  ['an alert without a page', ['a tick', 'alert 1 closes']],
];

async function check(before: Before, names: readonly Name[], choose: Choose, fate?: Fate): Promise<Ran> {
  const ran = await allAtOnce(before, names, choose, fate);
  const state = await thenOnlyTicks(ran);
  expect({ before, names, faults: faultsOf(ran, state) }).toMatchObject({ faults: [] });
  return ran;
}

/** More orders than that are tried at random. */
const MOST = isDeep ? 60 : 12;

test.each(CASES)('%s: %j, in every order', async (before, names) => {
  await inOrders(MOST, async (choose) => void (await check(before, names, choose)));
});

/** Cut off is the worst of them, for nobody hears of it. */
const MISHAPS: readonly Mishap[] = isDeep ? ['refused', 'unanswered', 'cut'] : ['cut'];

describe.each(MISHAPS)('a request is %s', (mishap) => {
  test.each(CASES)('%s: %j, at each request', async (before, names) => {
    const { requests } = await allAtOnce(before, names, () => 0);
    const orders = isDeep ? [(of: number) => of - 1, byChance(7)] : [byChance(7)];
    for (let nth = 1; nth <= requests + 2; nth++)
      for (const choose of orders)
        await check(before, names, choose, (request) => (request === nth ? mishap : undefined));
  });
});
