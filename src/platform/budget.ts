/**
 * Every limit and wait of the product, in one table. Names say the unit: `Ms` are milliseconds, `Seconds` are seconds,
 * `Bytes` are bytes; the rest are numbers of things.
 *
 * Twilio cuts a Function off after 10 s (docs/serverless/functions-assets/functions/request-flow), so what one webhook
 * does, one after another, has to fit into that.
 */

/** How long a webhook goes on. */
export const WEBHOOK = {
  /** Everything has to be over by then. */
  wholeMs: 9_000,
  /** A status callback that is answered late costs those that are queued behind it: docs/api/errors/15002 */
  statusMs: 4_900,
  /** What posting the news takes at most, if both Sync and Slack are slow. */
  newsMs: 3_000,
  /** Once Sync was silent, it is not asked again so near the end: a call may have to be placed, and people be told. */
  lastSyncMs: 3_400,
  /** A Function never runs longer. */
  platformMs: 10_000,
  /** A ring in the direct way is begun only if so much time is left: one decided and never placed is nobody's. */
  ringMs: 5_500,
} as const;

/** One request to a neighbour. */
export const REQUEST = {
  syncMs: 1_400,
  mackerelMs: 1_500,
  slackMs: 2_000,
  twilioMs: 2_500,
  /** People are told then that the phone may not ring; if it does, its page goes on. A status callback has less time. */
  placingMs: 5_000,
  /** No call is placed, and none asked about, in less. */
  shortestPlacingMs: 2_000,
  shortestMs: 500,
  /** What is left for posting behind a call; and for handing a pause on to another Function. */
  postingMs: 500,
  handingOnMs: 500,
  /** A request has come to where it goes by then; its answer may take as long as a Function may. */
  sentMs: 1_000,
  leastSentMs: 300,
} as const;

/** How often a decision is tried again after another webhook has written first, or Sync refused. */
export const RETRY = {
  /** A caller or member is on the line. */
  voice: { tries: 6, patienceMs: 1_500, jitterMs: 120 },
  /** Nobody is on the line: retry for longer. */
  background: { tries: 12, patienceMs: 4_000, jitterMs: 250 },
  /** One item of a map, which only few webhooks write. */
  item: { tries: 4, patienceMs: 2_500, jitterMs: 300 },
  /** What must be done to end a page. */
  settling: { tries: 8, patienceMs: 4_000, jitterMs: 400 },
} as const;

/** A page. */
export const PAGE = {
  /** Twilio rings 5 s longer than it is told (docs/voice/twiml/dial#timeout); the rest is for slow carriers. */
  ringMarginSeconds: 35,
  /**
   * A ring that broke off sooner may never have come to a phone: its TwiML takes up to 4 s to get out if Sync or Mackerel is
   * slow, and a network some seconds to ring.
   */
  unrungSeconds: 5,
  /** The longest that a member's leg lives after the pickup: the message twice, the keys, and time to think. */
  talkSeconds: 180,
  /** A page counts as silent so long after a pickup: somebody who has the message repeated a few times is still there. */
  leaseSeconds: 360,
  /** Somebody presses 1 and hangs up: the end of the call may come before the key, and end the page. */
  lateKeySeconds: 60,
  /** A page that somebody took is joined for so long: they are still hearing our confirmation. */
  joinableSeconds: 15,
  /** Mackerel re-sends no sooner: mackerel.io/api-docs/entry/monitors, `notificationInterval` */
  soonestResendSeconds: 600,
  /** An alert was raised with a page that began about then, though its own call had to wait for its turn. */
  togetherSeconds: 60,
  /** A re-send every ten minutes may come a little early, and must not wait for ten more. */
  earlySeconds: 30,
  /** A page shows a sign of life sooner; what comes so long after the last one is an old callback, sent once more. */
  replayedSeconds: 600,
} as const;

/** Alerts. */
export const ALERTS = {
  /** Maps that share them: Sync takes 20 reads and 20 writes a second of each (docs/sync/limits). */
  maps: 2,
  openKeptSeconds: 7 * 24 * 60 * 60,
  closedKeptSeconds: 60 * 60,
  marksKeptSeconds: 6 * 60 * 60,
  detailsKeptSeconds: 24 * 60 * 60,
  callsKeptSeconds: 6 * 60 * 60,
  historyKeptSeconds: 90 * 24 * 60 * 60,
  /** A page with so many in one map has no use for the names of more: nobody remembers more than three. */
  named: 3,
  /** Items in one answer of Sync (docs/sync/api/map-item-resource). */
  listed: 100,
  /** No further hundred is asked for after that: somebody waits. */
  listingMs: 3_000,
  /** A page with more does not post each re-send and each closing. */
  few: 12,
  /** An alert without a page is adopted only once no Function can still be busy with it. */
  strayMs: 10_000,
  /** The clock looks for them so long after the end of a page: its ticks may come late, or fail once or twice. */
  strayTicksSeconds: 5 * 60,
  /** An alert that claimed its page so long before the end was seen by whoever ended it. */
  doubtMs: 20_000,
  /** The record of a page that has just ended is asked for so often; then whoever needs it makes it. */
  recordTries: 3,
  recordMs: 500,
  /** Alerts adopted by the end of one page. */
  adopted: 60,
} as const;

/** What a callback's URL carries. Twilio states no limit for its length. */
export const CALLBACK = {
  /** Characters. A document that packs to more is carried in outline, and the next webhook reads first. */
  longestState: 1_800,
  /** Alerts that are carried beside it, and characters of a message. */
  alerts: 2,
  message: 120,
} as const;

/** While Sync refuses, because everybody asks at once. */
export const CROWD = {
  /** A call comes back after so long, doubled each time, up to the most; times 1 to 2, so that not all come together. */
  firstWaitSeconds: 4,
  mostWaitSeconds: 30,
  /** Anything else sleeps for between one and three times this, until its patience is over. */
  sleepMs: 600,
  patienceMs: 7_000,
  /** Sync failed so often, and is not crowded: the alert rings alone. */
  faults: 2,
  /** A refusal is tried again at once so often: it may have been a single one. */
  quickTries: 3,
  quickJitterMs: 200,
  /** So often a call comes back. */
  waits: 4,
  /** A warm process believes what it remembers of a page for so long. */
  memoryMs: 10_000,
  /** Whoever shuts a page is about to end it, or to go on with it: nothing but asking again tells which. */
  shutMs: 400,
  shutTries: 3,
} as const;

/** What Mackerel's API is asked. */
export const MACKEREL = {
  /** Alerts that are asked about one by one: their own answer is never late, as a list may be. */
  asked: 5,
  /** Alerts whose names are asked for at once: those that are spoken and the first in Slack. */
  named: 5,
  /** Closings that are written down at once. */
  noted: 20,
  /** Nobody is asked anything more after that: somebody waits to be rung. */
  patienceMs: 2_000,
  /** The same, while somebody holds the phone to their ear. */
  pickupMs: 1_000,
  /** What alerts are called is asked for so long, and people are told even if nobody says. */
  learningMs: 8_000,
  leftToPostMs: 1_500,
} as const;

/** Calls of our own. */
export const DIRECT = {
  /** Numbers refused one after another, before the Function's own 10 s are used up. */
  refusals: 8,
  patienceMs: 3_000,
  /** One link of a pause between rounds: Functions have no timer, so one waits and asks the next to go on waiting. */
  linkSeconds: 7,
  /** Until a call is tried again that was one too many for the account: one of the others may be about to end. */
  againMs: 1_000,
} as const;

/**
 * Fixed waits, each for another webhook, or for another party's memory. Each says why no order of reads and writes
 * replaces it.
 */
export const WAIT = {
  /**
   * `/dial-status`, at the first ring, for the webhook that comes with the call: both come at the same moment, and only the
   * webhook knows the alert's name. If it is not enough, Slack gets the name with the next news.
   */
  webhookMs: 600,
  /** `/dial-status`, at a pickup, for `/answered`, which comes at the same moment. Else the pickup is posted later. */
  pickupMs: 400,
  /** Mackerel's webhook about a known alert, for the call that comes with it. Else Slack gets the change later. */
  callMs: 300,
  /** A call about an alert that somebody has, for the webhook that says how bad it is. Nobody waits for a ring. */
  resendMs: 500,
  /** What Twilio tells of a call is some seconds old (docs/voice/api/call-resource): its end is looked for again. */
  staleCallMs: [3_000, 4_200],
  /** If answers take longer than that, there is no time for another look. */
  slowMs: 500,
  /** A call broke off: somebody may just have pressed 1, and only their own webhook can say so. */
  keyMs: 2_500,
  /** A call that never asked us was about an alert that Mackerel lists, or tells of, a moment later. */
  missedMs: 2_500,
  /** What it takes after that to ring somebody, and to post it. */
  missedLastMs: 2_000,
  /** Sync did not take a key 1, or an end: it is tried again for so long, so often, and not later than that before the end. */
  savingMs: 2_800,
  savingEveryMs: 400,
  savingLastMs: 2_000,
} as const;

/** Key 9. */
export const CLOSING = {
  /** Alerts that are closed in Mackerel at once. */
  atOnce: 10,
  /** None is begun later than that before the end of the webhook: what has closed has to be written down. */
  lastMs: 4_000,
} as const;

/** A call that was over before it asked us. */
export const MISSED = {
  /** What was told of longer ago may have closed since. */
  trueSeconds: 10 * 60,
  /** Nobody called just now about what opened longer ago. */
  newSeconds: 2 * 60,
  /** Past pages that are looked up for it. */
  records: 10,
} as const;

/** Posting news. */
export const NEWS = {
  claimMs: 5_000,
  /** A claim is waited for so long, and looked at again so often: who holds it is posting, which takes what Slack takes. */
  patienceMs: 5_500,
  lookAgainMs: 250,
  /** No piece of news is begun later than that, for two posts may follow: they have to be over while the claim lasts. */
  postingMs: 1_000,
  /** What it takes to settle a page, with a slow Sync. */
  settlingMs: 2_500,
  /** How long Sync is asked in any case who posts what. */
  leastMs: 300,
  threads: 20,
  recorded: 8,
  /** Ids that the cursor keeps of a page's alerts. */
  ids: 60,
  /** So many newcomers have a line each; more are named in one line, up to the most. */
  lines: 6,
  named: 40,
  /** A page with more alerts does not post each closing. */
  few: 12,
} as const;

/** The record of a page. */
export const HISTORY = {
  /** In one item, which holds 16 KiB (docs/sync/limits): what does not fit goes into further ones. */
  alerts: 400,
  attempts: 60,
  /** A page that goes on with so many rings untold of is recorded in between: the cursor has no room for more. */
  ringsKept: 30,
} as const;

/** Members who call us. A caller id can be forged. */
export const CALL_IN = {
  /** Whoever forges caller ids stops so many rings of a page at most, and each of those comes once more. */
  ringBacks: 3,
  /** If nobody tells of closings, what is older may have closed long ago. */
  trueSeconds: 24 * 60 * 60,
  /** Tests by calling us, so many within so long. */
  rehearsals: 3,
  rehearsalSeconds: 60 * 60,
  /** What a network takes to free a line whose call has ended: rung sooner, they would be engaged. */
  freedMs: 1_000,
} as const;

/** The same monitor and host, again and again. */
export const FLAPPING = {
  withinSeconds: 60 * 60,
  /** It is said from so many times on. */
  from: 3,
} as const;
