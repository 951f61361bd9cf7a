import type { DialList, Language } from '../dial-list/list';
import type { LoggedNews, State } from '../escalation';

/** News of one page that is posted together. */
export type NewsBatch = {
  readonly list: DialList;
  /** The state that still holds the page, if any does. */
  readonly state: State;
  readonly page: string;
  readonly news: readonly LoggedNews[];
  readonly thread: Thread;
  /** The alerts that the page's message named last. */
  readonly alerts?: readonly string[];
  /** Milliseconds since the epoch by which posting should be over; one request is made in any case. */
  readonly until: number;
};

/** The page's message: known, not posted yet, or unknown because Sync is silent. */
export type Thread =
  | { readonly kind: 'known'; readonly ts: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'unknown' };

/** What a page's message says. */
export type Heading = {
  /** The alerts that it names. */
  readonly alerts: readonly string[];
  /** How the page stands, as a fingerprint. */
  readonly says: string;
};

/** By page. */
export type Headings = Readonly<Record<string, Heading>>;

/** The result of posting a batch. */
export type Posted = {
  /** The message whose thread takes the page's next batch. */
  readonly thread: string | null;
  /** Everything in the batch is in Slack. */
  readonly isPosted: boolean;
  /** What the page's message says, if it was brought up to date. */
  readonly heading?: Heading;
};

/**
 * Posts a batch. Fails if nothing got through; `isForAll` of the fault then says whether another page's batch would
 * fail as well.
 */
export type Poster = (batch: NewsBatch) => Promise<Posted>;

export type Stale = {
  readonly list: DialList;
  readonly state: State;
  /** The messages of the latest pages. */
  readonly threads: Readonly<Record<string, string>>;
  readonly headings: Headings;
  /** As in a batch. */
  readonly until: number;
};

export type SlackOptions = {
  /** Called for each request. */
  readonly onRequest?: () => void;
  readonly warn?: (message: string) => void;
};

/** One way to Slack: a bot or an incoming webhook. */
export type Slack = {
  readonly post: Poster;
  /**
   * Updates the messages of pages whose alerts have changed since. Gives what they say now, without those that cannot
   * change any more. Never fails.
   */
  readonly refresh: (stale: Stale) => Promise<Headings>;
  readonly announceConnected: (language: Language) => Promise<void>;
  readonly announceTrouble: (language: Language, what: Trouble) => Promise<void>;
};

/** What people have to know, and belongs to no page. */
export type Trouble =
  /** Mackerel's webhook sent an event that we do not understand. */
  | { readonly kind: 'not-understood'; readonly event: string }
  /** An alert group opened, and there is no number to call from. */
  | { readonly kind: 'group-not-rung'; readonly name: string };
