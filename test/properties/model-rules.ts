/** Rules that hold after every step of a history, whatever the model says. Each gives what is wrong, or null. */

import type { DialList } from '../../src/dial-list/list';
import { type Command, isGoingOn, isOnPage, type Notify, type Page, type State } from '../../src/escalation';
import type { Happening, Model } from './model';
import { type Came, newsIn, put, seen } from './model-world';

/** A phone that rings or is at somebody's ear, by the page and the ring; and until when it is, if nothing ends it. */
export type Phone = { readonly page: string; readonly attempt: number; readonly until: number };

export type Move = {
  readonly list: DialList;
  readonly happening: Happening;
  readonly command: Command | null;
  /** Commands of this history before this one. */
  readonly earlier: readonly Command[];
  readonly before: State;
  readonly came: Came;
  /** What the model has come to. */
  readonly model: Model;
  readonly phone: Phone | null;
  /** Seconds since the epoch. */
  readonly at: number;
};

/** Twilio rings 5 s longer than it is told; a member's leg is cut after that long. */
const RINGS = 65;
const TALKS = 180;

/** A webhook that comes twice is answered twice. */
const isNewRing = ({ events }: Came) => events.some(({ kind }) => kind === 'ring-began');

/** The phone that is in use after a move. */
export function phoneAfter({ happening, came, phone, at, before }: Move): Phone | null {
  const { step, state } = came;
  const page = state.page;
  if (step.kind === 'ring' && isNewRing(came))
    return { page: page?.id ?? '', attempt: step.attempt, until: at + RINGS };
  if (!phone || at > phone.until || step.kind === 'end-call') return null;
  if (phone.page !== page?.id || (page.end && page.end.kind !== 'taken')) return null;
  if (step.kind === 'confirm-taken') {
    const ofTaker = page.end?.kind === 'taken' ? page.end.attempt : phone.attempt;
    return page.hearing ? { page: page.id, attempt: ofTaker, until: page.hearing.until } : null;
  }
  switch (happening.kind) {
    case 'picks-up':
      return happening.of === 'present' && page.leg === 'answered' ? { ...phone, until: at + TALKS } : phone;
    case 'ring-over': {
      const late = { present: 0, before: 1, 'page-before': Number.NaN }[happening.of];
      return (before.page?.attempt ?? 0) - late === phone.attempt ? null : phone;
    }
    case 'heard-out':
      return page.hearing ? phone : null;
    case 'call-lost':
    case 'call-missed':
    case 'refused':
      return null;
    default:
      return page.end && !page.hearing ? null : phone;
  }
}

type Rule = (move: Move) => string | null;

/** An open alert is on a page that goes on, that somebody took, or that ended loudly. */
const noAlertIsLost: Rule = ({ came: { state, events }, before }) => {
  const onClosed = state.alerts.find(({ closedAt, page: label }) => {
    const page = [state.page, ...state.ended].find((one) => one?.id === label);
    return closedAt === undefined && page?.end?.kind === 'closed';
  });
  if (onClosed) return `${onClosed.id} is open, and its page has closed`;
  const wasLive = isGoingOn(before.page);
  const isUnanswered = state.page?.end?.kind === 'unanswered' && state.page.id === before.page?.id;
  const isLoud = events.some(
    (event) =>
      ['nobody-answered', 'unreachable'].includes(event.kind) || (event.kind === 'call-lost' && event.isSure),
  );
  return wasLive && isUnanswered && !isLoud ? 'the page ended in silence' : null;
};

/** Nobody takes any part from now on: the page ends all the same, loudly, and after a bounded number of rings. */
const thePageEnds: Rule = ({ list, came, at }) => {
  let { state } = came;
  const { page: first } = state;
  if (!isGoingOn(first)) return null;
  const most = 2 * (first.members * list.rounds + 4);
  for (let nth = 0; nth < most; nth++) {
    const page = state.page as Page;
    if (page.id !== first.id) return 'another page began';
    if (page.end)
      return page.end.kind === 'unanswered' ? null : `nobody did anything, and it was ${page.end.kind}`;
    const ring = { page: page.id, attempt: page.attempt, call: page.call, at, webhookId: 'last' };
    const over = { kind: 'end-ring', ...ring, why: 'no-answer', wasBridged: false } as const;
    state = put(list, state, page.leg === 'pausing' ? { kind: 'end-pause', ...ring } : over).state;
  }
  return 'it never ends';
};

/** Picking up is not taking, unless the list says so; key 1 is. */
const onlyAKeyTakes: Rule = ({ list, command, came, before }) => {
  const end = came.state.page?.end;
  const isNew = end?.kind === 'taken' && before.page?.end?.kind !== 'taken';
  if (!isNew || (command?.kind === 'press-key' && command.key === 'take')) return null;
  const isPickup = command?.kind === 'answer' || (command?.kind === 'end-ring' && command.wasBridged);
  return list.answer === 'pickup' && isPickup ? null : `${command?.kind} took the page`;
};

/** A phone rings only if no other is in use. What calls in takes the place of the one that rings. */
const onePhoneAtATime: Rule = ({ happening, came, phone, at }) => {
  const { step, state } = came;
  if (step.kind !== 'ring' || !isNewRing(came) || !phone || at > phone.until) return null;
  const isSame = phone.page === state.page?.id && phone.attempt === step.attempt;
  const isOver =
    ['call-lost', 'call-missed', 'calls-in'].includes(happening.kind) ||
    (happening.kind === 'ring-over' && happening.of === 'present');
  return isSame || isOver ? null : `ring ${step.attempt} begins while ring ${phone.attempt} goes on`;
};

const REPEATED: ReadonlySet<Command['kind']> = new Set([
  'end-ring',
  'end-pause',
  'answer',
  'press-key',
  'confirmed',
  'placed',
  'give-up',
  'close-all',
  'move-watch',
]);

const isLastCall = ({ alerts }: Model, { alert: { id }, call }: Notify) =>
  call !== '' && alerts[id]?.call === call;

/** Whatever a call or a callback says twice is said once. A key 1 that was in vain may be pressed again. */
const repeatsChangeNothing: Rule = ({ list, command, earlier, came, model }) => {
  // The call that brought an alert last is known.
  const isSaidAgain = (one: Command) =>
    REPEATED.has(one.kind) ||
    (one.kind === 'start-test' && one.call === came.state.page?.call) ||
    (one.kind === 'notify' && one.way === 'bridge' && isLastCall(model, one)) ||
    (one.kind === 'lose-call' && one.isSure);
  const again = [
    ...(command ? [command] : []),
    ...earlier.filter((one) => one.kind !== 'press-key' || one.key === 'pass'),
  ];
  for (const one of again.filter(isSaidAgain)) {
    const repeated = put(list, came.state, { ...one, webhookId: 'once-more' });
    const news = newsIn(repeated.events);
    if (news.length > 0) return `${one.kind} said twice is told twice: ${news}`;
    if (seen(repeated.state) !== seen(came.state))
      return `${one.kind} said twice changes ${seen(repeated.state)}`;
  }
  return null;
};

/** A handoff, an alert, a lost call: nothing moves anybody in a page that has begun. */
const theOrderIsFrozen: Rule = ({ came, before }) => {
  const [was, is] = [before.page, came.state.page];
  if (!was || !is || was.id !== is.id) return null;
  const orderOf = ({ members, turn, taker }: Page) => `${members} ${turn} ${taker}`;
  return orderOf(was) === orderOf(is) ? null : 'the order changed';
};

/** The alert that stands for a page is one of its own, as long as it has any that is open. */
const theWatchIsOpen: Rule = ({ came: { state } }) => {
  const { page } = state;
  if (!isGoingOn(page) || page.isTest) return null;
  const open = state.alerts.filter((alert) => isOnPage(alert, page) && alert.closedAt === undefined);
  return open.some(({ id }) => id === page.watch) ? null : `${page.watch} stands for the page`;
};

/** Looked at after every step. */
const RULES: Readonly<Record<string, Rule>> = {
  noAlertIsLost,
  onlyAKeyTakes,
  onePhoneAtATime,
  theOrderIsFrozen,
  theWatchIsOpen,
};
/** These try further commands, so they are looked at once for each state that histories come to. */
const PROBES: Readonly<Record<string, Rule>> = { thePageEnds, repeatsChangeNothing };

export const brokenRule = (move: Move) => firstBroken(RULES, move);
export const brokenAfter = (move: Move) => firstBroken(PROBES, move);

function firstBroken(rules: Readonly<Record<string, Rule>>, move: Move): string | null {
  for (const [name, rule] of Object.entries(rules)) {
    const fault = rule(move);
    if (fault) return `${name}: ${fault}`;
  }
  return null;
}
