/** Number B: one of this account's, or another account's, whose credentials are used once and saved nowhere. */
import twilio, { type Twilio } from 'twilio';
import { StepFault } from '../../fault';
import { shortly } from '../../service/phone';
import { text } from '../../text';
import type { Setup } from '../setup';
import { type Listed, looked, optionsOf, ours } from './own-number';

const NAME = text('number B', '番号 B');
/** The answer that number B is none of these. */
const ELSEWHERE = 'other';
const NONE = 'none';
/** New numbers come with this voice URL of Twilio's. */
export const DEMO = 'https://demo.twilio.com/welcome/voice/';

/** Whether there is one. */
export async function numberB(setup: Setup, others: readonly Listed[]): Promise<boolean> {
  const { ask, env, found } = setup;
  const wanted = ask.flag('number-b') ?? (await chosen(setup, others));
  if (!wanted || wanted === NONE) return false;
  if (wanted === found.numberA?.phone)
    throw new StepFault(
      text('Number B is number A: the call would be busy', '番号 B が番号 A と同じです。話し中になります'),
      text('Choose another number.', '別の番号を選んでください。'),
    );
  const own = others.find(({ phoneNumber }) => phoneNumber === wanted);
  if (own) {
    await looked(setup, NAME, setup.twilio(), own);
    found.numberB = ours(setup.twilio(), own);
    env.set('NUMBER_B', own.phoneNumber);
    return true;
  }
  return elsewhere(setup, wanted === ELSEWHERE ? null : wanted);
}

/** Without a person: only what was chosen before, or the only number that nobody uses. */
async function chosen({ ask, env }: Setup, others: readonly Listed[]): Promise<string | null> {
  const before = env.get('NUMBER_B');
  const answering = others.find(({ voiceUrl }) => voiceUrl?.endsWith('/hold-music'));
  const [first, ...more] = others;
  const isFree = first && more.length === 0 && (!first.voiceUrl || first.voiceUrl === DEMO);
  const likely = before ?? answering?.phoneNumber ?? (isFree ? first.phoneNumber : undefined);
  if (ask.isUnattended) return likely ?? null;
  const options = [
    ...optionsOf(others),
    ...(before && !others.some(({ phoneNumber }) => phoneNumber === before)
      ? [{ value: before, label: before }]
      : []),
    { value: NONE, label: ask.language === 'ja' ? 'まだない' : 'none yet' },
    { value: ELSEWHERE, label: ask.language === 'ja' ? '他のアカウントの番号' : 'another account’s' },
  ];
  return ask.one(
    'number-b',
    text(
      'Number B: where does Mackerel’s call go? It plays music while people are rung.',
      '番号 B: Mackerel の着信先はどれですか？ 呼び出しの間、保留音が流れます。',
    ),
    options,
    likely ?? first?.phoneNumber ?? NONE,
  );
}

/** @param phone null if only the account is known so far */
async function elsewhere(setup: Setup, phone: string | null): Promise<boolean> {
  const { ask, env, found, tell, todo } = setup;
  const sid = await ask.once(
    'NUMBER_B_ACCOUNT_SID',
    text('Account SID of number B’s account (it is not kept)', '番号 B のアカウントの SID（保存しません）'),
  );
  const token = await ask.once(
    'NUMBER_B_AUTH_TOKEN',
    text('Its Auth Token (not kept either)', 'その Auth Token（保存しません）'),
  );
  if (!sid || !token) {
    if (!phone || phone !== env.get('NUMBER_B')) throw noCredentials();
    found.phoneB = phone;
    tell.hint(
      text(
        `number B (${shortly(phone)}) is another account’s, and was not looked at`,
        `番号 B（${shortly(phone)}）は別アカウントのため、確認していません`,
      ),
    );
    todo.push(
      text(
        'If the service has moved to another domain, give number B’s credentials once more (NUMBER_B_ACCOUNT_SID, NUMBER_B_AUTH_TOKEN)',
        'ドメインが変わった場合は、番号 B の認証情報（NUMBER_B_ACCOUNT_SID、NUMBER_B_AUTH_TOKEN）をもう一度渡す',
      ),
    );
    return true;
  }
  const client = twilio(sid, token);
  const b = await numberIn(setup, client, phone);
  await looked(setup, NAME, client, b);
  found.numberB = ours(client, b);
  env.set('NUMBER_B', b.phoneNumber);
  return true;
}

async function numberIn({ ask }: Setup, client: Twilio, phone: string | null): Promise<Listed> {
  const owned = await client.incomingPhoneNumbers.list().catch((fault: Error & { status?: number }) => {
    if (fault.status !== 401 && fault.status !== 404) throw fault;
    throw new StepFault(
      text(
        'Twilio refuses the credentials of number B’s account',
        '番号 B のアカウントの認証情報が拒否されました',
      ),
      text(
        'Copy the SID and the token of that account anew.',
        'そのアカウントの SID と Auth Token を確認してください。',
      ),
    );
  });
  const wanted =
    phone ??
    (await ask.one(
      'number-b',
      NAME,
      optionsOf(owned),
      owned.length === 1 ? owned[0]?.phoneNumber : undefined,
    ));
  const found = owned.find(({ phoneNumber }) => phoneNumber === wanted);
  if (found) return found;
  throw new StepFault(
    text('That account does not have number B', 'そのアカウントに番号 B がありません'),
    text('Give --number-b with one of its numbers.', '--number-b でそのアカウントの番号を指定してください。'),
  );
}

const noCredentials = () =>
  new StepFault(
    text(
      'Number B is not this account’s, and its account is not known',
      '番号 B はこのアカウントの番号ではなく、認証情報がありません',
    ),
    text(
      'Run this in a terminal, or put NUMBER_B_ACCOUNT_SID and NUMBER_B_AUTH_TOKEN into its environment.',
      '端末で実行するか、環境変数 NUMBER_B_ACCOUNT_SID と NUMBER_B_AUTH_TOKEN で渡してください。',
    ),
  );
