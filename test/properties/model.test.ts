/**
 * What the brain decides, against a model of it that is read in one go, and against the rules: every history of up to so
 * many events of an alphabet, none left out. There are several alphabets, for all events at once would be too many.
 *
 * Left out: what Mackerel's API tells on the way, closing by phone, and a state that a callback carries past Sync.
 */
import type { DialList } from '../../src/dial-list/list';
import type { Command, Event, State } from '../../src/escalation';
import { isDeep } from '../support/depth';
import { beginning, type Happening, type Model, play, type Rules, type Severity, type Which } from './model';
import { brokenAfter, brokenRule, type Move, type Phone, phoneAfter } from './model-rules';
import {
  type Came,
  closeAlert,
  commandFor,
  dialListFor,
  doneIn,
  isPossible,
  newsIn,
  nothingYet,
  put,
  secondsOf,
  seen,
  seenIn,
} from './model-world';

type OfRing = 'picks-up' | 'takes' | 'passes' | 'ring-over' | 'placed';

const of = (which: Which, ...kinds: OfRing[]): Happening[] => kinds.map((kind) => ({ kind, of: which }));
const call = (id: string, severity?: Severity): Happening => ({ kind: 'call', id, severity });
const webhook = (id: string, severity?: Severity): Happening => ({ kind: 'webhook', id, severity });
const sameCall = (id: string): Happening => ({ kind: 'same-call', id });
const closes = (...ids: string[]): Happening[] => ids.map((id) => ({ kind: 'closes', id }));
const heardOut = (...newcomers: string[]): Happening => ({ kind: 'heard-out', of: 'present', newcomers });
const pauseOver: Happening = { kind: 'pause-over', of: 'present' };
const lost: Happening = { kind: 'call-lost', canCall: true, isSure: true };
const lostForGood: Happening = { kind: 'call-lost', canCall: false, isSure: true };
const perhapsLost: Happening = { kind: 'call-lost', canCall: true, isSure: false };
const stray: Happening = { kind: 'stray-ring-over' };
const callsIn = (member: number): Happening => ({ kind: 'calls-in', member });
const test_ = (turn = 0): Happening => ({ kind: 'test', turn });
const seconds = (count: number): Happening => ({ kind: 'time', seconds: count });
const minutes = (count: number) => seconds(count * 60);

type Alphabet = {
  readonly rules: Rules;
  /** How many events a history has, in `npm test` and in `npm run test:deep`. */
  readonly longest: readonly [number, number];
  readonly happenings: readonly Happening[];
};

const ALPHABETS: Readonly<Record<string, Alphabet>> = {
  'calls and keys': {
    rules: { members: 2, rounds: 2 },
    longest: [4, 5],
    happenings: [
      ...[call('A'), call('B'), sameCall('A'), pauseOver, stray, lost],
      ...of('present', 'picks-up', 'takes', 'passes', 'ring-over'),
      ...of('before', 'takes', 'ring-over'),
      ...[...closes('A', 'B'), minutes(2), minutes(31)],
    ],
  },
  'callbacks that come late': {
    rules: { members: 2, rounds: 1 },
    longest: [4, 5],
    happenings: [
      ...[call('A'), call('B'), sameCall('A'), sameCall('B')],
      ...of('present', 'picks-up', 'takes', 'passes', 'ring-over'),
      ...of('before', 'picks-up', 'takes', 'passes', 'ring-over'),
      ...of('page-before', 'picks-up', 'takes', 'passes', 'ring-over'),
      ...(['present', 'before', 'page-before'] as const).map(
        (which) => ({ kind: 'pause-over', of: which }) as const,
      ),
      ...(['before', 'page-before'] as const).map(
        (which) => ({ kind: 'heard-out', of: which, newcomers: ['B'] }) as const,
      ),
      ...[...closes('A'), seconds(50), minutes(31)],
    ],
  },
  'calls of our own, begun by the webhook': {
    rules: { members: 2, rounds: 2, startsByWebhook: true },
    longest: [4, 5],
    happenings: [
      ...[webhook('A', 'warning'), webhook('A', 'critical'), webhook('B')],
      ...of('present', 'picks-up', 'takes', 'placed', 'ring-over'),
      ...of('before', 'takes', 'placed'),
      ...[
        { kind: 'decides-again' } as const,
        { kind: 'refused' } as const,
        { kind: 'refused', why: 'silent' } as const,
      ],
      ...[pauseOver, ...closes('A', 'B'), minutes(2), minutes(11)],
    ],
  },
  'what nobody answered, and rings again': {
    rules: { members: 1, rounds: 1, startsByWebhook: true },
    longest: [5, 6],
    happenings: [
      ...[webhook('A', 'warning'), webhook('A', 'critical'), webhook('B'), { kind: 'refused' } as const],
      ...[...of('present', 'takes'), ...closes('A', 'B'), minutes(2), minutes(11)],
    ],
  },
  'calls that are gone': {
    rules: { members: 2, rounds: 2 },
    longest: [4, 6],
    happenings: [
      ...[call('A'), webhook('B'), { kind: 'call-missed' } as const, lost, lostForGood, perhapsLost],
      ...[{ kind: 'decides-again' } as const, pauseOver, stray, { kind: 'refused' } as const],
      ...of('present', 'picks-up', 'ring-over', 'placed'),
      ...of('before', 'takes', 'ring-over', 'placed'),
      ...[...closes('A'), seconds(10), minutes(2)],
    ],
  },
  'picking up is taking': {
    rules: { members: 2, rounds: 2, takesByPickup: true },
    longest: [4, 6],
    happenings: [
      ...[call('A'), call('B'), sameCall('A'), heardOut(), heardOut('B'), pauseOver, lost],
      ...of('present', 'picks-up', 'ring-over'),
      ...of('before', 'picks-up', 'ring-over'),
      ...(['present', 'before'] as const).map(
        (which) => ({ kind: 'ring-over', of: which, wasBridged: true }) as const,
      ),
      ...[...closes('A'), seconds(50), minutes(31)],
    ],
  },
  'what somebody has': {
    rules: { members: 2, rounds: 1 },
    longest: [4, 5],
    happenings: [
      ...[call('A'), call('A', 'warning'), call('A', 'critical'), call('B'), sameCall('A')],
      ...[...of('present', 'takes', 'ring-over'), heardOut(), heardOut('B')],
      ...[...closes('A', 'B'), seconds(50), minutes(12), minutes(31)],
    ],
  },
  'members who call in, and tests of the line': {
    rules: { members: 2, rounds: 1 },
    longest: [4, 6],
    happenings: [
      ...[
        test_(),
        { kind: 'test-asks-again' } as const,
        call('A'),
        callsIn(0),
        callsIn(1),
        lost,
        lostForGood,
      ],
      ...of('present', 'picks-up', 'takes', 'passes', 'ring-over'),
      ...[...of('before', 'takes'), pauseOver, ...closes('A'), minutes(2)],
    ],
  },
  'members who call in, in two rounds': {
    rules: { members: 2, rounds: 2 },
    longest: [5, 7],
    happenings: [
      ...[call('A'), callsIn(0), callsIn(1), pauseOver],
      ...of('present', 'picks-up', 'passes', 'ring-over'),
      minutes(10),
    ],
  },
  ...Object.fromEntries(
    [false, true].map((turnsByPage): [string, Alphabet] => [
      `turns, by the ${turnsByPage ? 'page' : 'date'}`,
      {
        rules: { members: 3, rounds: 1, turnsByPage },
        longest: [5, 6],
        happenings: [
          ...[0, 1, 5].map((turn) => ({ kind: 'call', id: 'A', turn }) as const),
          ...[call('B'), test_(1), lost, ...of('present', 'takes', 'ring-over'), ...closes('A'), minutes(31)],
        ],
      },
    ]),
  ),
};

/** Where a history has come to. */
type Node = {
  readonly state: State;
  readonly model: Model;
  readonly phone: Phone | null;
  readonly path: readonly Happening[];
  readonly commands: readonly Command[];
};

/** Histories that came to the same go on in the same way: one of them is enough. Names do not matter for it. */
function nameOf({ state: { page, ended, alerts }, model, phone }: Node): string {
  const ids = [page?.id, ...ended.map(({ id }) => id)];
  const calls = [page?.call, ...alerts.map(({ call: name }) => name)];
  return JSON.stringify([
    page && { ...page, id: 0, call: page.call !== '', placedBy: page.placedBy !== undefined },
    ended.map((one) => [one.end, one.startedAt, one.watch, one.closedAt]),
    alerts.map((alert) => ({ ...alert, page: ids.indexOf(alert.page), call: calls.indexOf(alert.call) })),
    model.now,
    phone && [ids.indexOf(phone.page), phone.attempt, phone.until],
  ]);
}

type Tried = { readonly next: Node; readonly move: Move };

function tryOne(rules: Rules, list: DialList, node: Node, happening: Happening, nth: number): Tried {
  const { state, model, phone, commands } = node;
  const path = [...node.path, happening];
  const at = secondsOf(model);
  const command = commandFor(model, state, happening, nth);
  const said = play(rules, model, happening, nameOfCall(command, happening));
  const came = cameOf(list, state, happening, command, at);
  const real = [
    doneIn(came.step),
    newsIn(withoutOlder(came.events, said.model, state)),
    seen(came.state),
  ].join(' | ');
  const wanted = [said.does, said.news, seenIn(said.model)].join(' | ');
  if (real !== wanted) throw after(path, `brain: ${real}\n  model: ${wanted}`);
  const move = {
    list,
    happening,
    command,
    earlier: commands,
    before: state,
    came,
    model: said.model,
    phone,
    at,
  };
  const fault = brokenRule(move);
  if (fault) throw after(path, fault);
  const next = {
    state: came.state,
    model: said.model,
    phone: phoneAfter({ ...move, at: secondsOf(said.model) }),
    path,
    commands: command ? [...commands, command] : commands,
  };
  return { next, move };
}

/** When a page that has ended counts as closed is left out, once an alert of it may have gone to another one. */
const withoutOlder = (events: readonly Event[], { hasMoved }: Model, { page }: State) =>
  events.filter(
    (event) => !(hasMoved && event.kind === 'all-closed' && (event.page !== page?.id || page.end)),
  );

const after = (path: readonly Happening[], fault: string) =>
  new Error(`after\n    ${path.map((one) => JSON.stringify(one)).join('\n    ')}\n  ${fault}`);

function cameOf(
  list: DialList,
  state: State,
  happening: Happening,
  command: Command | null,
  at: number,
): Came {
  if (happening.kind === 'closes') return closeAlert(list, state, happening.id, at);
  return command ? put(list, state, command) : { state, step: { kind: 'hang-up' }, events: [] };
}

/** The call that an event comes with. */
function nameOfCall(command: Command | null, happening: Happening): string {
  if (happening.kind === 'webhook' || happening.kind === 'call-missed') return '';
  return command && 'call' in command ? command.call : '';
}

test.each(Object.entries(ALPHABETS))('%s', (_what, { rules, longest, happenings }) => {
  const list = dialListFor(rules);
  const [shallow, deep] = longest;
  const most = isDeep ? deep : shallow;
  let nodes: Node[] = [{ state: nothingYet, model: beginning, phone: null, path: [], commands: [] }];
  const known = new Set<string>();
  let decisions = 0;
  for (let length = 1; length <= most; length++) {
    const further: Node[] = [];
    for (const node of nodes) {
      for (const happening of happenings.filter((one) => isPossible(node.model, node.state, one))) {
        const { next, move } = tryOne(rules, list, node, happening, length);
        decisions += 1;
        const name = nameOf(next);
        if (known.has(name)) continue;
        known.add(name);
        further.push(next);
        const fault = brokenAfter(move);
        if (fault) throw after(next.path, fault);
      }
    }
    nodes = further;
  }
  // A model that leaves out half of the histories would prove nothing.
  expect(decisions).toBeGreaterThan(700);
});
