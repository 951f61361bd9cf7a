/** Number A, which people see on their phones, and number B, which Mackerel's call goes to. */
import { StepFault } from '../../fault';
import { text } from '../../text';
import type { Setup, Step } from '../setup';
import { numberB } from './number-b';
import { looked, optionsOf, ours } from './own-number';

export const numbersStep: Step = { title: text('Numbers', '電話番号'), run };

async function run(setup: Setup): Promise<void> {
  const { ask, env, found, list, tell, todo } = setup;
  const owned = await setup.twilio().incomingPhoneNumbers.list();
  if (owned.length === 0)
    throw new StepFault(
      text('The account has no number yet', 'アカウントに電話番号がありません'),
      text(
        'Buy one with voice; in Japan it takes papers first (docs/set-up.md): https://console.twilio.com/us1/develop/phone-numbers/manage/search',
        '音声対応の番号を購入してください。日本の番号には書類が必要です（docs/set-up.ja.md）: https://console.twilio.com/us1/develop/phone-numbers/manage/search',
      ),
    );
  const likely = owned.find(({ phoneNumber }) => phoneNumber === env.get('CALLER_ID')) ?? owned[0];
  const answer = await ask.one(
    'number-a',
    text(
      'Number A: which one do people see when they are rung?',
      '番号 A: 呼び出し時に表示される番号はどれですか？',
    ),
    optionsOf(owned),
    likely?.phoneNumber,
  );
  const a = owned.find(({ phoneNumber }) => phoneNumber === answer);
  if (!a)
    throw new StepFault(
      text('No number A', '番号 A がありません'),
      text('Give --number-a.', '--number-a で指定してください。'),
    );
  env.set('CALLER_ID', a.phoneNumber);
  found.numberA = ours(setup.twilio(), a);
  await looked(setup, text('number A', '番号 A'), setup.twilio(), a);
  if (list.start === 'webhook') {
    tell.right(text('no number B is needed: people are rung directly', '直接発信のため、番号 B は不要です'));
    return;
  }
  const others = owned.filter(({ sid }) => sid !== a.sid);
  if (await numberB(setup, others)) return;
  todo.push(
    text(
      'Number B: buy a second number (any account, any country), and run this again',
      '番号 B: 2 つ目の番号を購入し（アカウントや国は問いません）、もう一度実行する',
    ),
  );
  tell.hint(text('number B is still open', '番号 B は未定です'));
}
