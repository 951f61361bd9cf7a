import type { LoggedNews, NotReached, Unavailable } from '../escalation';
import { duration, type Lines, lineFrom, listed, type Phrases } from './phrases';

const WHY: Record<NotReached, string> = {
  'no-answer': 'no answer',
  busy: 'busy',
  failed: 'could not be reached',
  canceled: 'canceled',
  'no-key': 'picked up, but pressed no key (a voicemail?)',
};

const UNAVAILABLE: Record<Unavailable, string> = {
  'wrong-key': 'the API key was rejected (401)',
  forbidden: 'the API key has no permission, or an IP restriction blocks us (403)',
  'not-found': 'no such alert (404)',
  'too-many': 'too many requests (429)',
  unexpected: 'unexpected answer',
  fault: 'an error at Mackerel (5xx)',
  unreachable: 'no connection',
  slow: 'no answer in time',
  garbled: 'unreadable answer',
};

const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;

type Nobody = Extract<LoggedNews, { kind: 'nobody-answered' }>;

/** A member who passed it on has answered. */
function nobody({ rounds, rings, passes = 0 }: Nobody): string {
  const counts = `${counted(rounds, 'round')}, ${counted(rings, 'ring')}`;
  if (passes === 0) return `*Nobody answered* (${counts})`;
  return passes === rings
    ? `*Everybody passed it on, and nobody has it* (${counts})`
    : `*Nobody took it* (${counts}, ${passes} of them passed on)`;
}

const lasting = (seconds: number) => duration(seconds, ' min ', ' s').trim();

const andMore = (more: number) => ` and ${more} more`;

const CHART = ':chart_with_upwards_trend:';

const LINES: Lines = {
  'page-started': ({ why, taker }, { name }) => {
    if (why === 'still-open' && taker !== undefined)
      return `:repeat: Still open: calling again, starting with ${name(taker)}, who took it`;
    if (why === 'changed')
      return `${CHART} Mackerel called again before a re-send was due: the status has changed and may be worse. Calling at once`;
    if (why === 'new' && taker !== undefined)
      return `:eyes: Starting with ${name(taker)}, who has just taken another alert and is awake`;
    return why === 'worse' ? `${CHART} It got worse: calling at once` : null;
  },
  calling: ({ member }, { mention }) => `:telephone_receiver: Calling ${mention(member)}`,
  'not-reached': ({ member, why }, { name }) => `:mobile_phone_off: ${name(member)}: ${WHY[why]}`,
  'called-in': ({ member }, { name }) => `:telephone: ${name(member)} called in and is next`,
  answered: ({ member }, { name }) => `:speech_balloon: ${name(member)} picked up`,
  'passed-on': ({ member }, { name }) => `:arrow_right: ${name(member)} passed it on`,
  joined: ({ alerts, more, taker }, names) =>
    `:heavy_plus_sign: Joined: ${listed(alerts, names, andMore, more)}${taker === undefined ? '' : ` (just as ${names.mention(taker)} took the page, so it is theirs, too)`}`,
  'joined-unheard': ({ alerts }, names) =>
    `<!channel> :heavy_plus_sign: *${listed(alerts, names, andMore)}*: the person being called does not hear about it. Check Mackerel (Twilio Sync is not answering, so nobody is called separately)`,
  worse: (news, { alert }) => `${CHART} Got worse: ${alert(news.alert)}`,
  taken: ({ member, isTest, attempt, seconds }, { mention }) =>
    `:white_check_mark: *${mention(member)} ${isTest ? 'answered the test' : 'took it'}* (ring ${attempt + 1}, after ${lasting(seconds)})`,
  'nobody-answered': (news) =>
    news.isTest
      ? `:x: ${nobody(news)}`
      : `<!channel> :x: ${nobody(news)}. Phones ring again at the next notification from Mackerel`,
  'alert-closed': (news, { alert }) => `:zzz: Closed: ${alert(news.alert)}`,
  'all-closed': ({ taker, seconds }, { name }) =>
    taker === undefined || seconds === undefined
      ? ':zzz: *Closed before anyone took it*'
      : `:zzz: *Closed*, ${lasting(seconds)} after ${name(taker)} took it`,
  'closed-by-phone': ({ member, alerts }, { mention }) =>
    `:zzz: *${mention(member)} closed ${alerts > 1 ? `${alerts} alerts` : 'it'} by phone*`,
  'kept-quiet': ({ member, minutes, ...news }, { name, alert }) =>
    `:mute: Mackerel notified again. ${name(member)} has it, so nobody is called for another ${minutes} min (${alert(news.alert)})`,
  settling: ({ member, ...news }, { mention, alert }) =>
    `:mute: Open again. ${mention(member)} had just taken it, so nobody is called: ${alert(news.alert)}`,
  flapping: ({ times, ...news }, { alert }) =>
    `:repeat: Flapping: ${times} times within an hour (${alert(news.alert)})`,
  'closed-already': (news, { alert }) => `:mute: Already closed, so nobody is called: ${alert(news.alert)}`,
  'call-lost': ({ isSure }) =>
    isSure
      ? '<!channel> :x: The call dropped. *Nobody has this alert.*'
      : ':grey_question: The call is over. Unless somebody says they took it, nobody has this alert',
  unreachable: ({ why }) => {
    if (why === 'silent')
      return '<!channel> :x: Twilio does not answer, so the phone may not be ringing. *Nobody has this alert.*';
    return `<!channel> :x: Twilio refused every call. *Nobody has this alert.*${why ? ' The account is at its limit of concurrent calls (10004): see docs/set-up.md' : ''}`;
  },
  'went-direct': () => ":telephone: Mackerel's call dropped: calling people directly",
  resumed: () => ':repeat: The page had stalled: going on with the next person',
  degraded: () =>
    ':warning: Twilio Sync is not answering. Alerts may be missing here, so check Mackerel, too (the calls go on)',
  unavailable: ({ why }) => `:warning: Could not check the alert with Mackerel's API: ${UNAVAILABLE[why]}`,
  'read-only-key': () =>
    ':information_source: The Mackerel API key is read-only: no memos, and no closing by phone',
  withdrawn: () => null,
};

export const english: Phrases = {
  testPage: ':test_tube: *Escalation test* (no alert is open)',
  alertOfUnknownName: 'Mackerel alert',
  alertGroup: (name) => `Alert group ${name}`,
  graph: 'graph',
  openSince: (when) => `since ${when}`,
  andMore: (alerts) => `and ${alerts} more`,
  connected: ':link: Mackerel is connected',
  mentionForbidden:
    ':information_source: @channel is not permitted in this workspace, so nobody was mentioned',
  plain: {
    calling: ':telephone_receiver: Calling people about an alert',
    taken: ':white_check_mark: Somebody took the alert',
    closed: ':zzz: The alert is closed',
    nobody: ':x: *Nobody has this alert.* Check Mackerel',
  },
  trouble: (what) =>
    what.kind === 'group-not-rung'
      ? `:warning: *Alert group ${what.name} is open, and nobody is being called.* Set CALLER_ID to have alert groups ring, too`
      : `:warning: Mackerel's webhook sent something that we do not understand, so nobody was called: \`${what.event}\`. Check Mackerel. (We say this once a day.)`,
  standing: (what, { name, mention }) => {
    switch (what.kind) {
      case 'calling':
        return `:telephone_receiver: Calling ${mention(what.member)} (${what.place} of ${what.members}, round ${what.round})`;
      case 'pausing':
        return ':hourglass: Waiting for the next round';
      case 'taken':
        return `:white_check_mark: *${name(what.by)}* ${what.isTest ? 'answered' : 'is on it'}${what.isLater ? ' (from a later call)' : ''}`;
      case 'all-passed':
        return ':x: *Everybody passed it on*';
      case 'nobody':
        return `:x: *Nobody has ${what.hasPasses ? 'taken it' : 'answered'}*`;
      case 'rung-again':
        return ':repeat: Called again later (see the newer message)';
      case 'closed':
        return ':zzz: The alert is closed';
      case 'closed-since':
        if (what.by !== undefined) return `:zzz: Closed (*${name(what.by)}* had taken it)`;
        return `:zzz: Closed (nobody had ${what.hasPasses ? 'taken it' : 'answered'})`;
    }
  },
  order: (people, of, rounds) =>
    `Order: ${people}${of ? ` → … (${of} people, ` : ' ('}up to ${counted(rounds, 'round')})`,
  line: (news, names) => lineFrom(LINES, news, names),
};
