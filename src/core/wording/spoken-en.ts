import { describedInEnglish, namedInEnglish } from './alert-en';
import { fitted } from './fit';
import { inBrief, type RollCall, rollCall, worstNewcomer } from './roll-call';
import type { Briefing, Speech } from './speech';

export const spokenEnglish: Speech = {
  brief: ({ reading, isTest, alerts, more, now }, reserve = '') => {
    if (isTest) return `${reading}, this is a test of the telephone escalation. No alert is open.`;
    const roll = rollCall({ alerts, more });
    const { count, worst } = roll;
    const many = count > 1 ? `Mackerel has ${count} alerts.` : 'this is an alert from Mackerel.';
    const lead = count > 1 && worst ? 'The worst of them:' : '';
    const [first] = alerts;
    const others = inBrief(roll, othersIn);
    const text = [`${reading}, ${many}`, lead, first && describedInEnglish(first, now)]
      .filter(Boolean)
      .join(' ');
    return [fitted(text, ` ${others}${reserve}`), others].filter(Boolean).join(' ');
  },
  keys: (mayClose) =>
    `Press 1 to take it, 2 to pass it on, star to hear this again${mayClose ? ', 9 to close it' : ''}.`,
  unknownKey: 'That key does nothing.',
  confirmTaken: (briefing) => {
    const { reading, isTest, alerts, more = 0 } = briefing;
    if (isTest) return `The test is answered. Thank you, ${reading}.`;
    const count = alerts.length + more;
    return `${newcomersIn(briefing)}${count > 1 ? `All ${count} alerts are yours` : 'It is yours'}, ${reading}. Thank you.`;
  },
  confirmPassed: 'Passing it on to the next.',
  askToClose: (alerts) =>
    `This closes ${alerts > 1 ? `all ${alerts} alerts` : 'the alert'}. Press 1 to go ahead, any other key to go back.`,
  confirmClosed: (alerts, goesOn) =>
    `${alerts > 1 ? `${alerts} alerts are` : 'The alert is'} closed. ${goesOn ? 'But there is more.' : 'Thank you.'}`,
  closeFailed: (closed, failed) => {
    if (closed > 0) return `${closed} closed, ${failed} could not be closed.`;
    return `${failed > 1 ? 'They' : 'It'} could not be closed.`;
  },
  dismiss: (by) => (by ? `${by} has taken it already.` : 'This page is over.'),
  goneOn: 'It has gone on to the next.',
  goodbye: 'Passing it on to the next.',
};

function othersIn({ worst, others, rest }: RollCall): string {
  if (others.length === 0) return '';
  const named = others.map((alert) => `${namedInEnglish(alert)}.`).join(' ');
  return `${worst ? 'Then:' : 'Among them:'} ${named}${rest > 0 ? ` And ${rest} more.` : ''}`;
}

function newcomersIn(briefing: Briefing): string {
  const { joinedSince } = briefing;
  if (joinedSince === 0) return '';
  const worst = worstNewcomer(briefing);
  const lead = joinedSince > 1 ? ', the worst of them' : '';
  return `${joinedSince} more came in while you listened${worst ? `${lead}: ${namedInEnglish(worst)}` : ''}. `;
}
