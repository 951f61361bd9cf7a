import type { DialList } from '../dial-list';
import { alertsClosed } from './closing';
import { after, changed, type Decision, hangUp, presentStep, told, unchanged } from './decision';
import type { At, CallEnded, Looked, PauseOver, Placed, RingEnded, Unreachable } from './event';
import type { Blindness, News } from './news';
import { isGoingOn, memberAt, type Page, ringBackAt, ringsOf, type State, turnsBefore } from './state';
import type { CallerStep } from './step';
import { heardOut, take } from './take';

/** Twilio rings 5 s longer than it is told (docs/voice/twiml/dial#timeout); the rest is for slow carriers. */
const RING_MARGIN_SECONDS = 35;

/** A member's ring is over: who is rung next, if anyone is. */
export function ringEnded(list: DialList, state: State, event: RingEnded): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page)) return legOver(state, event);
  if (!isCarriedBy(page, event)) return unchanged(state, hangUp);
  // Nor does one of a ring to come end anything: where memory has lost a ring, what the callback carries tells of it.
  if (event.attempt !== page.attempt || page.leg === 'pausing')
    return unchanged(state, presentStep(list, state));
  const member = memberAt(page, page.attempt);
  if (event.wasBridged && list.answer === 'pickup') {
    const taken = take(state, page, member, event.at);
    return { ...after(taken, legOver(taken.state, event)), step: hangUp };
  }
  const outcome = outcomeOf(page, event, member);
  return unlessClosed(state, event, (open) => next(list, open, open.page ?? page, event, ...outcome));
}

/** Whoever took the page has hung up: from now on they can be rung. */
function legOver(state: State, { page: id, attempt, at }: RingEnded): Decision<CallerStep> {
  const { page } = state;
  if (page?.id !== id || page.hearing?.attempt !== attempt) return unchanged(state, hangUp);
  return changed(state, heardOut(page), at, hangUp);
}

/** A page that was revived is another call's business; in the direct way each ring is a call of its own. */
function isCarriedBy(page: Page, event: { readonly page: string; readonly call: string }): boolean {
  return page.id === event.page && (page.call === event.call || page.call === '');
}

function outcomeOf(page: Page, event: RingEnded, member: number): News[] {
  // Whoever was at the keys is no voicemail, and what they did is told.
  if (page.leg === 'passed' || page.closing === event.attempt) return [];
  const why = page.leg === 'answered' ? 'no-key' : event.why;
  // Without memory nobody knows which key was pressed.
  if (page.isDegraded && why === 'no-key') return [];
  return [{ kind: 'not-reached', member, why }];
}

/** First what Mackerel says is closed; nobody is rung for what is over. */
function unlessClosed(
  state: State,
  { closed = [], blind, at }: Looked & At,
  goOn: (state: State) => Decision<CallerStep>,
): Decision<CallerStep> {
  const seen = blind ? blinded(state, blind, at) : unchanged(state, hangUp);
  const decision = after(seen, alertsClosed(seen.state, { kind: 'alerts-closed', alerts: closed, at }));
  if (!isGoingOn(decision.state.page)) return { ...decision, step: hangUp };
  return after(decision, goOn(decision.state));
}

/** Mackerel's API told nothing: said once a page. */
export function blinded(state: State, why: Blindness, at: number): Decision<CallerStep> {
  const { page } = state;
  if (!page || page.isBlind) return unchanged(state, hangUp);
  return changed(state, { ...page, isBlind: true }, at, hangUp, { kind: 'blind', why });
}

/** Goes on to the ring after the present one: the next member, the next round, or the end. */
function next(list: DialList, state: State, page: Page, event: At, ...news: News[]): Decision<CallerStep> {
  const { at } = event;
  const attempt = page.attempt + 1;
  const rings = ringsOf({ ...page, attempt });
  const most = page.isForOne && page.isTest ? 1 : page.order.length * list.rounds;
  if (rings >= most) return nobodyAnswered(state, page, attempt, at, ...news);
  const isNewRound = rings > 0 && rings % page.order.length === 0 && !ringBackAt(page, page.attempt);
  const seconds = isNewRound ? secondsToPause(list, page, at) : 0;
  if (seconds <= 0) return ring(list, state, { ...page, attempt }, event, ...news);
  const until = at + seconds + RING_MARGIN_SECONDS;
  // In the direct way no call is up: whoever waits is none.
  const call = page.way === 'direct' ? { call: '', placer: undefined } : {};
  const pausing: Page = { ...page, ...call, attempt, leg: 'pausing', until };
  return changed(state, pausing, at, { kind: 'pause', attempt, seconds }, ...news);
}

/**
 * A call that is up waits between two rounds, with <Pause>. In the direct way there is none, and waiting is dear: it is
 * for rounds that were over sooner, because everybody was busy or switched off.
 */
const secondsToPause = ({ pauseSeconds }: DialList, { way, roundAt, startedAt }: Page, at: number): number =>
  way === 'bridge' ? pauseSeconds : (roundAt ?? startedAt) + pauseSeconds - at;

function nobodyAnswered(
  state: State,
  page: Page,
  rings: number,
  at: number,
  ...news: News[]
): Decision<CallerStep> {
  const { passes = 0, isTest } = page;
  const ended: Page = {
    ...page,
    end: { kind: 'unanswered', at, ...(passes > 0 && passes === rings && { isPassed: true }) },
  };
  const nobody: News = {
    kind: 'nobody-answered',
    rings,
    rounds: Math.ceil(turnsBefore(page, rings) / page.order.length),
    ...(passes > 0 && { passes }),
    ...(isTest && { isTest: true }),
  };
  return changed(state, ended, at, hangUp, ...news, nobody);
}

/** Rings the member whose turn the page's `attempt` is. */
export function ring(
  list: DialList,
  state: State,
  page: Page,
  { at, decider }: At,
  ...news: News[]
): Decision<CallerStep> {
  const { attempt } = page;
  const member = memberAt(page, attempt);
  const ringSeconds = list.members[member]?.ringSeconds ?? 0;
  // In the direct way each ring is a call of its own, known once it is placed.
  const carried = page.way === 'direct' ? { call: '', placer: decider } : { call: page.call };
  const ringing: Page = {
    ...page,
    ...carried,
    leg: 'ringing',
    ...(ringsOf(page) % page.order.length === 0 && { roundAt: at }),
    until: at + ringSeconds + RING_MARGIN_SECONDS,
  };
  const calling: News = { kind: 'calling', attempt, member };
  return changed(state, ringing, at, { kind: 'ring', attempt, member }, ...news, calling);
}

/** The pause between two rounds is over. */
export function pauseOver(list: DialList, state: State, event: PauseOver): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page) || !isCarriedBy(page, event)) return unchanged(state, hangUp);
  if (page.leg !== 'pausing' || page.attempt !== event.attempt)
    return unchanged(state, presentStep(list, state));
  return unlessClosed(state, event, (open) => ring(list, open, open.page ?? page, event));
}

/** A call of our own is under way; if the page ended meanwhile, nobody needs it. */
export function placed(state: State, { page: id, attempt, call, at }: Placed): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page) || page.id !== id || page.attempt !== attempt) {
    return unchanged(state, { kind: 'end-call', call });
  }
  if (page.call === call) return unchanged(state, hangUp);
  return changed(state, { ...page, call, placer: undefined }, at, hangUp);
}

/**
 * A ring in the direct way was saved without our being told so: the call is to be placed still, and by nobody else. In
 * the bridge way whoever asks twice is told the same ring twice.
 */
export function unplaced({ page }: State, { decider }: At): CallerStep | null {
  const isOurs = isGoingOn(page) && page.way === 'direct' && page.call === '' && page.leg === 'ringing';
  if (!isOurs || decider === undefined || page.placer !== decider) return null;
  return { kind: 'ring', attempt: page.attempt, member: memberAt(page, page.attempt) };
}

/** The call that carried the page is gone before anybody took it: the page goes on without it, if it can. */
export function callEnded(list: DialList, state: State, event: CallEnded): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page) || page.way === 'direct' || page.call !== event.call) return unchanged(state, hangUp);
  if (!event.isSure) return told(state, page.id, event.at, hangUp, { kind: 'call-lost', isSure: false });
  return unlessClosed(state, event, (open) => withoutCall(list, open, open.page ?? page, event));
}

/** The call was gone before the page began that it was to carry: whoever's turn it is has not been rung. */
export const begunTooLate = (list: DialList, state: State, event: At): Decision<CallerStep> =>
  isGoingOn(state.page)
    ? withoutCall(list, state, state.page, { ...event, canCall: true }, state.page.attempt)
    : unchanged(state, hangUp);

type Lost = At & Pick<CallEnded, 'canCall'>;

/** @param rings how many there have been; the one that the call died in counts */
function withoutCall(
  list: DialList,
  state: State,
  page: Page,
  event: Lost,
  rings = page.leg === 'pausing' ? page.attempt : page.attempt + 1,
): Decision<CallerStep> {
  // Whoever tried the line has hung up: there is nobody to ring the others for.
  if (page.isTest) return nobodyAnswered(state, page, rings, event.at);
  if (!event.canCall) {
    const ended: Page = { ...page, end: { kind: 'unanswered', at: event.at } };
    return changed(state, ended, event.at, hangUp, { kind: 'call-lost', isSure: true });
  }
  const direct: Page = { ...page, way: 'direct', call: '', attempt: rings - 1 };
  return next(list, state, direct, event, { kind: 'went-direct' });
}

/** Twilio takes no call of ours to anybody: there is nothing left but to say so. */
export function unreachable(state: State, { page: id, why, at }: Unreachable): Decision<CallerStep> {
  const { page } = state;
  if (!isGoingOn(page) || page.id !== id) return unchanged(state, hangUp);
  const ended: Page = { ...page, end: { kind: 'unanswered', at } };
  return changed(state, ended, at, hangUp, { kind: 'unreachable', ...(why && { why }) });
}
