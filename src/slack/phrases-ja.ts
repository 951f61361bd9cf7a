import type { LoggedNews, NotReached, Unavailable } from '../escalation';
import { memberAt, orderOf, ringsOf, turnsBefore } from '../escalation';
import { duration, listed, type Phrases } from './phrases';

const WHY: Record<NotReached, string> = {
  'no-answer': '応答なし',
  busy: '話し中',
  failed: 'つながらず',
  canceled: '取り消し',
  'no-key': '電話には出たがキー操作なし(留守番電話など)',
};

const UNAVAILABLE: Record<Unavailable, string> = {
  'wrong-key': 'APIキーが受け付けられません (401)',
  forbidden: 'APIキーに権限がないか、IPアドレス制限で拒否されました (403)',
  'not-found': 'アラートが見つかりません (404)',
  'too-many': 'リクエストが多すぎます (429)',
  unexpected: '想定外の応答です',
  fault: 'Mackerel側のエラーです (5xx)',
  unreachable: '接続できません',
  slow: '時間内に応答がありません',
  garbled: '応答を読み取れません',
};

type Nobody = Extract<LoggedNews, { kind: 'nobody-answered' }>;

/** Who picked up and passed it on has answered. */
function nobody({ rounds, rings, passes = 0 }: Nobody): string {
  const counts = `${rounds}周, のべ${rings}回`;
  if (passes === 0) return `*誰も応答しませんでした* (${counts})`;
  return passes === rings
    ? `*全員が次の人に回し、誰も対応していません* (${counts})`
    : `*誰も対応していません* (${counts}, うち${passes}回は次の人に回されました)`;
}

const lasting = (seconds: number) => duration(seconds, '分', '秒');

export const japanese: Phrases = {
  testPage: ':test_tube: *架電のテスト* (アラートは出ていません)',
  alertOfUnknownName: 'Mackerelのアラート',
  alertGroup: (name) => `アラートグループ ${name}`,
  graph: 'グラフ',
  openSince: (when) => `${when} から`,
  andMore: (alerts) => `ほか${alerts}件`,
  connected: ':link: Mackerelとつながりました',
  mentionForbidden:
    ':information_source: このワークスペースでは @channel は許可されていません。誰にもメンションしていません',
  plain: {
    calling: ':telephone_receiver: アラートのため呼び出しています',
    taken: ':white_check_mark: アラートに対応する人が決まりました',
    closed: ':zzz: アラートは閉じました',
    nobody: ':x: *誰も対応していません*。Mackerelを見てください',
  },
  trouble: (what) =>
    what.kind === 'group-not-rung'
      ? `:warning: *アラートグループ「${what.name}」が発生しましたが、誰も呼び出しません*。CALLER_IDを設定すると、アラートグループも呼び出します`
      : `:warning: MackerelのWebhookから解釈できない通知が届いたため、誰も呼び出していません: \`${what.event}\`。Mackerelを見てください (この知らせは1日1回です)`,
  standing: (page, { name, mention }, isAllClosed) => {
    const { end, leg, attempt, members } = page;
    const rings = ringsOf(page);
    if (end?.kind === 'taken' && isAllClosed) return `:zzz: 閉じました (*${name(end.by)}* が対応)`;
    if (end?.kind === 'unanswered' && isAllClosed)
      return `:zzz: 閉じました (誰も${page.passes ? '対応' : '応答'}していません)`;
    if (end?.kind === 'taken')
      return `:white_check_mark: *${name(end.by)}* が${page.isTest ? '応答' : '対応中'}`;
    if (end?.kind === 'unanswered' && end.isPassed) return ':x: *全員が次の人に回しました*';
    if (end?.kind === 'unanswered') return `:x: *誰も${page.passes ? '対応' : '応答'}していません*`;
    if (end?.kind === 'closed') return ':zzz: アラートは閉じました';
    const place = `${members}人中${(turnsBefore(page, attempt) % members) + 1}人目・${Math.floor(rings / members) + 1}周目`;
    if (leg === 'pausing') return ':hourglass: 次の周まで休止中';
    return `:telephone_receiver: ${mention(memberAt(page, attempt))} を呼び出し中 (${place})`;
  },
  afterwards: (what, { name }) => {
    if (what.kind === 'rung-again')
      return ':repeat: その後、あらためて呼び出しました (新しいメッセージを見てください)';
    if (what.kind === 'taken')
      return `:white_check_mark: *${name(what.by)}* が対応中${what.isLater ? ' (その後の呼び出しで)' : ''}`;
    return `:zzz: 閉じました (${what.by === undefined ? '誰も対応していません' : `*${name(what.by)}* が対応`})`;
  },
  order: (page, rounds, { name }, shown) => {
    const order = orderOf(page);
    const people = order.slice(0, shown).map(name).join(' → ');
    const more = order.length > shown ? ` → … (${order.length}人, ` : ' (';
    return `順番: ${people}${more}${rounds}周まで)`;
  },
  line: (news, names) => {
    const { name, mention, alert } = names;
    switch (news.kind) {
      case 'page-started':
        if (news.why === 'still-open' && news.taker !== undefined)
          return `:repeat: まだ閉じていないため、対応中の${name(news.taker)}から呼び出します`;
        if (news.why === 'changed')
          return ':chart_with_upwards_trend: 再通知より早くMackerelから電話が来ました。状態が変わり、悪化したかもしれないため、すぐに呼び出します';
        if (news.why === 'new' && news.taker !== undefined)
          return `:eyes: 先ほど別のアラートの対応を引き受けた${name(news.taker)}から呼び出します`;
        return news.why === 'worse' ? ':chart_with_upwards_trend: 悪化したため、すぐに呼び出します' : null;
      case 'calling':
        return `:telephone_receiver: ${mention(news.member)} を呼び出しています`;
      case 'not-reached':
        return `:mobile_phone_off: ${name(news.member)}: ${WHY[news.why]}`;
      case 'called-in':
        return `:telephone: ${name(news.member)} から電話があったため、次に呼び出します`;
      case 'answered':
        return `:speech_balloon: ${name(news.member)} が電話に出ました`;
      case 'passed-on':
        return `:arrow_right: ${name(news.member)} が次の人に回しました`;
      case 'joined':
        return `:heavy_plus_sign: 加わりました: ${listed(news.alerts, names, (more) => ` ほか${more}件`, news.more)}${news.taker === undefined ? '' : ` (${mention(news.taker)} が対応を引き受けた直後のため、あわせて対応します)`}`;
      case 'joined-unheard':
        return `<!channel> :heavy_plus_sign: *${listed(news.alerts, names, (more) => ` ほか${more}件`)}*: 呼び出し中の人には伝わっていません。Mackerelを見てください (Twilio Syncが応答しないため、別には呼び出しません)`;
      case 'worse':
        return `:chart_with_upwards_trend: 悪化しました: ${alert(news.alert)}`;
      case 'taken':
        return `:white_check_mark: *${mention(news.member)} が${news.isTest ? 'テストに応答しました' : '対応します'}* (${news.attempt + 1}回目の呼び出し, ${lasting(news.seconds)})`;
      case 'nobody-answered':
        return `${news.isTest ? '' : '<!channel> '}:x: ${nobody(news)}${news.isTest ? '' : '。Mackerelの再通知が来たら、もう一度呼び出します'}`;
      case 'alert-closed':
        return `:zzz: 閉じました: ${alert(news.alert)}`;
      case 'all-closed':
        return news.taker === undefined || news.seconds === undefined
          ? ':zzz: *誰かが対応する前に閉じました*'
          : `:zzz: *閉じました* (${name(news.taker)}が対応してから${lasting(news.seconds)})`;
      case 'closed-by-phone':
        return `:zzz: *${mention(news.member)} が電話から閉じました*${news.alerts > 1 ? ` (${news.alerts}件)` : ''}`;
      case 'kept-quiet':
        return `:mute: 再通知: ${name(news.member)}が対応中のため、あと${news.minutes}分は呼び出しません (${alert(news.alert)})`;
      case 'settling':
        return `:mute: また発生しましたが、${mention(news.member)} が対応したばかりのため、呼び出しません: ${alert(news.alert)}`;
      case 'flapping':
        return `:repeat: 発生と復旧を繰り返しています (1時間に${news.times}回): ${alert(news.alert)}`;
      case 'closed-already':
        return `:mute: すでに閉じているため、呼び出しません: ${alert(news.alert)}`;
      case 'call-lost':
        return news.isSure
          ? '<!channel> :x: *通話が途中で切れました。まだ誰も対応していません*'
          : ':grey_question: 通話が終わりました。対応すると言った人がいなければ、まだ誰も対応していません';
      case 'unreachable':
        if (news.why === 'silent')
          return '<!channel> :x: *Twilioが応答せず、電話が鳴っているかわかりません。まだ誰も対応していません*';
        return `<!channel> :x: *Twilioから誰にも電話をかけられません。まだ誰も対応していません*${news.why ? '。アカウントの同時通話数の上限に達しています (10004)。docs/set-up.ja.mdを見てください' : ''}`;
      case 'went-direct':
        return ':telephone: Mackerelからの通話が切れたため、直接呼び出します';
      case 'resumed':
        return ':repeat: 途切れた呼び出しを次の人から再開します';
      case 'degraded':
        return ':warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)';
      case 'unavailable':
        return `:warning: MackerelのAPIでアラートを確かめられません: ${UNAVAILABLE[news.why]}`;
      case 'withdrawn':
        return null;
      case 'read-only-key':
        return ':information_source: MackerelのAPIキーは読み取り専用です。メモの記入と電話からのクローズは行いません';
    }
  },
};
