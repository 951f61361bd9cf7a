import type { Blindness, LoggedNews, NotReached } from '../core/escalation/news';
import { memberAt, ringsOf, turnsBefore } from '../core/escalation/state';
import { duration, listed, type Phrases } from './phrases';

const WHY: Record<NotReached, string> = {
  'no-answer': 'no answer',
  busy: 'busy',
  failed: 'could not be reached',
  canceled: 'canceled',
  'no-key': 'picked up, but pressed no key (a voicemail?)',
};

const BLIND: Record<Blindness, string> = {
  'wrong-key': 'the API key is not accepted (401)',
  forbidden: 'the API key lacks the scope, or an IP restriction refuses us (403)',
  'not-found': 'there is no such alert (404)',
  'too-many': 'too many requests (429)',
  unexpected: 'an unexpected answer',
  fault: 'a fault of Mackerel (5xx)',
  unreachable: 'no connection',
  slow: 'no answer in time',
  garbled: 'the answer cannot be read',
};

const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;

type Nobody = Extract<LoggedNews, { kind: 'nobody-answered' }>;

/** Who picked up and passed it on has answered. */
function nobody({ rounds, rings, passes = 0 }: Nobody): string {
  const counts = `${counted(rounds, 'round')}, ${counted(rings, 'ring')}`;
  if (passes === 0) return `*Nobody answered* (${counts})`;
  return passes === rings
    ? `*Everybody passed it on, and nobody has taken it* (${counts})`
    : `*Nobody has taken it* (${counts}, ${passes} of them passed on)`;
}

const lasting = (seconds: number) => duration(seconds, ' min ', ' s').trim();

export const english: Phrases = {
  testPage: ':test_tube: *Test of the escalation* (no alert is open)',
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
    nobody: ':x: *Nobody has taken the alert*. Look at Mackerel',
  },
  trouble: (what) =>
    what.kind === 'group-not-rung'
      ? `:warning: *Alert group ${what.name} is open, and nobody is rung for it*: set CALLER_ID, and alert groups ring, too`
      : `:warning: Mackerel's webhook sent something that is not understood, so nobody was rung for it: \`${what.event}\`. Look at Mackerel. This is told once a day`,
  standing: (page, { name, mention }, isAllClosed) => {
    const { end, leg, attempt, order } = page;
    const rings = ringsOf(page);
    if (end?.kind === 'taken' && isAllClosed) return `:zzz: Closed (*${name(end.by)}* had taken it)`;
    if (end?.kind === 'unanswered' && isAllClosed)
      return `:zzz: Closed (nobody had ${page.passes ? 'taken it' : 'answered'})`;
    if (end?.kind === 'taken')
      return `:white_check_mark: *${name(end.by)}* ${page.isTest ? 'answered' : 'is on it'}`;
    if (end?.kind === 'unanswered' && end.isPassed) return ':x: *Everybody passed it on*';
    if (end?.kind === 'unanswered') return `:x: *Nobody has ${page.passes ? 'taken it' : 'answered'}*`;
    if (end?.kind === 'closed') return ':zzz: The alert is closed';
    const place = `${(turnsBefore(page, attempt) % order.length) + 1} of ${order.length}, round ${Math.floor(rings / order.length) + 1}`;
    if (leg === 'pausing') return ':hourglass: Waiting for the next round';
    return `:telephone_receiver: Calling ${mention(memberAt(page, attempt))} (${place})`;
  },
  afterwards: (what, { name }) => {
    if (what.kind === 'rung-again') return ':repeat: Rung again later (see the newer message)';
    if (what.kind === 'taken')
      return `:white_check_mark: *${name(what.by)}* is on it${what.isLater ? ' (at a later call)' : ''}`;
    return `:zzz: Closed (${what.by === undefined ? 'nobody had taken it' : `*${name(what.by)}* had taken it`})`;
  },
  order: ({ order }, rounds, { name }, shown) => {
    const people = order.slice(0, shown).map(name).join(' → ');
    const more = order.length > shown ? ` → … (${order.length} people, ` : ' (';
    return `Order: ${people}${more}up to ${rounds} ${rounds === 1 ? 'round' : 'rounds'})`;
  },
  line: (news, names) => {
    const { name, mention, alert } = names;
    switch (news.kind) {
      case 'page-started':
        if (news.why === 'still-open' && news.taker !== undefined)
          return `:repeat: Still open: ringing again, first ${name(news.taker)}, who took it`;
        if (news.why === 'changed')
          return ':chart_with_upwards_trend: Mackerel called again sooner than it re-sends: the status has changed, perhaps for the worse. Ringing at once';
        if (news.why === 'new' && news.taker !== undefined)
          return `:eyes: First ${name(news.taker)}, who has just taken another and is awake`;
        return news.why === 'worse' ? ':chart_with_upwards_trend: It got worse: ringing at once' : null;
      case 'calling':
        return `:telephone_receiver: Calling ${mention(news.member)}`;
      case 'not-reached':
        return `:mobile_phone_off: ${name(news.member)}: ${WHY[news.why]}`;
      case 'called-in':
        return `:telephone: ${name(news.member)} called, and is the next to be rung`;
      case 'answered':
        return `:speech_balloon: ${name(news.member)} picked up`;
      case 'passed-on':
        return `:arrow_right: ${name(news.member)} passed it on`;
      case 'joined':
        return `:heavy_plus_sign: Joined: ${listed(news.alerts, names, (more) => ` and ${more} more`, news.more)}${news.taker === undefined ? '' : ` (came as ${mention(news.taker)} took it, and is theirs as well)`}`;
      case 'joined-unheard':
        return `<!channel> :heavy_plus_sign: *${listed(news.alerts, names, (more) => ` and ${more} more`)}*: whoever is being rung does not hear of it, look at Mackerel (Twilio Sync does not answer, so nobody is rung for it apart)`;
      case 'worse':
        return `:chart_with_upwards_trend: Got worse: ${alert(news.alert)}`;
      case 'taken':
        return `:white_check_mark: *${mention(news.member)} ${news.isTest ? 'answered the test' : 'took it'}* (ring ${news.attempt + 1}, after ${lasting(news.seconds)})`;
      case 'nobody-answered':
        return `${news.isTest ? '' : '<!channel> '}:x: ${nobody(news)}${news.isTest ? '' : '. It rings again when Mackerel notifies again'}`;
      case 'alert-closed':
        return `:zzz: Closed: ${alert(news.alert)}`;
      case 'all-closed':
        return news.taker === undefined || news.seconds === undefined
          ? ':zzz: *Closed before anyone took it*'
          : `:zzz: *Closed*, ${lasting(news.seconds)} after ${name(news.taker)} took it`;
      case 'closed-by-phone':
        return `:zzz: *${mention(news.member)} closed ${news.alerts > 1 ? `${news.alerts} alerts` : 'it'} by phone*`;
      case 'kept-quiet':
        return `:mute: Notified again; ${name(news.member)} has it, so nobody is rung for another ${news.minutes} min (${alert(news.alert)})`;
      case 'settling':
        return `:mute: Open again; ${mention(news.member)} had just taken it, so nobody is rung: ${alert(news.alert)}`;
      case 'flapping':
        return `:repeat: It is flapping: ${news.times} times within an hour (${alert(news.alert)})`;
      case 'closed-already':
        return `:mute: Closed already, so nobody is rung: ${alert(news.alert)}`;
      case 'call-lost':
        return news.isSure
          ? '<!channel> :x: *The call broke off, and nobody has taken the alert*'
          : ':grey_question: The call is over. Unless somebody said they took it, nobody has';
      case 'unreachable':
        return `<!channel> :x: *Twilio places no call to anybody, and nobody has taken the alert*${news.why ? '. The account has as many calls up as it may (10004): see the README' : ''}`;
      case 'went-direct':
        return ":telephone: Mackerel's call broke off; ringing people directly";
      case 'resumed':
        return ':repeat: The page fell silent; it goes on with the next member';
      case 'degraded':
        return ':warning: Twilio Sync does not answer: alerts may be missing here, look at Mackerel too (the ringing goes on)';
      case 'blind':
        return `:warning: Mackerel's API does not tell about the alert: ${BLIND[news.why]}`;
      case 'read-only-key':
        return ':information_source: The Mackerel API key is read-only: no memo is written, and no alert closed by phone';
    }
  },
};
