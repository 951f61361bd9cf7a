/** What the tables of the brain say their rows with. */
import type { DialList } from '../../../src/dial-list/list';
import { type Command, decide, type Event, evolveAll, type State } from '../../../src/escalation';
import { withTakings } from '../../../src/store/fate';
import { callSid, EVENING } from '../../support/event';
import { type Happening, happen, pageIn } from '../../support/state';

/** Seconds after the page of these tables begins. */
export const plus = (seconds: number) => EVENING + seconds;

/** A state in which some more has happened, with who has which alert, as the store looks it up. */
export const since = (list: DialList, state: State, ...happenings: readonly Happening[]): State =>
  happenings.reduce((before, one) => withTakings(happen(list, [one], before).state), withTakings(state));

export const commandIn = (state: State, happening: Happening): Command =>
  typeof happening === 'function' ? happening(pageIn(state)) : happening;

/** Without the page and the time that each event bears. */
export const bare = (events: readonly Event[]) => events.map(({ page: _, at: __, ...event }) => event);

/** What a command comes to. */
export const decided = (list: DialList, state: State, happening: Happening) =>
  bare(decide(list, state, commandIn(state, happening)));

export const kindsOf = (events: readonly { readonly kind: string }[]) => events.map(({ kind }) => kind);

/** The state after a command, with who has which alert. */
export const stateAfter = (list: DialList, state: State, happening: Happening): State =>
  withTakings(evolveAll(state, decide(list, state, commandIn(state, happening))));

type Ringing = { readonly at?: number; readonly way?: 'direct'; readonly call?: string } & Record<
  string,
  unknown
>;

/** A ring of 60 s, begun `at` seconds after the page, on call 1 if nothing else is said. */
export const ringing = (attempt: number, member: number, { at = 20, way, call, ...more }: Ringing = {}) => [
  {
    kind: 'ring-began',
    attempt,
    until: plus(at + 60 + 35),
    way: way ?? 'bridge',
    call: call ?? (way === 'direct' ? '' : callSid(1)),
    ...(way === 'direct' && { placedBy: undefined }),
    ...more,
  },
  { kind: 'calling', attempt, member },
];
