import { namedInEnglish, tellingInEnglish } from './alert-en';
import { shortened, type Telling, told } from './brief';
import { type RollCall, worstNewcomer } from './roll-call';
import { type Briefing, KEYS_KNOWN_WITHIN, type Speech } from './speech';

/** In a function, so that what rings, and says nothing, need not hold it. */
const telling = (): Telling => ({
  ...tellingInEnglish,
  test: (reading) => `${reading}, this is a test call. No alert is open.`,
  greeting(reading, { count, worst }) {
    if (count <= 1) return `${reading}, this is an alert from Mackerel.`;
    return `${reading}, Mackerel has ${count} alerts.${worst ? ' The worst of them:' : ''}`;
  },
  others: othersIn,
});

export const spokenEnglish: Speech = {
  brief: (briefing, seconds) => told(telling(), briefing, seconds),
  keys: (mayClose, isWhole) =>
    `Press 1 to take it, 2 to pass it on, star to hear ${isWhole ? 'this again' : 'more'}${mayClose ? ', 9 to close it' : ''}.`,
  unknownKey: 'That key does nothing.',
  confirmTaken: (briefing) => {
    const { reading, isTest, alerts, more = 0 } = briefing;
    if (isTest) return `The test worked. Thank you, ${reading}.`;
    const count = alerts.length + more;
    return `${newcomersIn(briefing)}${count > 1 ? `All ${count} alerts are yours` : 'It is yours'}, ${reading}. Thank you.`;
  },
  confirmMore: (briefing) =>
    `${newcomersIn(briefing)}${briefing.joinedSince > 1 ? 'They are' : 'It is'} yours as well. Thank you.`,
  confirmPassed: 'Passing it on to the next person.',
  askToClose: (alerts) =>
    `This closes ${alerts > 1 ? `all ${alerts} alerts` : 'the alert'}. Press 1 to go ahead, any other key to go back.`,
  confirmClosed: (alerts, goesOn) =>
    `${alerts > 1 ? `${alerts} alerts are` : 'The alert is'} closed. ${goesOn ? 'There are more.' : 'Thank you.'}`,
  closeFailed: (closed, failed) => {
    if (closed > 0) return `${closed} closed, ${failed} could not be closed.`;
    return `${failed > 1 ? 'They' : 'It'} could not be closed.`;
  },
  dismiss: (by) => (by ? `${by} has already taken it.` : 'It is already over.'),
  goneOn: 'It has already gone on to the next person.',
  goodbye: 'Passing it on to the next person.',
};

function othersIn({ worst, others, rest }: RollCall): string {
  if (others.length === 0) return '';
  const named = others.map((alert) => `${namedInEnglish(alert)}.`).join(' ');
  return `${worst ? 'Then:' : 'Among them:'} ${named}${rest > 0 ? ` And ${rest} more.` : ''}`;
}

function newcomersIn(briefing: Briefing): string {
  const { joinedSince } = briefing;
  if (joinedSince === 0) return '';
  const newcomer = worstNewcomer(briefing);
  const worst = newcomer && shortened(newcomer, KEYS_KNOWN_WITHIN, 'en');
  const lead = joinedSince > 1 ? ', the worst of them' : '';
  return `${joinedSince} more came in while you listened${worst ? `${lead}: ${namedInEnglish(worst)}` : ''}. `;
}
