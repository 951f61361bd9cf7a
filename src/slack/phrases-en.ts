import type { NotReached } from '../core/escalation/news';
import { memberAt } from '../core/escalation/state';
import { duration, type Phrases } from './phrases';

const WHY: Record<NotReached, string> = {
  'no-answer': 'no answer',
  busy: 'busy',
  failed: 'could not be reached',
  canceled: 'canceled',
  'no-key': 'picked up, but pressed no key (a voicemail?)',
};

export const english: Phrases = {
  subject: ({ isTest, alerts }) => {
    if (isTest) return ':test_tube: *Test of the escalation* (no alert is open)';
    const [first, ...others] = alerts.map(({ id }) => `\`${id}\``);
    return `:rotating_light: *Mackerel alert* ${first ?? ''}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  },
  standing: (page, { name, mention }) => {
    const { end, leg, attempt } = page;
    if (end?.kind === 'taken') return `:white_check_mark: *${name(end.by)}* is on it`;
    if (end?.kind === 'unanswered') return ':x: *Nobody has answered*';
    if (end?.kind === 'closed') return ':zzz: The alert is closed';
    const place = `${(attempt % page.order.length) + 1} of ${page.order.length}, round ${Math.floor(attempt / page.order.length) + 1}`;
    if (leg === 'pausing') return ':hourglass: Waiting for the next round';
    return `:telephone_receiver: Calling ${mention(memberAt(page, attempt))} (${place})`;
  },
  order: (page, rounds, { name }) => `Order: ${page.order.map(name).join(' → ')} (up to ${rounds} rounds)`,
  line: (news, { name, mention }) => {
    switch (news.kind) {
      case 'page-started':
        return null;
      case 'calling':
        return `:telephone_receiver: Calling ${mention(news.member)}`;
      case 'not-reached':
        return `:mobile_phone_off: ${name(news.member)}: ${WHY[news.why]}`;
      case 'answered':
        return `:speech_balloon: ${name(news.member)} picked up`;
      case 'passed-on':
        return `:arrow_right: ${name(news.member)} passed it on`;
      case 'joined':
        return `:heavy_plus_sign: Alert \`${news.alert}\` joined`;
      case 'taken':
        return `:white_check_mark: *${mention(news.member)} took it* (ring ${news.attempt + 1}, after ${duration(news.seconds, ' min ', ' s').trim()})`;
      case 'nobody-answered':
        return `<!channel> :x: *Nobody answered* (${news.rounds} rounds, ${news.rings} rings)`;
      case 'call-lost':
        return news.isSure
          ? '<!channel> :x: *The call broke off, and nobody has taken the alert*'
          : ':grey_question: The call is over. Unless somebody said they took it, nobody has';
      case 'resumed':
        return ':repeat: The page fell silent; it goes on with the next member';
      case 'degraded':
        return ':warning: Twilio Sync does not answer: the record may have gaps (the ringing goes on)';
    }
  },
};
