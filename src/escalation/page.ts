/** A page. Members are named by their place in the list. Times are whole seconds since the epoch, unless a name ends in `Ms`. */
/** One effort to reach someone for one or more alerts. */
export type Page = {
  readonly id: string;
  readonly startedAt: number;
  /** It is about no alert: somebody tries the line out. */
  readonly isTest: boolean;
  /** A test of one member's phone, who is rung first: it ends with their ring, unless an alert joins. */
  readonly isForOne?: true;
  /** On the leg of a call that came in, or by calls of our own. */
  readonly way: Way;
  /** The call on whose leg the `<Dial>` runs; in the direct way, the member's own. */
  readonly call: string;
  /** In the direct way, until that call is placed: the webhook that decided the ring, and has to place it. */
  readonly placedBy?: string;
  /** The order of ringing, frozen when the page started: how long the list was, and whose turn. */
  readonly members: number;
  readonly turn: number;
  /** Rung first, out of turn: they took what this page is about. */
  readonly taker?: number;
  /** How many rings came before the present one: round and position in one number. */
  readonly attempt: number;
  /** Members who called us and were rung back, out of turn. */
  readonly ringBacks?: readonly RingBack[];
  /** The ring from which its rounds are counted; from the first where absent. */
  readonly from?: number;
  readonly leg: Leg;
  /** When the present round began. */
  readonly roundAt?: number;
  /** Rings whose member passed it on; none if absent. */
  readonly passes?: number;
  /** By when the present step must have shown a sign of life; past it, the page's call has died unnoticed. */
  readonly until: number;
  readonly end: PageEnd | null;
  /** Whoever took it, at this ring, still hears our confirmation, until then at the latest. */
  readonly hearing?: { readonly attempt: number; readonly until: number };
  /** A page that nearly closed, and goes on, begins another lap; each lap has a mark of its own. */
  readonly lap: number;
  /** Its last lap is shut for good: whoever took it has been told of all alerts. */
  readonly isShut?: true;
  /** The alert that began it; empty for a test. */
  readonly first: string;
  /** One open alert that stands for all of them: while it is open, nobody lists the others. */
  readonly watch: string;
  /** Pages that nobody answered, whose open alerts are this page's as well. */
  readonly continues?: readonly string[];
  /** When the last of its alerts closed, if the page had ended in another way before. */
  readonly closedAt?: number;
  /** Sync failed at some point of this page. */
  readonly isDegraded: boolean;
  /** The ring whose member is closing its alerts by phone. */
  readonly closing?: number;
  /** People have been told that Mackerel's API does not answer. */
  readonly isUnavailable: boolean;
};

/** A ring for somebody who called us; `isCutIn`: it cut another short, which comes once more behind it. */
export type RingBack = { readonly attempt: number; readonly member: number; readonly isCutIn?: true };

export type Way = 'bridge' | 'direct';

/** How far the present ring has come. */
export type Leg = 'pausing' | 'ringing' | 'answered' | 'passed';

export type PageEnd =
  /** `attempt` is the ring at which they took it; `wasUnanswered` if the page had ended by then. */
  | {
      readonly kind: 'taken';
      readonly at: number;
      readonly by: number;
      readonly attempt: number;
      readonly wasUnanswered?: true;
    }
  | { readonly kind: 'closed'; readonly at: number }
  /**
   * `isPassed`: somebody picked up at each ring, and passed it on. `mayRing`: Twilio did not answer about the last call, which
   * may ring all the same.
   */
  | {
      readonly kind: 'unanswered';
      readonly at: number;
      readonly isPassed?: true;
      readonly mayRing?: true;
    };

export const isGoingOn = (page: Page | null | undefined): page is Page & { readonly end: null } =>
  page !== null && page !== undefined && page.end === null;

/** How many turns of the order came before a ring: who was rung back had it out of turn. */
export const turnsBefore = ({ ringBacks = [] }: Pick<Page, 'ringBacks'>, attempt: number): number =>
  ringBacks
    .filter((back) => back.attempt < attempt)
    .reduce((turns, { isCutIn }) => turns - (isCutIn ? 2 : 1), attempt);

export const ringBackAt = ({ ringBacks }: Pick<Page, 'ringBacks'>, attempt: number): RingBack | undefined =>
  ringBacks?.find((back) => back.attempt === attempt);

/** With a ring for somebody who called; one that was due by then comes after it. */
export const withRingBack = ({ ringBacks = [] }: Page, back: RingBack): readonly RingBack[] => [
  ...ringBacks.map((one) => (one.attempt < back.attempt ? one : { ...one, attempt: one.attempt + 1 })),
  back,
];

/** How many rings there have been: a page that pauses names the next one. */
export const ringsMade = ({ attempt, leg }: Pick<Page, 'attempt' | 'leg'>): number =>
  leg === 'pausing' ? attempt : attempt + 1;

/** How many turns came before the present ring in the rounds that count. */
export const ringsOf = (page: Pick<Page, 'attempt' | 'from' | 'ringBacks'>): number =>
  turnsBefore(page, page.attempt) - turnsBefore(page, page.from ?? 0);

type Order = Pick<Page, 'members' | 'turn' | 'taker'>;

/** The member at a position of the order, from 0: the list, begun at `turn`, with the taker moved to the front. */
function memberInOrder({ members, turn, taker }: Order, position: number): number {
  if (members < 1) throw new RangeError('A page has an empty dial order');
  const inTurn = (nth: number) => (((turn + nth) % members) + members) % members;
  if (taker === undefined) return inTurn(position);
  if (position === 0) return taker;
  const placeOfTaker = (((taker - turn) % members) + members) % members;
  return inTurn(position <= placeOfTaker ? position - 1 : position);
}

/** The member whom a ring of this page is for. */
export function memberAt(page: Order & Pick<Page, 'ringBacks'>, attempt: number): number {
  const turns = turnsBefore(page, attempt) % page.members;
  return ringBackAt(page, attempt)?.member ?? memberInOrder(page, (turns + page.members) % page.members);
}

/** Members in the order of ringing. */
export const orderOf = (page: Order): readonly number[] =>
  Array.from({ length: page.members }, (_, position) => memberInOrder(page, position));
