/** What must be true of every history's outcome. A check returns what is wrong, in words. */

import { dialOrder } from '../../src/dial-list/order';
import { type Page, pageOf } from '../../src/escalation';
import { UNKNOWN_ID } from '../../src/escalation/alert';
import type { HookKind, NeighbourName } from '../../switchboard';
import { type Evidence, evidenceOf, type Leg, memberOf } from './evidence';
import { type History, hasClock, isLost } from './history';
import { type Loss, nameOf, type Outcome } from './world';

export type Check = (outcome: Outcome, evidence: Evidence) => readonly string[];

/** Milliseconds in which requests that are under way may still take effect: one to Twilio takes 2.5 s at most. */
const UNDER_WAY = 3_000;

/**
 * Milliseconds after which a page without a sign of life counts as dead, and is carried on by the next notification.
 */
const LEASE = 8 * 60_000;

/** Rule 1. */
const noAlertEndsInSilence: Check = (outcome, evidence) => {
  const { alerts, log } = outcome;
  const threads = threadsOf(outcome);
  return alerts.flatMap(({ name, raisedAt, alert }) => {
    const { id, status } = alert;
    if (status === 'OK' || hasNeverCome(outcome, id) || isLeftAlone(outcome, evidence, id)) return [];
    const pages = [...evidence.alertsOf].filter(([, ids]) => ids.has(id)).map(([page]) => page);
    const isTaken =
      evidence.confirmations.some(({ page }) => pages.includes(page)) ||
      evidence.news.some((news) => news.kind === 'taken' && pages.includes(news.page));
    // A webhook that posts about a page without Sync may know only the alert that began it.
    const together = [...new Set(pages.flatMap((page) => [...(evidence.alertsOf.get(page) ?? [])]))];
    const names = [
      id,
      name,
      // What has neither name nor id.
      '`unknown`',
      '*Mackerelのアラート*',
      // Without a name from Mackerel, an alert goes by its host.
      ...(fails(outcome.history, 'mackerel') ? ['app01'] : []),
      ...together,
      ...alerts.filter((one) => together.includes(one.alert.id)).map((one) => one.name),
    ];
    const isLoud = threads.some(
      (text) =>
        names.some((one) => text.includes(one)) && (text.includes('<!channel>') || text.includes('が対応')),
    );
    const isLogged =
      fails(outcome.history, 'slack') &&
      log.some(
        ({ at, line }) => at >= raisedAt && /Could not post to Slack|Could not post the news/.test(line),
      );
    const isTold = isTaken || isLoud || isLogged || isHeldBySync(outcome, id, threads);
    return isTold ? [] : [`${name} (${id}) ended in silence`];
  });
};

/**
 * Mackerel's call never comes through, or what carries the page of an alert is lost. After that nothing is sent
 * again, and the Status Callback URL does not report it: then nothing of ours runs any more.
 */
function isLeftAlone(outcome: Outcome, evidence: Evidence, id: string): boolean {
  const { history, lastNotifiedAt, losses } = outcome;
  const { list, setup } = history;
  const isNeverAsked = list.start === 'call' && setup.numberB !== undefined;
  // Without memory, a later notification about another alert knows nothing of a page that died.
  const isForgotten = losses.length > 0 && syncFails(history);
  const hasLost = losses.some(
    (loss) => loss.at + LEASE >= lastNotifiedAt && isAbout(outcome, evidence, loss, id),
  );
  // Nothing but the alert has to be known where the clock ticks.
  const isCarriedOn = hasClock(history) && !syncFails(history);
  return (isNeverAsked || ((isForgotten || hasLost) && !isCarriedOn)) && !isToldOfEnds(history);
}

/** The call was about the alert, or it carried a page of its. What was put aside may belong to any page. */
function isAbout({ events }: Outcome, { seen, alertsOf }: Evidence, { callSid }: Loss, id: string): boolean {
  const isOfAnyPage = [...alertsOf.values()].some((ids) => ids.has(id));
  const isOfItsPage = seen.some(
    ({ state: { page } }) => page?.call === callSid && alertsOf.get(page.id)?.has(id),
  );
  const urls = events.flatMap((event) =>
    event.kind === 'webhook' && event.callSid === callSid ? [event.hook.url.searchParams] : [],
  );
  const isNamed = urls.some(
    (query) => query.get('alertId') === id || alertsOf.get(query.get('page') ?? '')?.has(id),
  );
  // Number B's leg has a name of its own, and tells no page.
  const isUnknown = urls.every((query) => !query.has('alertId') && !query.has('page'));
  return !isOfAnyPage || isOfItsPage || isNamed || isUnknown;
}

/** A call that never asked us leaves only its SID: memory has to say that it did not ask. */
const isToldOfEnds = (history: History) =>
  history.list.start === 'call' &&
  history.setup.statusCallback &&
  !loses(history, 'status') &&
  !syncFails(history);

/** None of its calls asked us, and nobody reported that: another alert's call cannot make up for it. */
const hasNeverCome = ({ history, events }: Outcome, id: string) =>
  history.list.start === 'call' &&
  !isToldOfEnds(history) &&
  !events.some(
    (event) =>
      event.kind === 'webhook-answered' &&
      event.hook.url.searchParams.get('alertId') === id &&
      event.status === 200,
  );

const fails = (history: History, neighbour: NeighbourName) =>
  history.failures.some((failure) => failure.neighbour === neighbour);
const syncFails = (history: History) => fails(history, 'sync');
const loses = ({ callbacks }: History, kind?: HookKind) =>
  callbacks.some((fault) => isLost(fault) && (kind === undefined || fault.hook === kind));

/**
 * Sync took it in, and was gone when its page was over: it held that page to be going on as long as anything of ours ran,
 * or nobody could read what it held. People were told to look at Mackerel.
 */
function isHeldBySync(
  { history, requests, state }: Outcome,
  id: string,
  threads: readonly string[],
): boolean {
  const isAlwaysLate = history.failures.some(
    ({ neighbour, times, fault }) =>
      neighbour === 'sync' && times >= FOR_GOOD && fault.kind === 'slow' && fault.seconds > WAITED_FOR,
  );
  const last = requests.findLast(({ neighbour }) => neighbour === 'sync');
  const isGone = isAlwaysLate || !last?.response || last.fault?.kind === 'status';
  const asideFor = requests.flatMap(({ neighbour, request: { url, body }, response }) => {
    const isItem = neighbour === 'sync' && /\/mackerel-kaden\.alerts\.\d\/Items/.test(url.pathname);
    const data = isItem && body.includes(id) ? new URLSearchParams(body).get('Data') : null;
    const page = data ? (JSON.parse(data).page as string | undefined) : undefined;
    return page && response && response.status < 300 ? [page] : [];
  });
  const goesOn = state?.page?.end === null && asideFor.includes(state.page.id);
  const isTold = threads.some((text) => text.includes('Mackerelも見てください'));
  return syncFails(history) && isTold && (goesOn || (isGone && asideFor.length > 0));
}

/** Seconds in which Sync has to answer: src/store/sync-document. */
const WAITED_FOR = 1.4;
/** Requests: more than any history makes. */
const FOR_GOOD = 10_000;

const isPost = ({ pathname }: URL) => pathname === '/api/chat.postMessage';

/**
 * Each message with everything in its thread; and as it was posted, since people were notified of that, though it was
 * updated later.
 */
function threadsOf({ slack, requests }: Outcome): string[] {
  const posted = requests
    .filter(({ request, response }) => isPost(request.url) && response?.body.includes('"ok":true'))
    .map(({ request }) => new URLSearchParams(request.body).get('text') ?? '');
  const threads = slack
    .filter(({ threadTs }) => threadTs === undefined)
    .map(({ ts, text }) =>
      [text, ...slack.filter(({ threadTs }) => threadTs === ts).map((reply) => reply.text)].join('\n'),
    );
  return [...threads, ...posted];
}

/** Seconds around a decision in which the call that was to carry it out may be gone by the time it is answered. */
const decidingIn = ({ callbacks }: History) => ({
  // Before, by as much as what asks for it comes late.
  before: 1 + Math.max(3, ...callbacks.flatMap(({ copies }) => copies)),
  // After, by what Sync takes, and the words with which Twilio ends a call that was not answered.
  after: 8,
});

/** A call that breaks off in the very moment in which the next ring is decided: whose turn it was is passed over. */
const isPassedOver = (
  { calls, list, history }: Outcome,
  { news }: Evidence,
  page: string,
  attempt: number,
) => {
  const deciding = decidingIn(history);
  return news.some(
    (item) =>
      item.kind === 'calling' &&
      item.page === page &&
      item.attempt === attempt &&
      calls.some(({ to, endedAt = 0 }) => {
        const since = endedAt / 1000 - item.at;
        const isMackerels = list.members.every(({ phone }) => phone !== to);
        return isMackerels && since >= -deciding.before && since <= deciding.after;
      }),
  );
};

const everyoneIsRungBeforeNobodyAnswered: Check = (outcome, evidence) => {
  const { list, log } = outcome;
  const refused = log.filter(({ line }) => line.includes('Could not place a call')).length;
  return evidence.news.flatMap((news) => {
    if (news.kind !== 'nobody-answered') return [];
    const rung = new Set(
      evidence.legs.filter(({ page }) => page === news.page).map(({ attempt }) => attempt),
    );
    const wanted = list.rounds * list.members.length;
    const missing = Array.from({ length: wanted }, (_, attempt) => attempt).filter(
      (one) => !rung.has(one) && !isPassedOver(outcome, evidence, news.page, one),
    );
    return missing.length > refused ? [`nobody answered ${news.page}, but rings ${missing} never came`] : [];
  });
};

const theOrderIsKept: Check = (_outcome, evidence) => {
  const bad: string[] = [];
  const before = new Map<string, Leg>();
  for (const leg of evidence.legs) {
    if (!evidence.pages.has(leg.page)) bad.push(`a ring of ${leg.page}, which nobody knows`);
    const last = before.get(leg.page);
    if (last && leg.attempt <= last.attempt)
      bad.push(`ring ${leg.attempt} of ${leg.page} came after ring ${last.attempt}`);
    before.set(leg.page, leg);
  }
  return bad;
};

/** The phone that rings belongs to the member whose turn it is, by the page's order. */
const eachIsRungInTurn: Check = ({ list }, evidence) =>
  evidence.legs.flatMap((leg) => {
    const member = memberOf(evidence, leg.page, leg.attempt);
    const isTheirs = member === null || list.members[member]?.phone === leg.phone;
    return isTheirs ? [] : [`ring ${leg.attempt} of ${leg.page} rang another than ${nameOf(member)}`];
  });

/**
 * That order is the frozen dial order of the turn. The taker of what a page is about comes first, and the others as
 * they were; a member who is awake comes first, and the others by date.
 */
const theOrderIsTheDialOrder: Check = (outcome, evidence) => {
  const turns = new Map<string, readonly number[]>();
  return [...evidence.pages.values()].flatMap((page, index) => {
    const begun = evidence.news.find((news) => news.kind === 'page-started' && news.page === page.id);
    const { taker, why = 'new' } = begun?.kind === 'page-started' ? begun : {};
    const wanted = turnsOf(outcome, evidence, { page, index, taker, isNew: why === 'new', turns });
    turns.set(page.id, wanted);
    const orders = wanted
      .map((turn) => dialOrder(outcome.list.members.length, turn))
      .map((order) => (taker === undefined ? order : [taker, ...order.filter((one) => one !== taker)]))
      .map((order) => order.join());
    return [...(evidence.ordersOf.get(page.id) ?? [])]
      .filter((order) => !orders.includes(order))
      .map((order) => `${page.id} has the order ${order} instead of ${orders.join(' or ')}`);
  });
};

const DAY = 24 * 3_600_000;
const DAYS_A_TURN = { day: 1, week: 7, page: Number.POSITIVE_INFINITY, never: Number.POSITIVE_INFINITY };

/** Days are 24 hours here: no history comes near another handoff than its night's. */
function turnByDate({ night, list }: History, at: number): number {
  const handoffs = night.nth + Math.floor((at - Date.parse(night.handsOff)) / DAY);
  return Math.floor(handoffs / DAYS_A_TURN[list.every]);
}

type Begun = {
  readonly page: Page;
  /** How many pages began before. */
  readonly index: number;
  readonly taker: number | undefined;
  /** It is about a new alert; whoever is awake comes first in the order of the date. */
  readonly isNew: boolean;
  /** Of the pages before. */
  readonly turns: ReadonlyMap<string, readonly number[]>;
};

/** Whose turn it may be: without Sync, a ring knows neither how many pages there were nor which one was taken. */
function turnsOf({ history, list }: Outcome, { pages }: Evidence, begun: Begun): readonly number[] {
  const { page, index, taker, isNew, turns } = begun;
  const isRemembered = taker !== undefined || list.rotation.every === 'page';
  if (isRemembered && syncFails(history)) return list.members.map((_, turn) => turn);
  if (taker === undefined || isNew)
    return [list.rotation.every === 'page' ? index : turnByDate(history, page.startedAt * 1000)];
  const isTheirs = (id: string) => {
    const end = pages.get(id)?.end;
    return end?.kind === 'taken' && end.by === taker;
  };
  return [...turns].flatMap(([id, turn]) => (isTheirs(id) ? turn : []));
}

/** By what Sync held at the time, though another page may have begun since, and by what a member was told. */
const nobodyIsRungAfterTheEnd: Check = (_outcome, evidence) =>
  evidence.legs.flatMap((leg) => {
    const known = evidence.saved.findLast(
      ({ at, state }) => at < leg.at - UNDER_WAY && pageOf(state, leg.page) !== null,
    );
    const end = known ? pageOf(known.state, leg.page)?.end : null;
    const told = evidence.confirmations.find(({ page, at }) => page === leg.page && at < leg.at - UNDER_WAY);
    if (end) return [`ring ${leg.attempt} of ${leg.page}, which was ${end.kind}`];
    return told ? [`ring ${leg.attempt} of ${leg.page}, which ring ${told.attempt} had taken`] : [];
  });

/** Milliseconds: who asks Mackerel before each ring may have asked a moment too early. */
const JUST_CLOSED = 10_000;

const nobodyIsRungForWhatIsClosed: Check = ({ alerts, judgedAt }, { legs, alertsOf }) => {
  const closedAt = new Map(
    alerts.map(({ alert }) => [alert.id, (alert.closedAt ?? Number.POSITIVE_INFINITY) * 1000]),
  );
  return legs.flatMap((leg) => {
    const ends = [...(alertsOf.get(leg.page) ?? [])].map(
      (id) => closedAt.get(id) ?? Number.POSITIVE_INFINITY,
    );
    const isOver = ends.length > 0 && Math.max(...ends) < leg.at - JUST_CLOSED;
    return isOver && leg.at < judgedAt ? [`ring ${leg.attempt} of ${leg.page}, all of which is closed`] : [];
  });
};

/**
 * Where Sync could not be told that somebody took it, ending the call has to do. What Mackerel notifies of after that
 * finds a page that fell silent, and rings.
 */
const oneEndsItWithoutMemory: Check = (_outcome, { legs, saved, news, confirmations }) =>
  confirmations.flatMap(({ page, attempt, at }) => {
    // A member who hung up meanwhile has heard nothing, and there is no call left to end.
    if (legs.some((leg) => leg.page === page && leg.attempt === attempt && leg.endedAt < at)) return [];
    // One alert, reported twice in a second by webhooks that did not know of each other: two pages that look like
    // one.
    if (legs.filter((leg) => leg.page === page && leg.attempt === 0).length > 1) return [];
    const isSaved = saved.some(({ state }) => state.page?.id === page && state.page.end?.kind === 'taken');
    const isResumed = news.some(
      (item) => item.kind === 'resumed' && item.page === page && item.at * 1000 >= at,
    );
    const next = legs.find((leg) => leg.page === page && leg.at > at + UNDER_WAY);
    return next && !isSaved && !isResumed
      ? [`ring ${next.attempt} of ${page}, which ring ${attempt} had taken`]
      : [];
  });

/**
 * From the first ring to the end of the call. A member who is still on the line when their page is over is not being
 * rung any more: they hear that it is theirs, or that it is over.
 */
const oneRingAtATime: Check = (_outcome, { legs, saved, confirmations }) => {
  const isOver = (page: string, at: number) =>
    confirmations.some((one) => one.page === page && one.at <= at) ||
    saved.some(
      ({ at: savedAt, state }) => savedAt <= at && state.page?.id === page && state.page.end !== null,
    );
  return legs.flatMap((leg, index) =>
    legs
      .slice(0, index)
      .filter((other) => other.endedAt > leg.at && leg.endedAt > leg.at && !isOver(other.page, leg.at))
      .map(
        (other) => `ring ${leg.attempt} of ${leg.page} while ring ${other.attempt} of ${other.page} was on`,
      ),
  );
};

/** An alert is new to people when a page begins with it or it joins one. It may be so again once its page is over. */
const noAlertIsToldTwiceAsNew: Check = (_outcome, evidence) => {
  const told = new Map<string, string>();
  return tellingsOf(evidence).flatMap(({ alert, page, how }) => {
    const before = told.get(alert);
    told.set(alert, page);
    if (before === undefined) return [];
    const end = evidence.pages.get(before)?.end?.kind;
    // An alert that somebody has taken, and that is still open, is not new to a page that begins with it.
    const isDue =
      before !== page &&
      (end === 'unanswered' ||
        (end === 'taken' && how !== 'began') ||
        wasOnUnanswered(evidence, alert, before));
    return isDue ? [] : [`${alert} ${how} ${page}, though it was told of with ${before} (${end ?? 'open'})`];
  });
};

/** It was sent again while people were rung for others, joined them, and nobody answered: that it joined is no news of the page's. */
const wasOnUnanswered = ({ alertsOf, pages }: Evidence, alert: string, since: string): boolean =>
  [...alertsOf].some(([id, alerts]) => {
    const page = pages.get(id);
    const isLater = (page?.startedAt ?? 0) > (pages.get(since)?.startedAt ?? 0);
    return alerts.has(alert) && isLater && page?.end?.kind === 'unanswered';
  });

type Telling = {
  readonly alert: string;
  readonly page: string;
  readonly how: 'began' | 'began again' | 'joined';
};

function tellingsOf({ news, begunWith }: Evidence): Telling[] {
  const tellings = news.flatMap((item): Telling[] => {
    const { page } = item;
    if (item.kind === 'joined') return item.alerts.map((alert) => ({ alert, page, how: 'joined' }));
    if (item.kind !== 'page-started') return [];
    const how = item.why === 'new' ? 'began' : 'began again';
    return (begunWith.get(page) ?? []).map((alert) => ({ alert, page, how }));
  });
  // Without a name, nobody knows whether it is the same.
  return tellings.filter(({ alert }) => alert !== UNKNOWN_ID);
}

/** Only for a bot; an incoming webhook can only post anew. */
const onePageOneMessage: Check = ({ slack }, { pages }) => {
  const posts = slack.filter(
    ({ threadTs, via, text }) => via === 'bot' && !threadTs && text.includes('順番: '),
  );
  return posts.length > pages.size ? [`${posts.length} messages of ${pages.size} pages`] : [];
};

/** Which ring it was tells the pages apart that one member took: of the same ring of two, as many lines as pages. */
const TOOK = /\*(\S+) が対応します\* \((\d+)回目/g;
const tookIt = (text: string) => [...text.matchAll(TOOK)].map(([, name, ring]) => `${name} at ring ${ring}`);
const tookItIn = ({ slack }: Outcome) => slack.flatMap(({ text }) => tookIt(text));

/** Page by page, who may have taken it. A page may be confirmed though its news is known to nobody. */
type Taking = { readonly page: string; readonly how: string };
const taking = (page: string, member: number | null, attempt: number): Taking => ({
  page,
  how: `${member === null ? '?' : nameOf(member)} at ring ${attempt + 1}`,
});
const takingsInNews = ({ news }: Evidence): Taking[] =>
  news.flatMap((item) => (item.kind === 'taken' ? [taking(item.page, item.member, item.attempt)] : []));
const takingsHeard = (evidence: Evidence): Taking[] =>
  evidence.confirmations.map(({ page, attempt }) => taking(page, memberOf(evidence, page, attempt), attempt));

/** Key 1 was pressed, and nobody heard our answer. */
const hasPressedInVain = ({ events, rings }: Outcome, { sid }: Leg) =>
  rings.some(({ callSid, pressed }) => callSid === sid && pressed.includes('1')) &&
  events.some(
    (event) =>
      event.kind === 'webhook' && event.callSid === sid && event.hook.kind === 'gather' && event.isUnheard,
  );

/** Or picked up, if the list says that this is enough: then they take it although their message never came. */
const whoTookItPressed: Check = (outcome, evidence) => {
  const { list, events } = outcome;
  const hasPickedUp = ({ sid }: Leg) =>
    list.answer === 'pickup' && events.some((event) => event.kind === 'answered' && event.callSid === sid);
  const unconfirmed = evidence.legs
    .filter((leg) => hasPickedUp(leg) || hasPressedInVain(outcome, leg))
    .map(({ page, attempt }) => taking(page, memberOf(evidence, page, attempt), attempt));
  const takers = [...takingsHeard(evidence), ...unconfirmed];
  const inSlack = tookItIn(outcome).filter((line) => !takers.some(({ how }) => how === line));
  const inNews = takingsInNews(evidence).filter(
    ({ page, how }) => !takers.some((taker) => taker.page === page && taker.how === how),
  );
  return [
    ...inSlack.map((line) => `${line} never took it`),
    ...inNews.map(({ page, how }) => `${page} was not taken by ${how}`),
  ];
};

const tookItOnce: Check = (outcome, evidence) => {
  const takings = [...takingsInNews(evidence), ...takingsHeard(evidence)];
  const lines = tookItIn(outcome);
  const tooOften = [...new Set(lines)].flatMap((line) => {
    const said = lines.filter((one) => one === line).length;
    const pages = new Set(takings.filter(({ how }) => how === line).map(({ page }) => page)).size;
    return said > pages ? [`${line} ${said} times in Slack, of ${pages} pages`] : [];
  });
  return [...tooOften, ...twiceInAThread(outcome)];
};

/** A bot's thread belongs to one page, and a page is taken once. */
const twiceInAThread = ({ slack }: Outcome): string[] =>
  slack
    .filter(({ threadTs, via }) => threadTs === undefined && via === 'bot')
    .flatMap(({ ts }) => {
      const lines = slack
        .filter((one) => one.ts === ts || one.threadTs === ts)
        .flatMap((one) => tookIt(one.text));
      return lines.length > 1 ? [`${lines.join(', ')} in one thread`] : [];
    });

const onePersonIsTold: Check = (_outcome, evidence) =>
  [...new Set(evidence.confirmations.map(({ page }) => page))].flatMap((page) => {
    const members = new Set(
      evidence.confirmations
        .filter((one) => one.page === page)
        .map(({ attempt }) => memberOf(evidence, page, attempt)),
    );
    return members.size > 1 ? [`${page} was confirmed to ${[...members].map((m) => nameOf(m ?? -1))}`] : [];
  });

const pressedBeforeTold: Check = (outcome, evidence) =>
  outcome.list.answer === 'pickup'
    ? []
    : evidence.confirmations
        .filter(
          ({ callSid }) =>
            !outcome.rings.some((ring) => ring.callSid === callSid && ring.pressed.includes('1')),
        )
        .map(({ page }) => `${page} was confirmed to somebody who did not press 1`);

/** `seen`: what URLs carry packed, and what was saved, as it reads. */
const noNumberLeaks: Check = ({ list, log, events, requests, slack }, { seen }) => {
  const secrets = [...new Set(list.members.map(({ phone }) => phone.slice(1)))];
  const texts = [
    ...log.map(({ line }) => line),
    ...events.flatMap((event) => (event.kind === 'webhook' ? [event.hook.url.href] : [])),
    ...requests
      .filter(({ neighbour }) => neighbour !== 'twilio')
      .map(({ request }) => `${request.url} ${decodeURIComponent(request.body)}`),
    ...slack.map(({ text }) => text),
    ...seen.map(({ state }) => JSON.stringify(state)),
  ];
  return texts
    .filter((text) => secrets.some((secret) => text.includes(secret)))
    .map((text) => `let out: ${text.slice(0, 120)}`);
};

const everyCallEnds: Check = ({ calls, isEndless }) => [
  ...(isEndless ? ['it never became quiet'] : []),
  ...calls.filter(({ endedAt }) => endedAt === undefined).map(({ to }) => `still up: ${to.slice(-4)}`),
];

const everyPageEnds: Check = ({ state }) =>
  state?.page && state.page.end === null ? [`${state.page.id} goes on for ever (${state.page.leg})`] : [];

/** Minutes after the beginning of a page: until its alerts are due again, until a tick comes, and until one that lists all. */
const DUE_AGAIN = 10 + 5 + 10;

/** As long as it is open, and nobody has it. */
const whatNobodyAnsweredRingsAgain: Check = (
  { alerts, history, judgedAt, list },
  { alertsOf, legs, pages },
) => {
  const isLossy = loses(history) || history.lost.length > 0 || history.setup.numberB !== undefined;
  const most = DUE_AGAIN + (list.members.length * list.rounds * (isLossy ? LOST_RING : RING)) / 60;
  return alerts.flatMap(({ name, alert: { id, status } }) => {
    const own = [...alertsOf].filter(([, ids]) => ids.has(id)).map(([page]) => page);
    const all = [...pages.values()].filter(
      (page) => own.includes(page.id) || page.continues?.some((label) => own.includes(label)),
    );
    const isOpen = status !== 'OK' && all.length > 0 && all.every(({ end }) => end?.kind === 'unanswered');
    const last = Math.max(
      ...legs.filter(({ page }) => all.some((one) => one.id === page)).map(({ at }) => at),
    );
    const minutes = Math.round((judgedAt - last) / 60_000);
    return isOpen && minutes > most ? [`${name} (${id}) has not rung for ${minutes} minutes`] : [];
  });
};

/** Seconds that a ring takes, with somebody who listens; and one whose end nobody tells, until a tick comes. */
const RING = 60 + 90;
const LOST_RING = 360 + 300;

const nothingBreaks: Check = ({ failures, events }) => [
  ...failures,
  ...events.flatMap((event) =>
    event.kind === 'fault' && !NOT_OURS.has(event.code) ? [`${event.code} ${event.message}`] : [],
  ),
];
/** A webhook that was late or refused by a platform full to the brim; what else Twilio finds wrong is our doing. */
const NOT_OURS = new Set([11200, 15003]);

/** Milliseconds. Callbacks of a call that wait behind a slow one expire: test/trust/status-endpoints */
const MOST_STATUS_MS = 5_000;
const statusCallbacksAreAnsweredSoon: Check = ({ answers }) =>
  answers
    .filter(({ path, ms }) => (path === '/dial-status' || path === '/call-ended') && ms >= MOST_STATUS_MS)
    .map(({ path, ms }) => `${path} took ${ms} ms`);

/** Answers that come later than that, the work done long before: who gave up cannot know. */
const isLate = ({ failures }: History, neighbour: NeighbourName, limit: number) =>
  failures.some(
    (failure) =>
      failure.neighbour === neighbour && failure.fault.kind === 'slow' && failure.fault.seconds > limit,
  );
/** Seconds: src/slack/limited-fetch, src/voice/calls */
const slackIsUnsure = (history: History) =>
  isLate(history, 'slack', 1.8) || hasSlowBacklog(history) || keepsManyWaiting(history);
/**
 * What it refused for a while, or what much happens of, is told a page at a time, in 2 s each: the last may be posted, and
 * not noted in time.
 */
const hasSlowBacklog = (history: History) =>
  isLate(history, 'slack', 0.9) &&
  (history.failures.filter(({ neighbour }) => neighbour === 'slack').length > 1 || isBusy(history));
const isBusy = ({ alerts, setup }: History) => alerts.length > 2 || setup.resends;
/** Each of several webhooks waits 2 s for nothing: who has waited for the others for 5.5 s tells beside them. */
const keepsManyWaiting = (history: History) =>
  history.failures.some(
    ({ neighbour, fault, times }) =>
      neighbour === 'slack' && fault.kind === 'hang' && (times > 5 || isBusy(history)),
  );
const twilioIsUnsure = (history: History) => isLate(history, 'twilio', 2.4);

const hangUp = ({ people }: History) =>
  people
    .flat()
    .some((reaction) => reaction.kind === 'answer' && reaction.then.some(({ kind }) => kind === 'hang-up'));

type Property = {
  readonly check: Check;
  /** The exceptions to a promise. */
  readonly unless?: (history: History) => boolean;
};
const always = (check: Check): Property => ({ check });
const unless = (isExcused: (history: History) => boolean, check: Check): Property => ({
  check,
  unless: isExcused,
});

/** What is promised, and under which faults it is not. */
export const properties = {
  'no alert ends in silence': always(noAlertEndsInSilence),
  'everyone is rung before nobody answered': always(everyoneIsRungBeforeNobodyAnswered),
  'the order is kept': unless(syncFails, theOrderIsKept),
  'each is rung in turn': always(eachIsRungInTurn),
  'the order is the dial order': always(theOrderIsTheDialOrder),
  'nobody is rung after the end': unless(syncFails, nobodyIsRungAfterTheEnd),
  'nobody is rung for what is closed': unless(
    (history) =>
      fails(history, 'mackerel') ||
      syncFails(history) ||
      loses(history) ||
      !(history.setup.webhook || history.list.start === 'webhook' || history.setup.apiKey !== 'none'),
    nobodyIsRungForWhatIsClosed,
  ),
  // Not if they are off the line before we, or whoever carries the call, can end it: that is Twilio.
  '1 ends it without memory': unless(
    (history) => fails(history, 'twilio') || loses(history) || hangUp(history),
    oneEndsItWithoutMemory,
  ),
  // Without memory, each of Mackerel's calls rings; and a call that Twilio placed without our knowing rings beside
  // the next. Not if a member's message never comes: nobody knows that they picked up, and the page counts as silent.
  'one ring at a time': unless(
    (history) =>
      syncFails(history) ||
      twilioIsUnsure(history) ||
      (history.setup.whisperFailure === 'bridge' && loses(history, 'whisper')),
    oneRingAtATime,
  ),
  'no alert is told twice as new': unless(syncFails, noAlertIsToldTwiceAsNew),
  'one page, one message': unless(
    (history) => syncFails(history) || slackIsUnsure(history),
    onePageOneMessage,
  ),
  'who took it pressed': always(whoTookItPressed),
  'took it once': unless((history) => syncFails(history) || slackIsUnsure(history), tookItOnce),
  'one person is told that it is theirs': unless(syncFails, onePersonIsTold),
  'nobody takes it without a key': always(pressedBeforeTold),
  'no number leaks': always(noNumberLeaks),
  'every call ends': always(everyCallEnds),
  'every page ends': unless(
    (history) =>
      syncFails(history) ||
      (!hasClock(history) &&
        (history.lost.length > 0 || history.setup.numberB !== undefined || loses(history))),
    everyPageEnds,
  ),
  // Who learns of no closing rings nobody for what may be long over.
  'what nobody answered rings again': unless(
    (history) =>
      !hasClock(history) ||
      syncFails(history) ||
      fails(history, 'twilio') ||
      !(history.setup.webhook || history.list.start === 'webhook' || history.setup.apiKey !== 'none'),
    whatNobodyAnsweredRingsAgain,
  ),
  // Not if several neighbours fail, or several of Sync's answers are each as late as possible.
  'status callbacks are answered soon': unless(
    (history) =>
      isLate(history, 'sync', 0.9) || new Set(history.failures.map(({ neighbour }) => neighbour)).size > 1,
    statusCallbacksAreAnsweredSoon,
  ),
  // With each answer of Sync's a second late, what has to be done one after the other takes more than 10 s.
  'nothing breaks': unless(
    (history) =>
      syncFails(history) &&
      (isLate(history, 'sync', 0.9) || fails(history, 'twilio') || history.lost.length > 0 || loses(history)),
    nothingBreaks,
  ),
} as const satisfies Record<string, Property>;
export type PropertyName = keyof typeof properties;
export const propertyNames = Object.keys(properties) as PropertyName[];

/** Everything that is promised of a history. */
export const promised = (history: History): PropertyName[] =>
  propertyNames.filter((name) => !(properties[name] as Property).unless?.(history));

/** Everything that goes against what is promised, or against the properties named. */
export function broken(
  outcome: Outcome,
  names: readonly PropertyName[] = promised(outcome.history),
): string[] {
  const evidence = evidenceOf(outcome);
  return names.flatMap((name) => properties[name].check(outcome, evidence).map((what) => `${name}: ${what}`));
}
