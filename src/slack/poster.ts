import type { DialList, Language } from '../dial-list/list';
import type { LoggedNews, State } from '../escalation';

/** News to be told together, all of one page. */
export type NewsBatch = {
  readonly list: DialList;
  /** The page's own state, where it is still the one at hand. */
  readonly state: State;
  readonly page: string;
  readonly news: readonly LoggedNews[];
  readonly thread: Thread;
  /** The alerts that the page's message named last. */
  readonly alerts?: readonly string[];
  /** Milliseconds since the epoch by which posting should be over; one request is made in any case. */
  readonly until: number;
};

/** Where a page's story stands: under a message of its own, nowhere yet, or nobody knows, for Sync is silent. */
export type Thread =
  | { readonly kind: 'known'; readonly ts: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'unknown' };

/** What a page's message says by now. */
export type Heading = {
  /** The alerts that it names. */
  readonly alerts: readonly string[];
  /** How the page stands, as a fingerprint. */
  readonly says: string;
};

/** By page. */
export type Headings = Readonly<Record<string, Heading>>;

/** What became of a batch. */
export type Posted = {
  /** The message under which the page's next batch belongs. */
  readonly thread: string | null;
  /** All of it is in Slack. */
  readonly isPosted: boolean;
  /** What the page's message says, if this was to bring it up to date and did. */
  readonly heading?: Heading;
};

/** Posts a batch. Fails where nothing of it got through; `isForAll` then says whether another page's would, too. */
export type Poster = (batch: NewsBatch) => Promise<Posted>;

export type Stale = {
  readonly list: DialList;
  readonly state: State;
  /** The messages of the latest pages. */
  readonly threads: Readonly<Record<string, string>>;
  readonly headings: Headings;
  /** As that of a batch. */
  readonly until: number;
};

export type SlackOptions = {
  /** Called for each request. */
  readonly onRequest?: () => void;
  readonly warn?: (message: string) => void;
};

/** One way to Slack. */
export type Slack = {
  readonly post: Poster;
  /**
   * Brings the messages of pages up to date whose alerts have gone on since. Gives what they say by now; of what
   * cannot change any more nothing. Never fails.
   */
  readonly refresh: (stale: Stale) => Promise<Headings>;
  readonly announceConnected: (language: Language) => Promise<void>;
  readonly announceTrouble: (language: Language, what: Trouble) => Promise<void>;
};

/** What people have to know and belongs to no page. */
export type Trouble =
  /** Mackerel's webhook sent an event that nobody here can read. */
  | { readonly kind: 'not-understood'; readonly event: string }
  /** An alert group opened, and there is no number to call from. */
  | { readonly kind: 'group-not-rung'; readonly name: string };
