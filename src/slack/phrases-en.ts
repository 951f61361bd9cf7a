import {
  type LoggedNews,
  memberAt,
  type NotReached,
  orderOf,
  ringsOf,
  turnsBefore,
  type Unavailable,
} from '../escalation';
import { duration, listed, type Phrases } from './phrases';

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

/** Who picked up and passed it on has answered. */
function nobody({ rounds, rings, passes = 0 }: Nobody): string {
  const counts = `${counted(rounds, 'round')}, ${counted(rings, 'ring')}`;
  if (passes === 0) return `*Nobody answered* (${counts})`;
  return passes === rings
    ? `*Everybody passed it on, and nobody has it* (${counts})`
    : `*Nobody took it* (${counts}, ${passes} of them passed on)`;
}

const lasting = (seconds: number) => duration(seconds, ' min ', ' s').trim();

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
  standing: (page, { name, mention }, isAllClosed) => {
    const { end, leg, attempt, members } = page;
    const rings = ringsOf(page);
    if (end?.kind === 'taken' && isAllClosed) return `:zzz: Closed (*${name(end.by)}* had taken it)`;
    if (end?.kind === 'unanswered' && isAllClosed)
      return `:zzz: Closed (nobody had ${page.passes ? 'taken it' : 'answered'})`;
    if (end?.kind === 'taken')
      return `:white_check_mark: *${name(end.by)}* ${page.isTest ? 'answered' : 'is on it'}`;
    if (end?.kind === 'unanswered' && end.isPassed) return ':x: *Everybody passed it on*';
    if (end?.kind === 'unanswered') return `:x: *Nobody has ${page.passes ? 'taken it' : 'answered'}*`;
    if (end?.kind === 'closed') return ':zzz: The alert is closed';
    const place = `${(turnsBefore(page, attempt) % members) + 1} of ${members}, round ${Math.floor(rings / members) + 1}`;
    if (leg === 'pausing') return ':hourglass: Waiting for the next round';
    return `:telephone_receiver: Calling ${mention(memberAt(page, attempt))} (${place})`;
  },
  afterwards: (what, { name }) => {
    if (what.kind === 'rung-again') return ':repeat: Called again later (see the newer message)';
    if (what.kind === 'taken')
      return `:white_check_mark: *${name(what.by)}* is on it${what.isLater ? ' (from a later call)' : ''}`;
    return `:zzz: Closed (${what.by === undefined ? 'nobody had taken it' : `*${name(what.by)}* had taken it`})`;
  },
  order: (page, rounds, { name }, shown) => {
    const order = orderOf(page);
    const people = order.slice(0, shown).map(name).join(' → ');
    const more = order.length > shown ? ` → … (${order.length} people, ` : ' (';
    return `Order: ${people}${more}up to ${rounds} ${rounds === 1 ? 'round' : 'rounds'})`;
  },
  line: (news, names) => {
    const { name, mention, alert } = names;
    switch (news.kind) {
      case 'page-started':
        if (news.why === 'still-open' && news.taker !== undefined)
          return `:repeat: Still open: calling again, starting with ${name(news.taker)}, who took it`;
        if (news.why === 'changed')
          return ':chart_with_upwards_trend: Mackerel called again before a re-send was due: the status has changed and may be worse. Calling at once';
        if (news.why === 'new' && news.taker !== undefined)
          return `:eyes: Starting with ${name(news.taker)}, who has just taken another alert and is awake`;
        return news.why === 'worse' ? ':chart_with_upwards_trend: It got worse: calling at once' : null;
      case 'calling':
        return `:telephone_receiver: Calling ${mention(news.member)}`;
      case 'not-reached':
        return `:mobile_phone_off: ${name(news.member)}: ${WHY[news.why]}`;
      case 'called-in':
        return `:telephone: ${name(news.member)} called in and is next`;
      case 'answered':
        return `:speech_balloon: ${name(news.member)} picked up`;
      case 'passed-on':
        return `:arrow_right: ${name(news.member)} passed it on`;
      case 'joined':
        return `:heavy_plus_sign: Joined: ${listed(news.alerts, names, (more) => ` and ${more} more`, news.more)}${news.taker === undefined ? '' : ` (just as ${mention(news.taker)} took the page, so it is theirs, too)`}`;
      case 'joined-unheard':
        return `<!channel> :heavy_plus_sign: *${listed(news.alerts, names, (more) => ` and ${more} more`)}*: the person being called does not hear about it. Check Mackerel (Twilio Sync is not answering, so nobody is called separately)`;
      case 'worse':
        return `:chart_with_upwards_trend: Got worse: ${alert(news.alert)}`;
      case 'taken':
        return `:white_check_mark: *${mention(news.member)} ${news.isTest ? 'answered the test' : 'took it'}* (ring ${news.attempt + 1}, after ${lasting(news.seconds)})`;
      case 'nobody-answered':
        return `${news.isTest ? '' : '<!channel> '}:x: ${nobody(news)}${news.isTest ? '' : '. Phones ring again at the next notification from Mackerel'}`;
      case 'alert-closed':
        return `:zzz: Closed: ${alert(news.alert)}`;
      case 'all-closed':
        return news.taker === undefined || news.seconds === undefined
          ? ':zzz: *Closed before anyone took it*'
          : `:zzz: *Closed*, ${lasting(news.seconds)} after ${name(news.taker)} took it`;
      case 'closed-by-phone':
        return `:zzz: *${mention(news.member)} closed ${news.alerts > 1 ? `${news.alerts} alerts` : 'it'} by phone*`;
      case 'kept-quiet':
        return `:mute: Mackerel notified again. ${name(news.member)} has it, so nobody is called for another ${news.minutes} min (${alert(news.alert)})`;
      case 'settling':
        return `:mute: Open again. ${mention(news.member)} had just taken it, so nobody is called: ${alert(news.alert)}`;
      case 'flapping':
        return `:repeat: Flapping: ${news.times} times within an hour (${alert(news.alert)})`;
      case 'closed-already':
        return `:mute: Already closed, so nobody is called: ${alert(news.alert)}`;
      case 'call-lost':
        return news.isSure
          ? '<!channel> :x: The call dropped. *Nobody has this alert.*'
          : ':grey_question: The call is over. Unless somebody says they took it, nobody has this alert';
      case 'unreachable':
        if (news.why === 'silent')
          return '<!channel> :x: Twilio does not answer, so the phone may not be ringing. *Nobody has this alert.*';
        return `<!channel> :x: Twilio refused every call. *Nobody has this alert.*${news.why ? ' The account is at its limit of concurrent calls (10004): see docs/set-up.md' : ''}`;
      case 'went-direct':
        return ":telephone: Mackerel's call dropped: calling people directly";
      case 'resumed':
        return ':repeat: The page had stalled: going on with the next person';
      case 'degraded':
        return ':warning: Twilio Sync is not answering. Alerts may be missing here, so check Mackerel, too (the calls go on)';
      case 'unavailable':
        return `:warning: Could not check the alert with Mackerel's API: ${UNAVAILABLE[news.why]}`;
      case 'withdrawn':
        return null;
      case 'read-only-key':
        return ':information_source: The Mackerel API key is read-only: no memos, and no closing by phone';
    }
  },
};
