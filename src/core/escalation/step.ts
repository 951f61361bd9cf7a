/** What the voice side does now. */
export type Step = CallerStep | MemberStep;

/** Where the page is carried: on the leg of the call that came in, or in the direct way over the REST API. */
export type CallerStep =
  /** `insteadOf`: the call in which another phone rings by now, or whose leg is to ring this one. */
  | { readonly kind: 'ring'; readonly attempt: number; readonly member: number; readonly insteadOf?: string }
  | { readonly kind: 'pause'; readonly attempt: number; readonly seconds: number }
  /** Nothing more to do for this leg. */
  | { readonly kind: 'hang-up' }
  /** A call that nobody needs any more is under way elsewhere. */
  | { readonly kind: 'end-call'; readonly call: string };

/** On the leg of the member who picked up. */
export type MemberStep =
  | { readonly kind: 'brief'; readonly member: number }
  /** All of the message, on `*`. */
  | { readonly kind: 'tell-all'; readonly member: number }
  /** The message again, after a key that does nothing. */
  | { readonly kind: 'unknown-key'; readonly member: number }
  /** `endCall` where it came late, so that nobody else tells of it: the call that is to be ended, if one is known. */
  | { readonly kind: 'confirm-taken'; readonly member: number; readonly endCall?: string }
  /** Alerts that came while they heard the confirmation: theirs as well. */
  | { readonly kind: 'confirm-more'; readonly member: number; readonly alerts: readonly string[] }
  /** They have heard all that there is. */
  | { readonly kind: 'let-go'; readonly member: number }
  | { readonly kind: 'confirm-passed'; readonly member: number }
  | { readonly kind: 'ask-to-close'; readonly member: number }
  /** All that they were asked about; `goesOn` where the page has others by now, of which they hear next. */
  | {
      readonly kind: 'confirm-closed';
      readonly member: number;
      readonly alerts: number;
      readonly goesOn: boolean;
    }
  | {
      readonly kind: 'close-failed';
      readonly member: number;
      readonly closed: number;
      readonly failed: number;
    }
  /** The page needs this member no more: `by` took it. */
  | { readonly kind: 'dismiss'; readonly member: number; readonly why: 'taken'; readonly by: number }
  /** The same: it has gone on to the next, or is over. */
  | { readonly kind: 'dismiss'; readonly member: number; readonly why: 'gone-on' | 'over' };
