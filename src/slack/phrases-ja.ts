import type { LoggedNews, NotReached, Unavailable } from '../escalation';
import { duration, type Lines, lineFrom, listed, type Phrases } from './phrases';

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

/** A member who passed it on has answered. */
function nobody({ rounds, rings, passes = 0 }: Nobody): string {
  const counts = `${rounds}周, のべ${rings}回`;
  if (passes === 0) return `*誰も応答しませんでした* (${counts})`;
  return passes === rings
    ? `*全員が次の人に回し、誰も対応していません* (${counts})`
    : `*誰も対応していません* (${counts}, うち${passes}回は次の人に回されました)`;
}

const lasting = (seconds: number) => duration(seconds, '分', '秒');

const andMore = (more: number) => ` ほか${more}件`;

const CHART = ':chart_with_upwards_trend:';

const LINES: Lines = {
  'page-started': ({ why, taker }, { name }) => {
    if (why === 'still-open' && taker !== undefined)
      return `:repeat: まだ閉じていないため、対応中の${name(taker)}から呼び出します`;
    if (why === 'changed')
      return `${CHART} 再通知より早くMackerelから電話が来ました。状態が変わり、悪化したかもしれないため、すぐに呼び出します`;
    if (why === 'new' && taker !== undefined)
      return `:eyes: 先ほど別のアラートの対応を引き受けた${name(taker)}から呼び出します`;
    return why === 'worse' ? `${CHART} 悪化したため、すぐに呼び出します` : null;
  },
  calling: ({ member }, { mention }) => `:telephone_receiver: ${mention(member)} を呼び出しています`,
  'not-reached': ({ member, why }, { name }) => `:mobile_phone_off: ${name(member)}: ${WHY[why]}`,
  'called-in': ({ member }, { name }) => `:telephone: ${name(member)} から電話があったため、次に呼び出します`,
  answered: ({ member }, { name }) => `:speech_balloon: ${name(member)} が電話に出ました`,
  'passed-on': ({ member }, { name }) => `:arrow_right: ${name(member)} が次の人に回しました`,
  joined: ({ alerts, more, taker }, names) =>
    `:heavy_plus_sign: 加わりました: ${listed(alerts, names, andMore, more)}${taker === undefined ? '' : ` (${names.mention(taker)} が対応を引き受けた直後のため、あわせて対応します)`}`,
  'joined-unheard': ({ alerts }, names) =>
    `<!channel> :heavy_plus_sign: *${listed(alerts, names, andMore)}*: 呼び出し中の人には伝わっていません。Mackerelを見てください (Twilio Syncが応答しないため、別には呼び出しません)`,
  worse: (news, { alert }) => `${CHART} 悪化しました: ${alert(news.alert)}`,
  taken: ({ member, isTest, attempt, seconds }, { mention }) =>
    `:white_check_mark: *${mention(member)} が${isTest ? 'テストに応答しました' : '対応します'}* (${attempt + 1}回目の呼び出し, ${lasting(seconds)})`,
  'nobody-answered': (news) =>
    news.isTest
      ? `:x: ${nobody(news)}`
      : `<!channel> :x: ${nobody(news)}。Mackerelの再通知が来たら、もう一度呼び出します`,
  'alert-closed': (news, { alert }) => `:zzz: 閉じました: ${alert(news.alert)}`,
  'all-closed': ({ taker, seconds }, { name }) =>
    taker === undefined || seconds === undefined
      ? ':zzz: *誰かが対応する前に閉じました*'
      : `:zzz: *閉じました* (${name(taker)}が対応してから${lasting(seconds)})`,
  'closed-by-phone': ({ member, alerts }, { mention }) =>
    `:zzz: *${mention(member)} が電話から閉じました*${alerts > 1 ? ` (${alerts}件)` : ''}`,
  'kept-quiet': ({ member, minutes, ...news }, { name, alert }) =>
    `:mute: 再通知: ${name(member)}が対応中のため、あと${minutes}分は呼び出しません (${alert(news.alert)})`,
  settling: ({ member, ...news }, { mention, alert }) =>
    `:mute: また発生しましたが、${mention(member)} が対応したばかりのため、呼び出しません: ${alert(news.alert)}`,
  flapping: ({ times, ...news }, { alert }) =>
    `:repeat: 発生と復旧を繰り返しています (1時間に${times}回): ${alert(news.alert)}`,
  'closed-already': (news, { alert }) => `:mute: すでに閉じているため、呼び出しません: ${alert(news.alert)}`,
  'call-lost': ({ isSure }) =>
    isSure
      ? '<!channel> :x: *通話が途中で切れました。まだ誰も対応していません*'
      : ':grey_question: 通話が終わりました。対応すると言った人がいなければ、まだ誰も対応していません',
  unreachable: ({ why }) => {
    if (why === 'silent')
      return '<!channel> :x: *Twilioが応答せず、電話が鳴っているかわかりません。まだ誰も対応していません*';
    return `<!channel> :x: *Twilioから誰にも電話をかけられません。まだ誰も対応していません*${why ? '。アカウントの同時通話数の上限に達しています (10004)。docs/set-up.ja.mdを見てください' : ''}`;
  },
  'went-direct': () => ':telephone: Mackerelからの通話が切れたため、直接呼び出します',
  resumed: () => ':repeat: 途切れた呼び出しを次の人から再開します',
  degraded: () =>
    ':warning: Twilio Syncが応答しません。ここにないアラートや記録があるかもしれません。Mackerelも見てください (呼び出しは続けます)',
  unavailable: ({ why }) => `:warning: MackerelのAPIでアラートを確かめられません: ${UNAVAILABLE[why]}`,
  'read-only-key': () =>
    ':information_source: MackerelのAPIキーは読み取り専用です。メモの記入と電話からのクローズは行いません',
  withdrawn: () => null,
};

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
  standing: (what, { name, mention }) => {
    switch (what.kind) {
      case 'calling':
        return `:telephone_receiver: ${mention(what.member)} を呼び出し中 (${what.members}人中${what.place}人目・${what.round}周目)`;
      case 'pausing':
        return ':hourglass: 次の周まで休止中';
      case 'taken':
        return `:white_check_mark: *${name(what.by)}* が${what.isTest ? '応答' : '対応中'}${what.isLater ? ' (その後の呼び出しで)' : ''}`;
      case 'all-passed':
        return ':x: *全員が次の人に回しました*';
      case 'nobody':
        return `:x: *誰も${what.hasPasses ? '対応' : '応答'}していません*`;
      case 'rung-again':
        return ':repeat: その後、あらためて呼び出しました (新しいメッセージを見てください)';
      case 'closed':
        return ':zzz: アラートは閉じました';
      case 'closed-since':
        if (what.by !== undefined) return `:zzz: 閉じました (*${name(what.by)}* が対応)`;
        return `:zzz: 閉じました (誰も${what.hasPasses ? '対応' : '応答'}していません)`;
    }
  },
  order: (people, of, rounds) => `順番: ${people}${of ? ` → … (${of}人, ` : ' ('}${rounds}周まで)`,
  line: (news, names) => lineFrom(LINES, news, names),
};
