/** What somebody who calls number A hears. It names no alert, because a caller ID can be forged. */
import type { Language } from '../dial-list/list';
import type { Standing } from '../escalation';

export type CallInSpeech = {
  /** For callers who are not members. */
  readonly stranger: string;
  /** @param name the taker's, as spoken */
  standing(standing: Standing, name: string): string;
  /** Sync does not say. */
  readonly unknown: string;
  readonly ringBackKey: string;
  readonly ringNextKey: string;
  readonly rehearsalKey: string;
  readonly willRing: string;
  readonly noRehearsal: string;
};

const agoInEnglish = (minutes: number) => {
  const [count, unit] = minutes < 90 ? [minutes, 'minute'] : [Math.round(minutes / 60), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
};
const agoInJapanese = (minutes: number) =>
  minutes < 90 ? `${minutes}分前` : `${Math.round(minutes / 60)}時間前`;

const english: CallInSpeech = {
  stranger: 'This number only makes calls about alerts. Goodbye.',
  standing: (standing, name) => {
    switch (standing.kind) {
      case 'ringing':
        return 'We are calling people about an alert. Nobody has taken it yet.';
      case 'listening':
        return 'We are calling people about an alert. Somebody is on the phone with us now.';
      case 'unanswered':
        return `We called people about an alert ${agoInEnglish(standing.minutes)}. Nobody has taken it.`;
      case 'held':
        return `${name} took it ${agoInEnglish(standing.minutes)}.`;
      case 'rehearsal':
        return 'A test is running.';
      case 'quiet':
        return 'All is quiet.';
    }
  },
  unknown: 'We cannot see how things stand right now. Please check Slack or Mackerel.',
  ringBackKey: 'Press 1, and we will hang up and call you right back.',
  ringNextKey: 'Press 1 to be called next.',
  rehearsalKey: 'Press 5 to start a test that calls everybody.',
  willRing: 'You are next. Please hang up.',
  noRehearsal: 'A test cannot be started right now.',
};

const japanese: CallInSpeech = {
  stranger: 'この番号は、アラートをお知らせする発信専用です。失礼します。',
  standing: (standing, name) => {
    switch (standing.kind) {
      case 'ringing':
        return 'アラートで呼び出し中です。まだ誰も対応していません。';
      case 'listening':
        return 'アラートで呼び出し中です。いま、ほかの人が電話で聞いています。';
      case 'unanswered':
        return `${agoInJapanese(standing.minutes)}に呼び出したアラートに、まだ誰も対応していません。`;
      case 'held':
        return `${agoInJapanese(standing.minutes)}に、${name}さんが対応を引き受けました。`;
      case 'rehearsal':
        return '架電のテスト中です。';
      case 'quiet':
        return '呼び出しはありません。';
    }
  },
  unknown: '状況を確かめられません。スラックかマカレルを見てください。',
  ringBackKey: '1を押すと、この電話を切って、すぐにおかけ直しします。',
  ringNextKey: '1を押すと、次におかけします。',
  rehearsalKey: '全員に電話するテストを始める場合は、5を押してください。',
  willRing: '次におかけします。電話を切ってお待ちください。',
  noRehearsal: 'いまはテストを始められません。',
};

export const callInSpeech = (language: Language): CallInSpeech => (language === 'ja' ? japanese : english);
