/** The door of the brain: what happens, what becomes of the state, and what the phone does now. Pure. */
export {
  type AlertDetails,
  type AlertItem,
  type AlertStatus,
  factsIn,
  isWorse,
  merged,
  statusAt,
  type TrackedAlert,
  UNKNOWN_ID,
  withFacts,
  worstFirst,
} from './alert';
export {
  alertIn,
  alertsOf,
  isInApi,
  isOnPage,
  latestPageOf,
  mayClose,
  namedAlertsOf,
  subjectsOf,
} from './alerts';
export { type Attempt, attemptsIn, bothAttempts } from './attempts';
export type { CallerCommand, Command, EndPause, EndRing, GiveUp, MemberCommand, Notify } from './command';
export { decide } from './decide';
export { mayFlap } from './decide/flapping';
export { begunAt, dueAgain, isTimeToRepeat } from './decide/repeat';
export { isLastRing } from './decide/ring';
export { type Standing, standingOf } from './decide/ring-back';
export { isJustTaken } from './decide/take';
export { callName, hasGotWorse, verdictOf, wouldOnlyJoin } from './decide/verdict';
export { type Event, isNews, type LoggedNews, type News, type NotReached, type Unavailable } from './event';
export { evolveAll } from './evolve';
export {
  isGoingOn,
  type Leg,
  memberAt,
  orderOf,
  type Page,
  type PageEnd,
  ringsMade,
  ringsOf,
  turnsBefore,
} from './page';
export { isOrphaned, reconcile } from './reconcile';
export { emptyState, pageOf, presentRing, type State, withAlerts } from './state';
export { type CallerStep, hangUp, lastWord, type MemberStep, type Step, stepFor } from './step';
export { readState } from './valid-state';
