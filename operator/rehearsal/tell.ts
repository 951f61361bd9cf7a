/** A rehearsal in words: line by line as it happens, and its result. */
import type { PageRecord } from '../service/history';
import { type Text, text } from '../text';
import type { Seen } from './follow';

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Nothing for events that do not matter. */
export function lineOf({ name, status, after }: Seen): Text | null {
  const at = clock(after);
  if (name === null) {
    if (status === 'in-progress')
      return text(`${at} number B answers: music`, `${at} 番号 B が応答（保留音）`);
    if (status === 'completed')
      return text(`${at} the call ends, and the music with it`, `${at} 通話が終了し、保留音も止まりました`);
    return /queued|ringing|initiated/.test(status)
      ? null
      : text(`${at} the call to number B: ${status}`, `${at} 番号 B への通話: ${status}`);
  }
  const words: Readonly<Record<string, Text>> = {
    ringing: text('is rung', 'を呼び出し中'),
    'in-progress': text('picks up', 'が電話に出ました'),
    'no-answer': text('does not answer', 'は応答なし'),
    busy: text('is busy', 'は話し中'),
    failed: text('cannot be rung', 'を呼び出せません'),
    canceled: text('is rung no more', 'の呼び出しを中止'),
    completed: text('hangs up', 'の通話が終了'),
  };
  const said = words[status];
  return said ? text(`${at} ${name} ${said.en}`, `${at} ${name} ${said.ja}`) : null;
}

const OUTCOMES: Readonly<Record<string, Text>> = {
  taken: text('pressed 1: took it', '1 を押して対応'),
  passed: text('pressed 2: passed it on', '2 を押して次の人へ'),
  'no-answer': text('did not answer', '応答なし'),
  'no-key': text('picked up, and pressed nothing', '出たがキー操作なし'),
  busy: text('was busy', '話し中'),
  failed: text('could not be rung', '呼び出し失敗'),
};

/** The service's record: each ring, whose it was, how long after the beginning, and how it ended. */
export function resultOf({ attempts = [], startedAt = '' }: PageRecord): readonly Text[] {
  const since = (at: string | undefined) => Math.round((Date.parse(at ?? '') - Date.parse(startedAt)) / 1000);
  return attempts.map(({ member, calledAt, pickedUpAt, outcome = '' }) => {
    const ended = OUTCOMES[outcome] ?? text(outcome || 'end unknown', outcome || '結果不明');
    const picked = pickedUpAt
      ? text(
          `, picked up after ${since(pickedUpAt) - since(calledAt)} s`,
          `、${since(pickedUpAt) - since(calledAt)} 秒後に応答`,
        )
      : text('', '');
    return text(
      `${member}: rung after ${since(calledAt)} s${picked.en}, ${ended.en}`,
      `${member}: ${since(calledAt)} 秒後に呼び出し${picked.ja}、${ended.ja}`,
    );
  });
}
