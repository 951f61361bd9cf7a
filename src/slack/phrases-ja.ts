import type { NotReached } from '../core/escalation/news';
import { memberAt } from '../core/escalation/state';
import { duration, type Phrases } from './phrases';

const WHY: Record<NotReached, string> = {
  'no-answer': '応答なし',
  busy: '話し中',
  failed: 'つながらず',
  canceled: '取り消し',
  'no-key': '電話には出たがキー操作なし(留守番電話など)',
};

export const japanese: Phrases = {
  subject: ({ isTest, alerts }) => {
    if (isTest) return ':test_tube: *架電のテスト* (アラートは出ていません)';
    const [first, ...others] = alerts.map(({ id }) => `\`${id}\``);
    return `:rotating_light: *Mackerelのアラート* ${first ?? ''}${others.length > 0 ? ` ほか${others.length}件` : ''}`;
  },
  standing: (page, { name, mention }) => {
    const { end, leg, attempt } = page;
    if (end?.kind === 'taken') return `:white_check_mark: *${name(end.by)}* が対応中`;
    if (end?.kind === 'unanswered') return ':x: *誰も応答していません*';
    if (end?.kind === 'closed') return ':zzz: アラートは閉じました';
    const place = `${(attempt % page.order.length) + 1}/${page.order.length}人目, ${Math.floor(attempt / page.order.length) + 1}周目`;
    if (leg === 'pausing') return ':hourglass: 次の周まで休止中';
    return `:telephone_receiver: ${mention(memberAt(page, attempt))} を呼び出し中 (${place})`;
  },
  order: (page, rounds, { name }) => `順番: ${page.order.map(name).join(' → ')} (${rounds}周まで)`,
  line: (news, { name, mention }) => {
    switch (news.kind) {
      case 'page-started':
        return null;
      case 'calling':
        return `:telephone_receiver: ${mention(news.member)} を呼び出しています`;
      case 'not-reached':
        return `:mobile_phone_off: ${name(news.member)}: ${WHY[news.why]}`;
      case 'answered':
        return `:speech_balloon: ${name(news.member)} が電話に出ました`;
      case 'passed-on':
        return `:arrow_right: ${name(news.member)} が次の人に回しました`;
      case 'joined':
        return `:heavy_plus_sign: アラート \`${news.alert}\` が加わりました`;
      case 'taken':
        return `:white_check_mark: *${mention(news.member)} が対応します* (${news.attempt + 1}回目の呼び出し, ${duration(news.seconds, '分', '秒')})`;
      case 'nobody-answered':
        return `<!channel> :x: *誰も応答しませんでした* (${news.rounds}周, のべ${news.rings}回)`;
      case 'call-lost':
        return news.isSure
          ? '<!channel> :x: *通話が途中で切れました。まだ誰も対応していません*'
          : ':grey_question: 通話が終わりました。対応すると言った人がいなければ、まだ誰も対応していません';
      case 'resumed':
        return ':repeat: 途切れた呼び出しを次の人から再開します';
      case 'degraded':
        return ':warning: Twilio Syncが応答しません。記録が欠けることがあります (呼び出しは続けます)';
    }
  },
};
