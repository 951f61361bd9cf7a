/** An alert as Sync holds it, and as a decision knows it. */
import type { AlertDetails, AlertStatus } from './alert';

/** An alert as its item holds it. */
export type AlertItem = AlertDetails & {
  /** The page that it claims to be on; the record of that page decides. */
  readonly page?: string;
  /** When it began to claim that, in milliseconds since the epoch. */
  readonly joinedMs?: number;
  /** The call that brought it last: one that asks twice is answered twice, and changes nothing. */
  readonly call?: string;
  /** When Mackerel last called about it, if nothing tells how bad it is; when it was first heard of if absent. */
  readonly notifiedAt?: number;
  /** It came after its page was taken and recorded, and is the taker's all the same. */
  readonly isLate?: true;
  /** Each status that it had, and since when; the latest few, oldest first. */
  readonly statuses?: readonly (readonly [AlertStatus, number])[];
  /** Seconds since the epoch. Mackerel never opens a closed alert again, it raises another. */
  readonly closedAt?: number;
  /** The member who closed it by phone. */
  readonly closedBy?: number;
};

export type TrackedAlert = AlertItem & {
  /** Who has it, by the end of its page. Derived when it is looked up. */
  readonly taken?: Taken;
  /** More is known of it than its item holds. */
  readonly isUnsaved?: boolean;
  /** It joined after the member who listens had been told what there is. Derived when it is looked up. */
  readonly isNewcomer?: boolean;
};

export type Taken = {
  readonly by: number;
  readonly at: number;
  /** How bad it was then: if it gets worse, it rings again. */
  readonly status?: AlertStatus;
  /** Whose turn it was when its page started, for that order is kept if it rings again. */
  readonly turn: number;
};
