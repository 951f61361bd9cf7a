/** What nobody can find out from outside, and the rehearsal that tells. */
import { text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

export async function unknowable({ list }: Patient): Promise<Finding[]> {
  const channel = about(
    'unknowable.channel',
    text('Twilio channel in Mackerel', 'Mackerel の Twilio チャンネル'),
  );
  const disturb = about('unknowable.do-not-disturb', text('“Do not disturb”', 'おやすみモード'));
  return [
    ...(list.start === 'call'
      ? [
          channel.unknown(
            text('no API shows its fields', '設定内容は API で取得できません'),
            text(
              'A real alert shows it: let a monitor cross its threshold.',
              '実際のアラートで確かめてください。',
            ),
          ),
        ]
      : []),
    disturb.unknown(
      text('each phone decides for itself', '電話機ごとの設定です'),
      text('Rehearse at night: npm run rehearse', '夜間の訓練で確かめてください: npm run rehearse'),
    ),
  ];
}
