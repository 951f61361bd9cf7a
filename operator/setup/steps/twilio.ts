/** The Twilio account: its credentials, and what it can do. */
import twilio from 'twilio';
import { StepFault } from '../../fault';
import { text } from '../../text';
import type { Setup, Step } from '../setup';

export const twilioStep: Step = { title: text('Twilio', 'Twilio'), run };

async function run(setup: Setup): Promise<void> {
  const { ask, env, tell } = setup;
  const isSid = async (sid: string) =>
    /^AC[0-9a-f]{32}$/.test(sid)
      ? null
      : text('An account SID is AC and 32 digits from 0 to f', 'Account SID は AC と 0〜f の 32 桁です');
  await ask.value({
    name: 'ACCOUNT_SID',
    flag: 'account-sid',
    question: text(
      'Twilio Account SID (https://console.twilio.com, Account Info)',
      'Twilio の Account SID（https://console.twilio.com の Account Info）',
    ),
    check: isSid,
  });
  await ask.value({
    name: 'AUTH_TOKEN',
    isSecret: true,
    question: text('Its Auth Token', 'その Auth Token'),
    check: (token) => isLetIn(env.get('ACCOUNT_SID') ?? '', token),
  });
  const { status, type } = await setup
    .twilio()
    .api.v2010.accounts(env.get('ACCOUNT_SID') ?? '')
    .fetch();
  if (status !== 'active')
    throw new StepFault(
      text(`The account is ${status}`, `アカウントの状態: ${status}`),
      text(
        'Ask Twilio’s support why, in the Console.',
        'Twilio Console からサポートに問い合わせてください。',
      ),
    );
  if (type !== 'Trial') {
    tell.right(text('a paid account, active', '有料アカウント（有効）'));
    return;
  }
  // docs/usage/trials/try-out-voice
  tell.hint(
    text(
      'a trial account: it rings verified numbers only, in your own country, 75 minutes in all, and not on Mackerel’s call (bridge)',
      'トライアルアカウント: 認証済みの国内番号しか鳴らせず、通話は合計 75 分まで。Mackerel の通話上での呼び出し（bridge）はできません',
    ),
  );
  setup.todo.push(
    text(
      'Upgrade the account before you rely on it: https://console.twilio.com/us1/billing',
      '本番で使う前にアカウントをアップグレードする: https://console.twilio.com/us1/billing',
    ),
  );
}

async function isLetIn(sid: string, token: string) {
  try {
    // The answer has the token in clear text: it is neither saved nor shown.
    await twilio(sid, token).api.v2010.accounts(sid).fetch();
    return null;
  } catch (fault) {
    const { status, message } = fault as { status?: number; message: string };
    return status === 401 || status === 403 || status === 404
      ? text(
          'Twilio refuses this SID and token (is it the live token, not one of a subaccount or for tests?)',
          'この SID と Auth Token は拒否されました（サブアカウントやテスト用のものではありませんか）',
        )
      : text(`Twilio does not answer: ${message}`, `Twilio に接続できません: ${message}`);
  }
}
