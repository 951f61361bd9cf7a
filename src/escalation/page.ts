/** A page and its order. Members are their places in the list; times are seconds since the epoch, or `Ms`: milliseconds. */

/** One effort to reach someone for one or more alerts. */
export type Page = {
  readonly id: string;
  readonly startedAt: number;
  /** Somebody tests the line: the page has no alert. */
  readonly isTest: boolean;
  /** A test of one member's phone: it ends with their ring, unless an alert joins. */
  readonly isForOne?: true;
  readonly way: Way;
  /** The call on whose leg the `<Dial>` runs; in the direct way, the call to the member. */
  readonly call: string;
  /** In the direct way, the webhook that decided the ring and has to place its call; absent once it is placed. */
  readonly placedBy?: string;
  /** How long the list was when the page started, and whose turn: the order of ringing is frozen. */
  readonly members: number;
  readonly turn: number;
  /** The member who is rung first, out of turn, because they took what this page is about. */
  readonly taker?: number;
  /** How many rings came before the present one. */
  readonly attempt: number;
  /** Members who called us and were rung back, out of turn. */
  readonly ringBacks?: readonly RingBack[];
  /** Rounds are counted from this ring; from the first if absent. */
  readonly from?: number;
  readonly leg: Leg;
  /** When the present round began. */
  readonly roundAt?: number;
  /** How many members passed it on. */
  readonly passes?: number;
  /** The present step shows a sign of life by then; if it does not, the page's call has died unnoticed. */
  readonly until: number;
  readonly end: PageEnd | null;
  /** The taker, at this ring, still hears our confirmation, until then at the latest. */
  readonly hearing?: { readonly attempt: number; readonly until: number };
  /** A page that was marked and goes on begins another lap, which has a mark of its own. */
  readonly lap: number;
  /** Its last lap is shut for good: the taker has heard of all alerts. */
  readonly isShut?: true;
  /** The alert that began it; empty for a test. */
  readonly first: string;
  /** One open alert stands for all of them: while it is open, nobody lists the others. */
  readonly watch: string;
  /** Unanswered pages whose open alerts are this page's as well. */
  readonly continues?: readonly string[];
  /** When the last of its alerts closed, if the page had already ended in another way. */
  readonly closedAt?: number;
  /** Sync failed at some point of this page. */
  readonly isDegraded: boolean;
  /** The ring whose member is closing its alerts by phone. */
  readonly closing?: number;
  /** Slack already says that Mackerel's API is unavailable. */
  readonly isUnavailable: boolean;
};

/** A ring out of turn. `isCutIn`: it cut another ring short, which is repeated after it. */
export type RingBack = { readonly attempt: number; readonly member: number; readonly isCutIn?: true };

/** `bridge`: on the leg of a call that came in. `direct`: by calls of our own. */
export type Way = 'bridge' | 'direct';

/** How far the present ring has come. */
export type Leg = 'pausing' | 'ringing' | 'answered' | 'passed';

export type PageEnd =
  /** `attempt` is the ring at which they took it. `wasUnanswered`: the page had ended before. */
  | {
      readonly kind: 'taken';
      readonly at: number;
      readonly by: number;
      readonly attempt: number;
      readonly wasUnanswered?: true;
    }
  | { readonly kind: 'closed'; readonly at: number }
  /**
   * `isPassed`: somebody passed it on at each ring. `mayRing`: Twilio did not answer about the last call, so it may ring
   * all the same.
   */
  | {
      readonly kind: 'unanswered';
      readonly at: number;
      readonly isPassed?: true;
      readonly mayRing?: true;
    };

export const isGoingOn = (page: Page | null | undefined): page is Page & { readonly end: null } =>
  page !== null && page !== undefined && page.end === null;

/** How many turns of the order came before a ring. A ring out of turn uses up none. */
export const turnsBefore = ({ ringBacks = [] }: Pick<Page, 'ringBacks'>, attempt: number): number =>
  ringBacks
    .filter((back) => back.attempt < attempt)
    .reduce((turns, { isCutIn }) => turns - (isCutIn ? 2 : 1), attempt);

export const ringBackAt = ({ ringBacks }: Pick<Page, 'ringBacks'>, attempt: number): RingBack | undefined =>
  ringBacks?.find((back) => back.attempt === attempt);

/** The page's rings out of turn, with one more. A ring that was promised before comes after it. */
export const withRingBack = ({ ringBacks = [] }: Page, back: RingBack): readonly RingBack[] => [
  ...ringBacks.map((one) => (one.attempt < back.attempt ? one : { ...one, attempt: one.attempt + 1 })),
  back,
];

/** How many rings there have been: a page that pauses names the next one. */
export const ringsMade = ({ attempt, leg }: Pick<Page, 'attempt' | 'leg'>): number =>
  leg === 'pausing' ? attempt : attempt + 1;

/** The number of turns before the present ring, in the rounds that count. */
export const ringsOf = (page: Pick<Page, 'attempt' | 'from' | 'ringBacks'>): number =>
  turnsBefore(page, page.attempt) - turnsBefore(page, page.from ?? 0);

type Order = Pick<Page, 'members' | 'turn' | 'taker'>;

/** The member at a position of the order, from 0: the list from `turn` on, with the taker moved to the front. */
function memberInOrder({ members, turn, taker }: Order, position: number): number {
  if (members < 1) throw new RangeError('A page has an empty dial order');
  const inTurn = (nth: number) => (((turn + nth) % members) + members) % members;
  if (taker === undefined) return inTurn(position);
  if (position === 0) return taker;
  const placeOfTaker = (((taker - turn) % members) + members) % members;
  return inTurn(position <= placeOfTaker ? position - 1 : position);
}

/** The member whom a ring is for. */
export function memberAt(page: Order & Pick<Page, 'ringBacks'>, attempt: number): number {
  const turns = turnsBefore(page, attempt) % page.members;
  return ringBackAt(page, attempt)?.member ?? memberInOrder(page, (turns + page.members) % page.members);
}

/** Members in the order of ringing. */
export const orderOf = (page: Order): readonly number[] =>
  Array.from({ length: page.members }, (_, position) => memberInOrder(page, position));
