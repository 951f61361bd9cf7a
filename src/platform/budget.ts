/**
 * Every limit and wait of the product, in one table. Names say the unit: `Ms` are milliseconds, `Seconds` are seconds; the
 * rest are numbers of things.
 *
 * Twilio cuts a Function off after 10 s (docs/serverless/functions-assets/functions/request-flow). What one webhook does,
 * one step after another, has to fit into that.
 */

/** How long a webhook goes on. */
export const WEBHOOK = {
  platformMs: 10_000, // Twilio's own limit
  wholeMs: 9_000, // everything is over by then
  statusMs: 4_900, // a late answer to a status callback costs those queued behind it: docs/api/errors/15002
  lastSyncMs: 3_400, // before the end: a Sync that was silent is not asked again, to leave time for a call and a post
  ringMs: 5_500, // before the end: no ring is begun later in the direct way, since nobody would place it
} as const;

/** One request to a neighbour. */
export const REQUEST = {
  syncMs: 1_400,
  mackerelMs: 1_500,
  slackMs: 2_000,
  slackAgainSeconds: 30, // after a 429 that names no time: docs.slack.dev/apis/web-api/rate-limits
  twilioMs: 2_500,
  placingMs: 5_000, // to place a call; a later ring still belongs to its page, and Slack says that it may not ring
  shortestPlacingMs: 2_000, // no call is placed, or asked about, with less time than this
  shortestMs: 500,
  postingMs: 500, // left for posting after a call
  handingOnMs: 500, // left for handing a pause on to the next Function
  sentMs: 1_000, // a request has reached its Function by then, whose answer may take 10 s
  leastSentMs: 300,
  keptMs: 25_000, // an older idle connection is not used: a frozen process does not notice that the other end closed it
} as const;

/** How often a decision is tried again after another webhook wrote first, or Sync refused. */
export const RETRY = {
  voice: { tries: 6, patienceMs: 1_500, jitterMs: 120 }, // a caller or member is on the line
  background: { tries: 12, patienceMs: 4_000, jitterMs: 250 }, // nobody is on the line: retry for longer
  item: { tries: 4, patienceMs: 2_500, jitterMs: 300 }, // one item of a map, which few webhooks write
  settling: { tries: 8, patienceMs: 4_000, jitterMs: 400 }, // what has to be done to end a page
} as const;

/** A page. */
export const PAGE = {
  ringMarginSeconds: 35, // Twilio rings 5 s longer than told (docs/voice/twiml/dial#timeout); carriers are slow
  unrungSeconds: 5, // a ring that broke off sooner may never have reached a phone: TwiML and network take as long
  talkSeconds: 180, // a member's leg after the pickup: the message twice, the keys, and time to think
  leaseSeconds: 360, // a page counts as silent so long after a pickup: a listener may repeat the message a few times
  lateKeySeconds: 60, // a key 1 counts so long after a page that nobody answered: the hang-up may arrive before the key
  joinableSeconds: 40, // a taken page is joined until its confirmation is heard out; this long at most, if nobody says so
  soonestResendSeconds: 10 * 60, // Mackerel's shortest: mackerel.io/api-docs/entry/monitors
  togetherSeconds: 60, // an alert raised so near the start of a page is of that page, though its call had to queue
  earlySeconds: 30, // a re-send may come so much before its time
  replayedSeconds: 10 * 60, // a callback so long after the page's last sign of life is an old one, repeated
} as const;

/** Alerts. */
export const ALERTS = {
  maps: 2, // Sync takes 20 reads and 20 writes a second of each map (docs/sync/limits)
  openKeptSeconds: 7 * 86_400,
  closedKeptSeconds: 3_600,
  marksKeptSeconds: 6 * 3_600,
  detailsKeptSeconds: 86_400,
  callsKeptSeconds: 6 * 3_600,
  historyKeptSeconds: 90 * 86_400,
  named: 3, // nobody remembers the names of more
  listed: 100, // items in one answer of Sync (docs/sync/api/map-item-resource)
  listingMs: 3_000, // no further hundred is requested after that: somebody waits
  few: 12, // a page with more alerts does not post each re-send and each closing
  strayMs: 10_000, // an alert without a page is adopted once no Function can still be busy with it
  doubtMs: 20_000, // whoever ended the page saw an alert that had claimed it so long before
  recordTries: 3, // times that the record of a page just ended is asked for, before it is made again
  recordMs: 500,
  adopted: 60, // by the end of one page
  longestKey: 256, // characters: docs/api/errors/54209
  turns: 8, // alerts that stand for a page one after another, while one webhook looks
  forgotten: 10, // pages that the document has forgotten, and whose records are looked up at once
} as const;

/** The clock: a tick a minute, which may come late, or not at all. */
export const TICK = {
  sweepMinutes: 5, // all alerts are listed so often: nothing but a list shows one that nobody sees to
  afterPageSeconds: 5 * 60, // and at each tick so long after a page: who ended it may have been cut off
  joined: 10, // alerts that are added at once to the page of the first one
  joiningMs: 4_000, // no more are added with less left
  detailsMs: 4_500, // who asks for details hears them within 5 s, though there may be news to post
} as const;

/** What a callback's URL carries. Twilio states no limit for its length. */
export const CALLBACK = {
  longestState: 1_800, // characters; a longer state is carried in outline, and the next webhook reads first
  alerts: 2, // alerts carried beside it
  message: 120, // characters of a message
} as const;

/** While Sync refuses, because everybody asks at once. */
export const CROWD = {
  firstWaitSeconds: 4, // a call comes back after so long, doubled each time, times 1 to 2 so that they spread out
  mostWaitSeconds: 30,
  waits: 4, // times that a call comes back
  sleepMs: 600, // anything else sleeps between one and three times this
  patienceMs: 7_000, // until this is over
  faults: 2, // Sync failed so often, and is not crowded: the alert rings alone
  quickTries: 3, // tries at once, since the refusal may have been a single one
  quickJitterMs: 200,
  begunSeconds: 30, // without Sync, an alert joins a page begun so long ago in its process: that phone rings, or is listened to
  memoryMs: 10_000, // a warm process believes what it remembers of a page for so long
  shutMs: 400, // a page that is marked ends or goes on in a moment: ask again to know which
  shutTries: 3,
} as const;

/** What Mackerel's API is asked. */
export const MACKEREL = {
  asked: 5, // alerts asked about one by one: their own answer is never late, as a list may be
  named: 5, // alerts whose names are asked for at once: those spoken, and the first in Slack
  noted: 20, // closings written down at once
  patienceMs: 2_000, // nothing more is asked after that: somebody waits to be rung
  pickupMs: 1_000, // the same, while somebody holds the phone to their ear
  learningMs: 8_000, // names are asked for so long; then the news is posted without them
  leftToPostMs: 1_500,
} as const;

/** What is written into Mackerel. */
export const MEMO = {
  title: 250, // characters of a graph annotation: mackerel.io/api-docs/entry/graph-annotations
  most: 10, // alerts of a page that get a memo; Slack and the history name them all
  alertsKept: 20, // alerts whose memo lines the cursor keeps
  linesKept: 4, // for each of them
  freshSeconds: 3_600, // a memo that Mackerel does not show counts as empty if the alert is younger
} as const;

/** Calls of our own. */
export const DIRECT = {
  refusals: 8, // numbers refused one after another
  patienceMs: 3_000,
  linkSeconds: 7, // one link of a pause between rounds: Functions have no timer, so one waits and asks the next
  againMs: 1_000, // before a call is tried again that was one too many: one of the others may be about to end
} as const;

/** Fixed waits, each for another webhook or for another party's memory, and why no order of reads and writes replaces it. */
export const WAIT = {
  webhookMs: 600, // `/dial-status`, at the first ring, for the webhook that knows the name; else Slack gets it later
  pickupMs: 400, // `/dial-status`, at a pickup, for `/answered`, which comes at the same moment; else it is posted later
  callMs: 300, // Mackerel's webhook about a known alert, for the call beside it; else Slack gets the change later
  resendMs: 500, // a call about an alert that somebody has, for the webhook that says how bad it is
  staleCallMs: [3_000, 4_200], // Twilio's report of a call is some seconds old (docs/voice/api/call-resource): look again
  slowMs: 500, // answers that take longer leave no time for another look
  keyMs: 2_500, // a call broke off: somebody may just have pressed 1, and only their own webhook can say so
  missedMs: 2_500, // a call that never asked us was about an alert that Mackerel reports a moment later
  missedLastMs: 2_000, // left after that to ring somebody, and to post it
  savingMs: 2_800, // a key 1 or an end that Sync did not take is tried again for so long,
  savingEveryMs: 400, // so often,
  savingLastMs: 2_000, // and until so long before the end of the webhook
} as const;

/** Key 9. */
export const CLOSING = {
  atOnce: 10, // alerts that are closed in Mackerel side by side
  lastMs: 4_000, // before the end of the webhook: no closing begins later, since it has to be saved
} as const;

/** A call that was over before it asked us. */
export const MISSED = {
  trueSeconds: 600, // what was reported longer ago may have closed since
  newSeconds: 120, // what opened longer ago is not what this call was about
  records: 10, // past pages that are looked up for it
  others: 4, // further alerts as new that join the page; in a storm each call that never asked takes its share
} as const;

/** Posting news. */
export const NEWS = {
  claimMs: 5_000,
  patienceMs: 5_500, // another's claim is waited for so long: posting takes what Slack takes
  lookAgainMs: 250,
  postingMs: 1_000, // no post begins later, since two may follow: they have to be over while the claim lasts
  settlingMs: 2_500, // what it takes to settle a page, with a slow Sync
  leastMs: 300, // Sync gets at least so long to say what has been posted
  threads: 20, // pages whose messages are kept up to date
  headingAlerts: 6, // ids kept for each of them
  recorded: 8, // pages whose record is known to exist
  ids: 60, // ids that the cursor keeps of a page's alerts
  lines: 6, // newcomers that have a line each
  named: 40, // more are named in one line, up to this
  eventsKeptSeconds: 86_400, // an event that was not understood is posted once in that time
} as const;

/** The record of a page. */
export const HISTORY = {
  alerts: 400, // in one item of 16 KiB (docs/sync/limits); the rest goes into further items
  attempts: 60,
  ringsKept: 30, // a page with more rings is recorded before its end: the cursor has no room for them
} as const;

/** Members who call us. A caller ID can be forged. */
export const CALL_IN = {
  ringBacks: 3, // a page; each repeats the ring that it cut short
  trueSeconds: 86_400, // if nothing reports closings, what is older may have closed long ago
  rehearsals: 3, // tests by calling us
  rehearsalSeconds: 3_600, // within so long
  freedMs: 1_000, // a network frees a line so long after its call; sooner, it would be engaged
} as const;

/** The same monitor and host, again and again. */
export const FLAPPING = { withinSeconds: 3_600, from: 3 } as const;
