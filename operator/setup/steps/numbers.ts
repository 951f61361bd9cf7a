/** Number A, which people see on their phones, and number B, which Mackerel's call goes to. */
import twilio, { type Twilio } from 'twilio';
import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber';
import { StepFault } from '../../fault';
import { type Text, text } from '../../text';
import { type OwnNumber, type Setup, type Step, shortly } from '../setup';

export const numbersStep: Step = { title: text('Numbers', '電話番号'), run };

/** The answer that number B is not among these. */
const ELSEWHERE = 'other';

async function run(setup: Setup): Promise<void> {
  const { env, found, list, tell, todo } = setup;
  const owned = await setup.twilio().incomingPhoneNumbers.list();
  if (owned.length === 0)
    throw new StepFault(
      text('The account has no number yet', 'アカウントに電話番号がありません'),
      text(
        'Buy one with voice; in Japan it takes papers first (docs/set-up.md): https://console.twilio.com/us1/develop/phone-numbers/manage/search',
        '音声対応の番号を購入してください。日本の番号には書類が必要です（docs/set-up.ja.md）: https://console.twilio.com/us1/develop/phone-numbers/manage/search',
      ),
    );
  const a = await chosen(
    setup,
    'number-a',
    text(
      'Number A: which one do people see when they are rung?',
      '番号 A: 呼び出し時に表示される番号はどれですか？',
    ),
    owned,
    owned.find(({ phoneNumber }) => phoneNumber === env.get('CALLER_ID')) ?? owned[0],
  );
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
  const b = await numberB(
    setup,
    owned.filter(({ sid }) => sid !== a.sid),
  );
  if (b) {
    found.numberB = b;
    return;
  }
  todo.push(
    text(
      'Number B: buy a second number (any account, any country), and run this again',
      '番号 B: 2 つ目の番号を購入し（アカウントや国は問いません）、もう一度実行する',
    ),
  );
  tell.hint(text('number B is still open', '番号 B は未定です'));
}

async function numberB(
  setup: Setup,
  others: readonly IncomingPhoneNumberInstance[],
): Promise<OwnNumber | null> {
  const answering = others.find(({ voiceUrl }) => voiceUrl?.endsWith('/hold-music'));
  const b = await chosen(
    setup,
    'number-b',
    text(
      'Number B: where does Mackerel’s call go? It plays music while people are rung.',
      '番号 B: Mackerel の着信先はどれですか？ 呼び出しの間、保留音が流れます。',
    ),
    others,
    answering ?? others[0],
    true,
  );
  if (b) {
    await looked(setup, text('number B', '番号 B'), setup.twilio(), b);
    return ours(setup.twilio(), b);
  }
  return elsewhere(setup);
}

/** Another account's credentials are used once, and kept nowhere. */
async function elsewhere(setup: Setup): Promise<OwnNumber | null> {
  const sid = await setup.ask.secret(
    text('Account SID of number B’s account (it is not kept)', '番号 B のアカウントの SID（保存しません）'),
  );
  const token = await setup.ask.secret(
    text('Its Auth Token (not kept either)', 'その Auth Token（保存しません）'),
  );
  if (!sid || !token) return null;
  const client = twilio(sid, token);
  const owned = await client.incomingPhoneNumbers.list();
  const b = await chosen(setup, 'number-b', text('Number B', '番号 B'), owned, owned[0]);
  if (!b) return null;
  await looked(setup, text('number B', '番号 B'), client, b);
  return ours(client, b);
}

const ours = (client: Twilio, { sid, phoneNumber, voiceUrl }: IncomingPhoneNumberInstance): OwnNumber => ({
  sid,
  phone: phoneNumber,
  voiceUrl: voiceUrl ?? '',
  client,
});

async function chosen(
  { ask }: Setup,
  flag: string,
  question: Text,
  owned: readonly IncomingPhoneNumberInstance[],
  initial?: IncomingPhoneNumberInstance,
  mayBeElsewhere = false,
): Promise<IncomingPhoneNumberInstance | undefined> {
  const options = owned.map(({ phoneNumber, friendlyName }) => ({
    value: phoneNumber,
    label: phoneNumber,
    hint: friendlyName === phoneNumber ? undefined : friendlyName,
  }));
  const other = { value: ELSEWHERE, label: '他のアカウントの番号 / another account’s' };
  const answer = await ask.one(
    flag,
    question,
    [...options, ...(mayBeElsewhere ? [other] : [])],
    initial?.phoneNumber,
  );
  return owned.find(({ phoneNumber }) => phoneNumber === answer);
}

/** What would keep a number from ringing. */
async function looked(
  { tell }: Setup,
  name: Text,
  client: Twilio,
  number: IncomingPhoneNumberInstance,
): Promise<void> {
  const shown = shortly(number.phoneNumber);
  const named = (en: string, ja: string) =>
    text(`${name.en} (${shown}) ${en}`, `${name.ja}（${shown}）${ja}`);
  if (!number.capabilities.voice)
    throw new StepFault(
      named('cannot do calls', 'は音声通話ができません'),
      text('Choose one with voice.', '音声対応の番号を選んでください。'),
    );
  // Twilio ignores the voice URL where either is set: docs/phone-numbers/api/incomingphonenumber-resource
  if (number.trunkSid || number.voiceApplicationSid)
    throw new StepFault(
      named(
        'is answered by a SIP trunk or a TwiML App, so its voice URL is ignored',
        'は SIP トランクか TwiML App に接続されており、Voice URL が無視されます',
      ),
      text(
        'Take it off the number in the Console, and run this again.',
        'Console で番号から外し、もう一度実行してください。',
      ),
    );
  const region = await client.routes.v2
    .phoneNumbers(number.phoneNumber)
    .fetch()
    .then(
      ({ voiceRegion }) => voiceRegion,
      () => null,
    );
  if (region && region !== 'us1') {
    tell.hint(
      named(
        `is routed to ${region}: what signs there are other credentials, so set it to us1`,
        `のリージョンが ${region} です。署名が異なるため us1 にしてください`,
      ),
    );
    return;
  }
  tell.right(named('can be called', 'は着信できます'));
}
