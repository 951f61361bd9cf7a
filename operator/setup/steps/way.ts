/** Bridge or direct: how people are rung. It stands in the dial list. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { LIST_FILE } from '../../../scripts/build/judge';
import { type Text, text } from '../../text';
import { change, type Setup, type Step } from '../setup';

export const wayStep: Step = { title: text('How people are rung', '呼び出し方'), run };

const WAYS: Readonly<Record<'call' | 'webhook', Text>> = {
  call: text(
    'bridge: Mackerel’s Twilio channel calls, and people are rung on its call. Two numbers; rings even if webhooks are late',
    'bridge: Mackerel の Twilio チャンネルからの電話の上で呼び出す。番号は 2 つ必要',
  ),
  webhook: text(
    'direct: Mackerel’s webhook comes, and we call people ourselves. One number, cheaper, works on a trial account',
    'direct: Mackerel の Webhook を受けて、こちらから直接電話する。番号は 1 つで安く、トライアルでも使える',
  ),
};

/** As people say it; the list has other words. */
const NAMES = { call: 'bridge', webhook: 'direct' } as const;

async function run(setup: Setup): Promise<void> {
  const { ask, list, root, tell } = setup;
  const { language } = tell;
  const answer = await ask.one(
    'way',
    text('How are people to be rung?', 'どのように呼び出しますか？'),
    (['call', 'webhook'] as const).map((start) => ({ value: NAMES[start], label: WAYS[start][language] })),
    NAMES[list.start],
  );
  const way = answer === NAMES.webhook ? 'webhook' : 'call';
  if (way !== list.start) {
    await change(
      setup,
      {
        may: text(
          `Write "start": "${way}" into ${LIST_FILE}?`,
          `${LIST_FILE} に "start": "${way}" を書きますか？`,
        ),
        done: text(`"start": "${way}" in ${LIST_FILE}`, `${LIST_FILE} に "start": "${way}"`),
        // To name it on the command line is to agree.
        kind: ask.flag('way') ? 'adds' : 'replaces',
      },
      async () => {
        const file = join(root, LIST_FILE);
        const before = readFileSync(file, 'utf8');
        const formattingOptions = { insertSpaces: true, tabSize: 2 };
        writeFileSync(file, applyEdits(before, modify(before, ['start'], way, { formattingOptions })));
        setup.list = { ...list, start: way };
      },
    );
  }
  tell.right(WAYS[setup.list.start]);
}
