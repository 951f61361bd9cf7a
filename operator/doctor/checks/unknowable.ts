/** What nobody can find out from outside, and the rehearsal that shows it. */
import { text } from '../../text';
import { type Check, unknown } from '../check';

const channel: Check = {
  id: 'unknowable.channel',
  what: text('Twilio channel’s fields', 'Twilio チャンネルの内容'),
  look: ({ list }) =>
    list.start === 'webhook'
      ? null
      : unknown(
          text('no API of Mackerel’s shows them', 'Mackerel の API では取得できません'),
          text(
            'A real alert shows it: let a monitor cross its threshold.',
            '実際のアラートで確かめてください。',
          ),
        ),
};

const disturb: Check = {
  id: 'unknowable.do-not-disturb',
  what: text('“Do not disturb”', 'おやすみモード'),
  look: () =>
    unknown(
      text('each phone decides for itself', '電話機ごとの設定です'),
      text('Rehearse at night: npm run rehearse', '夜間の訓練で確かめてください: npm run rehearse'),
    ),
};

export const unknowable: readonly Check[] = [channel, disturb];
