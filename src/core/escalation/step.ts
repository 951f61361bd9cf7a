/** What the voice side does now. */
export type Step = CallerStep | MemberStep;

/** Where the page is carried: on the leg of the call that came in, or in the direct way over the REST API. */
export type CallerStep =
  | { readonly kind: 'ring'; readonly attempt: number; readonly member: number }
  | { readonly kind: 'pause'; readonly attempt: number; readonly seconds: number }
  /** Nothing more to do for this leg. */
  | { readonly kind: 'hang-up' }
  /** A call that nobody needs any more is under way elsewhere. */
  | { readonly kind: 'end-call'; readonly call: string };

/** On the leg of the member who picked up. */
export type MemberStep =
  | { readonly kind: 'brief'; readonly member: number }
  /** `endCall` where it came late, so that nobody else tells of it: the call that is to be ended, if one is known. */
  | { readonly kind: 'confirm-taken'; readonly member: number; readonly endCall?: string }
  | { readonly kind: 'confirm-passed'; readonly member: number }
  | { readonly kind: 'ask-to-close'; readonly member: number }
  | { readonly kind: 'confirm-closed'; readonly member: number; readonly alerts: number }
  | { readonly kind: 'close-failed'; readonly member: number }
  /** The page needs this member no more: `by` took it, or it went on without them. */
  | { readonly kind: 'dismiss'; readonly member: number; readonly by: number | null };
