import type { DialList, Language } from '../core/dial-list';
import type { LoggedNews } from '../core/escalation/news';
import type { State } from '../core/escalation/state';

/** News to be told together, all of one page. */
export type Bulletin = {
  readonly list: DialList;
  /** The page's own state, where it is still the one at hand. */
  readonly state: State;
  readonly page: string;
  readonly news: readonly LoggedNews[];
  readonly thread: Thread;
};

/** Where a page's story stands: under a message of its own, nowhere yet, or nobody knows, for Sync is silent. */
export type Thread =
  | { readonly kind: 'known'; readonly ts: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'unknown' };

/** One way to Slack. */
export type Slack = {
  readonly post: Poster;
  readonly announceConnected: (language: Language) => Promise<void>;
  readonly announceTrouble: (language: Language, what: Trouble) => Promise<void>;
};

/** What became of a bulletin. */
export type Posted = {
  /** The message under which the page's next bulletin belongs. */
  readonly thread: string | null;
  /** All of it is in Slack. */
  readonly isTold: boolean;
};

/** Posts a bulletin. Fails where nothing of it got through. */
export type Poster = (bulletin: Bulletin) => Promise<Posted>;

/** What people have to know and belongs to no page. */
export type Trouble =
  /** Mackerel's webhook sent an event that nobody here can read. */
  | { readonly kind: 'not-understood'; readonly event: string }
  /** An alert group opened, and there is no number to call from. */
  | { readonly kind: 'group-not-rung'; readonly name: string };
