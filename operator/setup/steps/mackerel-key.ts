/** Mackerel's API key: what it may do. */
import { MackerelRefusal } from '../../service/mackerel';
import { type Text, text } from '../../text';
import type { Setup, Step } from '../setup';

export const mackerelKeyStep: Step = { title: text('Mackerel', 'Mackerel'), run };

async function run(setup: Setup): Promise<void> {
  const { ask, found, tell, todo } = setup;
  const key = await ask.value({
    name: 'MACKEREL_API_KEY',
    isSecret: true,
    isOptional: true,
    question: text(
      'Mackerel API key (https://mackerel.io/my?tab=apikeys); with the right to write, the rest is done for you',
      'Mackerel の API キー（https://mackerel.io/my?tab=apikeys）。書き込み権限があれば設定まで行います',
    ),
    check: (given) => refused(setup, given),
  });
  if (key === null) {
    todo.push(
      text(
        'An API key of Mackerel’s: with it alerts are called by name, and closed ones ring nobody',
        'Mackerel の API キーを設定する（アラート名の読み上げと、解決済みアラートの呼び出し停止に使います）',
      ),
    );
    return;
  }
  const api = setup.mackerel(key);
  const [{ name }, mayWrite, restriction] = await Promise.all([
    api.org(),
    api.mayWrite(),
    api.apiRestriction().catch(() => []),
  ]);
  found.hasMackerel = true;
  found.mayWriteMackerel = mayWrite === true;
  tell.right(
    mayWrite
      ? text(`${name}; the key may write`, `${name}（読み書き可）`)
      : text(`${name}; the key reads`, `${name}（読み取りのみ）`),
  );
  if (mayWrite) await graphs(setup, await api.services());
  if (restriction.length > 0)
    tell.hint(
      text(
        'the API is restricted to certain addresses, and Functions have none of their own: they will be refused',
        'API の IP アドレス制限があります。Functions の送信元は固定ではないため拒否されます',
      ),
    );
}

/** Which of Mackerel's services gets the figures of each page. */
async function graphs({ ask, env, tell }: Setup, services: readonly string[]): Promise<void> {
  const before = env.get('MACKEREL_SERVICE');
  const none = { value: '', label: ask.language === 'ja' ? '投稿しない' : 'none' };
  const name = await ask.one(
    'service',
    text(
      'Which service of Mackerel’s should have figures of each page (seconds until taken, rings)?',
      '呼び出しの記録（対応までの秒数、呼び出し回数）をどのサービスに投稿しますか？',
    ),
    [none, ...services.map((value) => ({ value, label: value }))],
    before ?? '',
  );
  if (!name) return;
  if (!services.includes(name)) {
    tell.wrong(
      text(`Mackerel has no service ${name}`, `Mackerel に ${name} というサービスがありません`),
      text('Correct MACKEREL_SERVICE in .env.', '.env の MACKEREL_SERVICE を直してください。'),
    );
    return;
  }
  env.set('MACKEREL_SERVICE', name);
  tell.right(text(`each page’s figures go to ${name}`, `呼び出しの記録は ${name} に投稿します`));
}

async function refused(setup: Setup, key: string): Promise<Text | null> {
  try {
    await setup.mackerel(key).org();
    return null;
  } catch (fault) {
    const { message } = fault as Error;
    return fault instanceof MackerelRefusal
      ? text(`Mackerel refuses the key (${message})`, `Mackerel に拒否されました（${message}）`)
      : text(`Mackerel does not answer: ${message}`, `Mackerel に接続できません: ${message}`);
  }
}
