/** The people: whether each can be reached, who is first when, and whom a ring has ever reached. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { DialList, Member } from '../../../src/dial-list/list';
import { dialOrder } from '../../../src/dial-list/order';
import { judgePhone } from '../../../src/dial-list/phone-number';
import { turnByDate } from '../../../src/dial-list/rotation';
import { type Proof, proofsIn } from '../../service/history';
import { asIs, type Text, text } from '../../text';
import { type Check, NO_HISTORY, right, unknown, type Verdict, wrong } from '../check';
import { carriers, valid } from './lookup';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_AHEAD = 14;
/** Seconds that Twilio rings longer than told: docs/voice/twiml/dial#timeout */
const ADDED = 5;

/** The kind of a number, by its country's numbering plan. */
const KINDS: Readonly<Record<string, Text>> = {
  MOBILE: text('mobile', '携帯電話'),
  FIXED_LINE: text('fixed line', '固定電話'),
  FIXED_LINE_OR_MOBILE: text('fixed line or mobile', '固定または携帯電話'),
  VOIP: text('IP phone', 'IP 電話'),
};

const reach = ({ name, phone }: Member, place: number): Check => ({
  id: `people.${place + 1}`,
  what: asIs(name),
  async look({ asked, isPractice, list }) {
    const pages = await asked.records();
    const times = lastTimes(list, pages && (proofsIn(pages).get(name) ?? {}));
    if (isPractice && judgePhone(phone).kind === 'sample')
      return right(both(text('a made-up number', '架空の番号'), times));
    const number = parsePhoneNumberFromString(phone);
    if (!number?.isValid())
      return wrong(
        text('not a number in any numbering plan', '番号計画にない電話番号です'),
        text('Correct it in the dial list.', '連絡先リストの番号を直してください。'),
      );
    const kind = number.getType() ?? '';
    const known = KINDS[kind];
    if (known)
      return right(both(text(`${known.en}, ${number.country}`, `${known.ja}（${number.country}）`), times));
    return unknown(
      both(text(`an unusual kind of number: ${kind || 'unknown'}`, `特殊な番号: ${kind || '不明'}`), times),
      text('Rehearse it: npm run rehearse', '訓練で確かめてください: npm run rehearse'),
    );
  },
});

const both = (one: Text, other: Text): Text => text(`${one.en}; ${other.en}`, `${one.ja}、${other.ja}`);

/** When this phone last rang, was answered, and had a key pressed; null if nobody knows. */
function lastTimes({ timeZone }: DialList, proof: Proof | null): Text {
  if (!proof) return text('the history cannot be read', '履歴を読めません');
  const { rungAt, answeredAt, keyAt } = proof;
  if (!rungAt) return text('never rung', '着信なし');
  const on = (at: number | undefined) => at && new Date(at).toLocaleDateString('sv-SE', { timeZone });
  const rung = on(rungAt);
  if (rung === on(answeredAt) && rung === on(keyAt))
    return text(`rung, answered, key pressed ${rung}`, `着信・応答・キー操作 ${rung}`);
  return text(
    `rung ${rung}, answered ${on(answeredAt) ?? 'never'}, key pressed ${on(keyAt) ?? 'never'}`,
    `着信 ${rung}、応答 ${on(answeredAt) ?? 'なし'}、キー操作 ${on(keyAt) ?? 'なし'}`,
  );
}

const doubles: Check = {
  id: 'people.doubles',
  what: text('Doubles', '重複'),
  look({ list: { members } }) {
    const sharing = members.filter(({ phone }, place) =>
      members.some((other, at) => at !== place && other.phone === phone),
    );
    if (sharing.length === 0) return right(text('every phone is listed once', '重複なし'));
    const names = [...new Set(sharing.map(({ name }) => name))].join(', ');
    return unknown(
      text(`listed more than once: ${names}`, `同じ電話番号: ${names}`),
      text('Keep it if it is meant.', '意図したものなら問題ありません。'),
    );
  },
};

const voicemail: Check = {
  id: 'people.voicemail',
  what: text('Voicemail', '留守番電話'),
  look({ list: { members }, voicemailSeconds }) {
    const longest = Math.max(...members.map(({ ringSeconds }) => ringSeconds)) + ADDED;
    if (longest <= voicemailSeconds)
      return right(
        text(
          `rings ${longest} s at most, before it answers`,
          `呼び出しは最長 ${longest} 秒で、応答前に切れます`,
        ),
      );
    return unknown(
      text(
        `rings up to ${longest} s, and a voicemail may answer after ${voicemailSeconds} s`,
        `最長 ${longest} 秒鳴らしますが、留守番電話が約 ${voicemailSeconds} 秒で応答することがあります`,
      ),
      text(
        'Switch voicemail off, or let it answer later. It takes no page, but it ends the ring.',
        '留守番電話を切るか、応答を遅らせてください。対応扱いにはなりませんが、呼び出しはそこで終わります。',
      ),
    );
  },
};

const duty: Check = {
  id: 'people.duty',
  what: text('First in turn', '最初に鳴る人'),
  look({ list, now }) {
    if (list.rotation.every === 'page') return right(text('the next one at each page', 'ページごとに交代'));
    const first = (at: number) => {
      const [place = 0] = dialOrder(list.members.length, turnByDate(list, at));
      return list.members[place]?.name ?? '';
    };
    const changes: string[] = [];
    let before = first(now);
    const today = before;
    for (let day = 1; day <= DAYS_AHEAD; day++) {
      const name = first(now + day * DAY_MS);
      if (name !== before) changes.push(`${dayOf(now + day * DAY_MS, list.timeZone)} ${name}`);
      before = name;
    }
    const then = changes.map((change) => ` → ${change}`).join('');
    return right(text(`today ${today}${then}`, `今日 ${today}${then}`));
  },
};

const dayOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('ja-JP', { timeZone, month: 'numeric', day: 'numeric' }).format(at);

const proven: Check = {
  id: 'people.proven',
  what: text('Proven by a ring', '着信の実績'),
  async look({ asked, list: { members, answer, timeZone } }): Promise<Verdict> {
    const pages = await asked.records();
    if (!pages) return NO_HISTORY;
    const proofs = proofsIn(pages);
    const provenAt = ({ name }: Member) => {
      const { answeredAt, keyAt } = proofs.get(name) ?? {};
      return answer === 'pickup' ? answeredAt : keyAt;
    };
    const never = members.filter((member) => provenAt(member) === undefined).map(({ name }) => name);
    if (never.length > 0)
      return wrong(
        text(
          `never answered with a key: ${never.join(', ')}`,
          `応答とキー操作の実績なし: ${never.join('、')}`,
        ),
        text(
          'Rehearse with them: npm run rehearse -- --to NAME',
          '訓練してください: npm run rehearse -- --to 名前',
        ),
      );
    const oldest = Math.min(...members.map((member) => provenAt(member) ?? 0));
    const day = new Date(oldest).toLocaleDateString('sv-SE', { timeZone });
    return right(text(`everybody has answered since ${day}`, `全員に実績あり（最も古いのは ${day}）`));
  },
};

export const people = ({ members }: DialList): readonly Check[] => [
  ...members.map(reach),
  doubles,
  valid,
  carriers,
  voicemail,
  duty,
  proven,
];
