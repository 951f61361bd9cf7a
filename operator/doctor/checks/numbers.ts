/** Numbers A and B, and whether the members' countries may be called. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber';
import type { DialList } from '../../../src/dial-list/list';
import { shortly } from '../../service/phone';
import { asIs, type Text, text } from '../../text';
import { type Check, right, unknown, type Verdict, wrong } from '../check';
import type { Patient } from '../patient';

/** The one that this Function answers. */
export async function numberFor(
  { asked }: Patient,
  path: string,
): Promise<IncomingPhoneNumberInstance | undefined> {
  const [owned, deployment] = await Promise.all([asked.numbers(), asked.deployment()]);
  return owned.find(({ voiceUrl }) => voiceUrl === `https://${deployment?.domain}${path}`);
}

async function numberA(patient: Patient): Promise<IncomingPhoneNumberInstance | undefined> {
  const answering = await numberFor(patient, '/call-in');
  const owned = await patient.asked.numbers();
  return answering ?? owned.find(({ phoneNumber }) => phoneNumber === patient.env.CALLER_ID);
}

const callerId: Check = {
  id: 'numbers.caller-id',
  what: text('CALLER_ID', 'CALLER_ID'),
  async look({ asked, env, list }) {
    if (!env.CALLER_ID)
      return list.start === 'webhook'
        ? wrong(
            text('not set', '未設定'),
            text('Write number A into .env.', '.env に番号 A を書いてください。'),
          )
        : unknown(
            text(
              'not set; people see the number that Mackerel calls from',
              '未設定（Mackerel の発信元の番号が表示されます）',
            ),
            text('Set it, and calls of our own can step in.', '設定すると、こちらからの発信で補えます。'),
          );
    const isOwned = (await asked.numbers()).some(({ phoneNumber }) => phoneNumber === env.CALLER_ID);
    return isOwned
      ? right(text('a number of this account', 'このアカウントの番号です'))
      : wrong(
          text(
            'no number of this account, so Twilio refuses each ring (error 21210)',
            'このアカウントの番号ではないため、発信が拒否されます（エラー 21210）',
          ),
          text('Use a number that you bought.', '購入した番号を書いてください。'),
        );
  },
};

const a: Check = {
  id: 'numbers.a',
  what: text('Number A', '番号 A'),
  look: async (patient) => answered('A', '/call-in', await numberA(patient), patient),
};

const b: Check = {
  id: 'numbers.b',
  what: text('Number B', '番号 B'),
  look: async (patient) =>
    patient.list.start === 'webhook'
      ? null
      : answered('B', '/hold-music', await numberFor(patient, '/hold-music'), patient),
};

async function answered(
  name: 'A' | 'B',
  path: string,
  number: IncomingPhoneNumberInstance | undefined,
  { asked, env }: Patient,
): Promise<Verdict | null> {
  const deployment = await asked.deployment();
  if (!deployment) return null;
  const wanted = `https://${deployment.domain}${path}`;
  if (!number) return name === 'B' ? isElsewhere(path, wanted, env.NUMBER_B) : isNowhere(path, wanted);
  const fault = silenceOf(number);
  if (fault) return fault;
  if (number.voiceUrl !== wanted)
    return wrong(
      number.voiceUrl ? asIs(number.voiceUrl) : text('no voice URL', 'Voice URL が未設定'),
      text(`Set its voice URL to ${wanted}`, `Voice URL を ${wanted} にしてください。`),
    );
  return right(text(`answered by ${path}`, `${path} が応答します`));
}

const isElsewhere = (path: string, wanted: string, phone: string | undefined) =>
  unknown(
    phone
      ? text(
          `${shortly(phone)} is another account’s, and was not looked at`,
          `${shortly(phone)} は別のアカウントの番号のため、確認していません`,
        )
      : text(
          `no number here is answered by ${path}; it may be another account’s`,
          `${path} に応答する番号がありません（別のアカウントの番号かもしれません）`,
        ),
    text(`Set number B’s voice URL to ${wanted}`, `番号 B の Voice URL を ${wanted} にしてください。`),
  );

const isNowhere = (path: string, wanted: string) =>
  wrong(
    text(`no number here is answered by ${path}`, `${path} に応答する番号がありません`),
    text(`Set number A’s voice URL to ${wanted}`, `番号 A の Voice URL を ${wanted} にしてください。`),
  );

/** Settings that keep a number from asking for TwiML, whatever its voice URL is. Twilio reports nothing. */
function silenceOf(number: IncomingPhoneNumberInstance): Verdict | null {
  const diverted = (en: string, ja: string) =>
    wrong(text(en, ja), text('Take it off the number.', '番号から外してください。'));
  if (number.trunkSid)
    return diverted(
      'a SIP trunk answers it, and its voice URL is ignored',
      'SIP トランクが応答し、Voice URL は無視されます',
    );
  if (number.voiceApplicationSid)
    return diverted(
      'a TwiML App answers it, and its voice URL is ignored',
      'TwiML App が応答し、Voice URL は無視されます',
    );
  if (!number.capabilities.voice)
    return wrong(
      text('cannot do calls', '音声通話ができません'),
      text('Buy a number with voice.', '音声対応の番号を購入してください。'),
    );
  if (String(number.voiceReceiveMode ?? 'voice') !== 'voice')
    return wrong(
      text('set to receive fax', 'FAX 受信に設定されています'),
      text('Set it to voice.', 'Voice に切り替えてください。'),
    );
  return null;
}

/** Another region signs its requests with credentials that Functions do not have: docs/global-infrastructure */
const region: Check = {
  id: 'numbers.region',
  what: text('Voice region', '音声リージョン'),
  async look(patient) {
    const isBridge = patient.list.start === 'call';
    const [first, second] = await Promise.all([
      numberA(patient),
      isBridge ? numberFor(patient, '/hold-music') : undefined,
    ]);
    const found = await Promise.all(
      [first, second].flatMap((number) => (number ? [regionOf(patient, number)] : [])),
    );
    if (found.length === 0) return null;
    const foreign = found.filter((name) => name !== HOME);
    if (foreign.length === 0) return right(asIs(HOME));
    return wrong(
      text(
        `${foreign.join(', ')}: not where Functions are`,
        `${foreign.join('、')}: Functions と別のリージョンです`,
      ),
      text(`Route the number to ${HOME}.`, `番号のルーティングを ${HOME} にしてください。`),
    );
  },
};

/** The only one that has Functions. */
const HOME = 'us1';

async function regionOf({ client }: Patient, { phoneNumber }: IncomingPhoneNumberInstance): Promise<string> {
  const route = await client.routes.v2
    .phoneNumbers(phoneNumber)
    .fetch()
    .catch((fault: Error & { status?: number }) => {
      // Nobody has routed it anywhere.
      if (fault.status === 404) return { voiceRegion: '' };
      throw fault;
    });
  return route.voiceRegion || HOME;
}

const permission = (country: string): Check => ({
  id: `numbers.permission.${country.toLowerCase()}`,
  what: text(`Calls to ${country}`, `${country} への発信`),
  async look({ client }) {
    const { countries } = client.voice.v1.dialingPermissions;
    if ((await countries(country).fetch()).lowRiskNumbersEnabled)
      return right(text('permitted', '許可されています'));
    return wrong(
      text(
        'not permitted: Twilio refuses each ring (error 21215)',
        '許可されていません。発信はすべて拒否されます（エラー 21215）',
      ),
      PERMIT,
    );
  },
});

const CONSOLE = 'https://console.twilio.com/us1/develop/voice/settings/geo-permissions';
const PERMIT: Text = text(`Permit it: ${CONSOLE}`, `許可してください: ${CONSOLE}`);

export function numbers({ members }: DialList): readonly Check[] {
  const countries = new Set(members.flatMap(({ phone }) => parsePhoneNumberFromString(phone)?.country ?? []));
  return [callerId, a, b, region, ...[...countries].map(permission)];
}
