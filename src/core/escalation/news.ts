/** What people are told of a page, in the order in which it happened. */
export type News =
  | { readonly kind: 'page-started' }
  | { readonly kind: 'calling'; readonly attempt: number; readonly member: number }
  | { readonly kind: 'not-reached'; readonly member: number; readonly why: NotReached }
  | { readonly kind: 'answered'; readonly member: number }
  | { readonly kind: 'passed-on'; readonly member: number }
  | { readonly kind: 'joined'; readonly alert: string }
  | { readonly kind: 'taken'; readonly member: number; readonly attempt: number; readonly seconds: number }
  | { readonly kind: 'nobody-answered'; readonly rings: number; readonly rounds: number }
  /** The call that carried the page is gone; `isSure` that nobody had taken it by then. */
  | { readonly kind: 'call-lost'; readonly isSure: boolean }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'degraded' };

/** Why a ring reached nobody. `no-key`: picked up, but no key was pressed, as a voicemail does. */
export type NotReached = 'no-answer' | 'busy' | 'failed' | 'canceled' | 'no-key';

export type LoggedNews = News & { readonly page: string; readonly at: number };
