/** What the voice side does now. */
export type Step = CallerStep | MemberStep;

/** On the leg on which the `<Dial>` runs. */
export type CallerStep =
  | { readonly kind: 'ring'; readonly attempt: number; readonly member: number }
  | { readonly kind: 'pause'; readonly attempt: number; readonly seconds: number }
  | { readonly kind: 'hang-up' };

/** On the leg of the member who picked up. */
export type MemberStep =
  | { readonly kind: 'brief'; readonly member: number }
  | { readonly kind: 'confirm-taken'; readonly member: number }
  | { readonly kind: 'confirm-passed'; readonly member: number }
  /** The page needs this member no more: `by` took it, or it went on without them. */
  | { readonly kind: 'dismiss'; readonly member: number; readonly by: number | null };
