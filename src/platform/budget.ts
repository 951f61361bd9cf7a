/** Every limit and wait of the product. `Ms` are milliseconds, `Seconds` are seconds; the rest are numbers of things. */

/** How long a webhook goes on: all that it does, one step after another, has to fit into this. */
export const WEBHOOK = {
  platformMs: 10_000, // Twilio cuts a Function off: docs/serverless/functions-assets/functions/request-flow
  wholeMs: 9_000, // everything is over by then
  statusMs: 4_900, // for a status callback: a late answer makes those behind it expire (docs/api/errors/15002)
  lastSyncMs: 3_400, // with less time left, a Sync that was silent is not asked again: a call and a post need the time
  ringMs: 5_500, // with less time left, no direct ring is decided: nobody would be left to place it
} as const;

/** One request to a neighbour. */
export const REQUEST = {
  syncMs: 1_400,
  mackerelMs: 1_500,
  slackMs: 2_000,
  slackAgainSeconds: 30, // after a 429 that names no time: docs.slack.dev/apis/web-api/rate-limits
  twilioMs: 2_500,
  placingMs: 5_000, // to place a call; without an answer Slack says that it may not ring, and its page goes on if it does
  shortestPlacingMs: 2_000, // no call is placed, or asked about, with less time than this
  shortestMs: 500,
  postingMs: 500, // kept free for posting after a call
  handingOnMs: 500, // kept free for handing a pause on to the next Function
  sentMs: 1_000, // a request of ours has reached its Function by then; its answer, up to 10 s later, is not awaited
  leastSentMs: 300,
  keptMs: 25_000, // an older idle connection is not used: a frozen process does not notice that the other end closed it
} as const;

/** How often a decision is tried again after another webhook wrote first, or Sync refused. */
export const RETRY = {
  voice: { tries: 6, patienceMs: 1_500, jitterMs: 120 }, // a caller or member is on the line
  background: { tries: 12, patienceMs: 4_000, jitterMs: 250 }, // nobody is on the line: retry for longer
  item: { tries: 4, patienceMs: 2_500, jitterMs: 300 }, // one item of a map, which few webhooks write
  closing: { tries: 9, patienceMs: 5_000, jitterMs: 200 }, // nobody waits for it; while a closing is not saved, people ring on
  settling: { tries: 8, patienceMs: 4_000, jitterMs: 400 }, // what has to be done to end a page
} as const;

/** A page. */
export const PAGE = {
  ringMarginSeconds: 35, // Twilio rings 5 s longer than told (docs/voice/twiml/dial#timeout); carriers are slow
  unrungSeconds: 5, // a ring that broke off sooner may never have reached a phone: TwiML and network take as long
  talkSeconds: 180, // a member's leg after the pickup: the message twice, the keys, and time to think
  leaseSeconds: 360, // from a pickup until the page counts as silent: a listener may repeat the message a few times
  lateKeySeconds: 60, // key 1 still counts after an unanswered page: the hang-up may arrive before the key
  joinableSeconds: 40, // alerts join a taken page until its confirmation is heard out, but no longer than this
  soonestResendSeconds: 10 * 60, // Mackerel's shortest: mackerel.io/api-docs/entry/monitors
  togetherSeconds: 60, // an alert that opened this close to a page's start belongs to it, even if its call had to queue
  earlySeconds: 30, // how much a re-send may come before its time
  replayedSeconds: 10 * 60, // a callback this long after the page's last sign of life is a repeat of an old one
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
  named: 3, // spoken by name: nobody remembers more
  listed: 100, // items in one answer of Sync (docs/sync/api/map-item-resource)
  listingMs: 3_000, // no further hundred is requested after that: somebody waits
  few: 12, // a page with more alerts does not post each re-send and each closing
  strayMs: 10_000, // an alert without a page is adopted once no Function can still be busy with it
  doubtMs: 20_000, // an alert that claimed its page this long before the end is in the list of the webhook that ended it
  recordTries: 3, // how often the record of a page that just ended is read, before it is written again
  recordMs: 500,
  adopted: 60, // alerts without a page that the end of one page adopts
  longestKey: 256, // characters: docs/api/errors/54209
  turns: 8, // how often another alert comes to stand for a page while one webhook looks
  forgotten: 10, // records read in parallel, of pages that the document has forgotten
} as const;

/** The clock: a tick a minute, which may come late, or not at all. */
export const TICK = {
  sweepMinutes: 5, // how often all alerts are listed: only a list shows an alert that nobody sees to
  afterPageSeconds: 5 * 60, // for this long after a page, each tick lists them: the webhook that ended it may have been cut off
  joined: 10, // alerts that are added in parallel to the page of the first one
  joiningMs: 4_000, // with less time left, no more are added
  detailsMs: 4_500, // a request for details is answered within 5 s, even if there is news to post
} as const;

/** What a callback's URL carries. Twilio states no limit for its length. */
export const CALLBACK = {
  longestState: 1_800, // characters; a longer state is carried in outline, and the next webhook reads first
  alerts: 2, // alerts carried beside it
  message: 120, // characters of a message
} as const;

/** While Sync refuses, because too many webhooks ask in the same moment. */
export const CROWD = {
  firstWaitSeconds: 4, // until a call comes back; doubled each time, and multiplied by 1 to 2 so that calls spread out
  mostWaitSeconds: 30,
  waits: 4, // how often a call comes back
  sleepMs: 600, // anything else sleeps between one and three times this
  patienceMs: 7_000, // and gives up after this
  faults: 2, // after so many failures that are not refusals, the alert rings alone
  quickTries: 3, // tries without a pause: the refusal may have been a single one
  quickJitterMs: 200,
  begunSeconds: 30, // without Sync, an alert joins a page that its process began no longer ago: that phone still rings
  memoryMs: 10_000, // how long a warm process relies on what it remembers of a page
  shutMs: 400, // a marked page ends or goes on within a moment: wait, and read which
  shutTries: 3,
} as const;

/** What Mackerel's API is asked. */
export const MACKEREL = {
  asked: 5, // alerts asked about one by one: their own answer is never late, as a list may be
  named: 5, // alerts whose names are asked for in parallel: those spoken, and the first in Slack
  noted: 20, // closings that are saved in parallel
  patienceMs: 2_000, // after that, nothing more is asked: somebody waits to be rung
  pickupMs: 1_000, // the same, while somebody holds the phone to their ear
  learningMs: 8_000, // how long names are asked for, before the news is posted without them
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
  againMs: 1_000, // until a call beyond the account's limit is tried again: another call may be about to end
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
  missedMs: 2_500, // a call ended without asking us: Mackerel may report its alert only a moment later
  missedLastMs: 2_000, // kept free after that to ring somebody, and to post it
  savingMs: 2_800, // how long saving a key 1, or an end, is tried again after Sync refused
  savingEveryMs: 400, // the time between two tries
  savingLastMs: 2_000, // with less time left in the webhook, there is no further try
} as const;

/** Key 9. */
export const CLOSING = {
  atOnce: 10, // alerts that are closed in Mackerel in parallel
  lastMs: 4_000, // with less time left, no closing begins: it also has to be saved
} as const;

/** A call that was over before it asked us. */
export const MISSED = {
  trueSeconds: 600, // what was reported longer ago may have closed since
  newSeconds: 120, // what opened longer ago is not what this call was about
  records: 10, // past pages that are looked up for it
  others: 4, // equally new alerts that join the same page; in a storm, each such call brings its share
} as const;

/** Posting news. */
export const NEWS = {
  claimMs: 5_000,
  patienceMs: 5_500, // how long another webhook's claim is waited for: posting takes as long as Slack does
  lookAgainMs: 250,
  postingMs: 1_000, // after this, no page's post begins: it may take two requests, within the claim
  settlingMs: 2_500, // the time to settle a page with a slow Sync
  leastMs: 300, // Sync has at least this long to say what has been posted
  threads: 20, // pages whose messages are kept up to date
  headingAlerts: 6, // ids kept for each of them
  recorded: 8, // pages whose record is known to exist
  ids: 60, // ids that the cursor keeps of a page's alerts
  lines: 6, // so many new alerts have a line each
  named: 40, // if there are more, one line names up to this many
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
  rehearsals: 3, // tests that members start by calling us
  rehearsalSeconds: 3_600, // the time in which so many are allowed
  freedMs: 1_000, // a network needs this to free a line after a call; sooner, it would be engaged
} as const;

/** The same monitor and host, again and again. */
export const FLAPPING = { withinSeconds: 3_600, from: 3 } as const;
