import type { AlertDetails } from '../escalation';

/** Why somebody is being rung. */
export type Briefing = {
  /** The member's name as spoken. */
  readonly reading: string;
  readonly isTest: boolean;
  /** The worst first. */
  readonly alerts: readonly (AlertDetails & { readonly isNewcomer?: boolean })[];
  /** How many of them came after the message had begun. */
  readonly joinedSince: number;
  /** Seconds since the epoch. */
  readonly now: number;
};

export type Brief = {
  readonly text: string;
  /** Nothing had to be left out. */
  readonly isWhole: boolean;
};

/** Seconds. A member who picks up knows by then which key to press. */
export const KEYS_KNOWN_WITHIN = 30;
/** Seconds. The full message, on `*`, leaves time to press a key before the line is cut. */
export const FULL_MESSAGE_WITHIN = 55;

/** Sentences that are spoken as they are. */
export type Phrases = {
  /**
   * @param mayClose key 9 is offered
   * @param isWhole there is no more to be heard on `*`
   */
  keys(mayClose: boolean, isWhole: boolean): string;
  readonly unknownKey: string;
  readonly confirmPassed: string;
  /** Asked before key 9 closes anything. */
  askToClose(alerts: number): string;
  /** @param goesOn there are others, of which the member hears next */
  confirmClosed(alerts: number, goesOn: boolean): string;
  closeFailed(closed: number, failed: number): string;
  /** The page does not need this member any more; `by` took it, if anybody did. */
  dismiss(by: string | null): string;
  /** The page does not need this member any more: the next one is being rung. */
  readonly goneOn: string;
  readonly goodbye: string;
};

/** What a member hears, in one language. */
export type Speech = Phrases & {
  /** Who is rung and why, in so many seconds. */
  brief(briefing: Briefing, seconds: number): Brief;
  confirmTaken(briefing: Briefing): string;
  /** Alerts that came while the member heard the confirmation, and are theirs as well. */
  confirmMore(briefing: Briefing): string;
};
