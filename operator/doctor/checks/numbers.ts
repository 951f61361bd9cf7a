/** Numbers A and B, and whether the members' countries may be called. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber';
import { asIs, text } from '../../text';
import { about, type Finding } from '../finding';
import type { Patient } from '../patient';

export async function numbers(patient: Patient): Promise<Finding[]> {
  const owned = await patient.client.incomingPhoneNumbers.list();
  const [a, b] = [
    numberFor(patient, owned, '/call-in') ?? owned.find((number) => isCallerId(patient, number)),
    numberFor(patient, owned, '/hold-music'),
  ];
  return [
    callerId(patient, owned),
    ...voice('numbers.a', text('Number A', '番号 A'), a, patient, '/call-in'),
    ...(patient.list.start === 'call'
      ? voice('numbers.b', text('Number B', '番号 B'), b, patient, '/hold-music')
      : []),
    ...(await permissions(patient)),
  ];
}

const urlOf = ({ deployment }: Patient, path: string) => `https://${deployment?.domain}${path}`;

const numberFor = (patient: Patient, owned: readonly IncomingPhoneNumberInstance[], path: string) =>
  owned.find(({ voiceUrl }) => voiceUrl === urlOf(patient, path));

const isCallerId = ({ env }: Patient, { phoneNumber }: IncomingPhoneNumberInstance) =>
  phoneNumber === env.CALLER_ID;

function callerId({ env, list }: Patient, owned: readonly IncomingPhoneNumberInstance[]): Finding {
  const { right, wrong, unknown } = about('numbers.caller-id', text('CALLER_ID', 'CALLER_ID'));
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
  const isOwned = owned.some(({ phoneNumber }) => phoneNumber === env.CALLER_ID);
  return isOwned
    ? right(text('a number of this account', 'このアカウントの番号です'))
    : wrong(
        text(
          'no number of this account, so Twilio refuses each ring (error 21210)',
          'このアカウントの番号ではないため、発信が拒否されます（エラー 21210）',
        ),
        text('Use a number that you bought.', '購入した番号を書いてください。'),
      );
}

function voice(
  id: string,
  what: ReturnType<typeof text>,
  number: IncomingPhoneNumberInstance | undefined,
  patient: Patient,
  path: string,
): Finding[] {
  const { right, wrong, unknown } = about(id, what);
  const wanted = urlOf(patient, path);
  if (!number)
    return [
      id === 'numbers.b'
        ? unknown(
            text(
              `no number here is answered by ${path}; it may be another account’s`,
              `${path} に応答する番号がありません（別のアカウントの番号かもしれません）`,
            ),
            text(
              `Set number B’s voice URL to ${wanted}`,
              `番号 B の Voice URL を ${wanted} にしてください。`,
            ),
          )
        : wrong(
            text(`no number here is answered by ${path}`, `${path} に応答する番号がありません`),
            text(
              `Set number A’s voice URL to ${wanted}`,
              `番号 A の Voice URL を ${wanted} にしてください。`,
            ),
          ),
    ];
  // Twilio asks neither of them for TwiML where a trunk or an application is set, and says nothing of it.
  const diverted = number.trunkSid
    ? text(
        'a SIP trunk answers it, and its voice URL is ignored',
        'SIP トランクが応答し、Voice URL は無視されます',
      )
    : number.voiceApplicationSid
      ? text(
          'a TwiML App answers it, and its voice URL is ignored',
          'TwiML App が応答し、Voice URL は無視されます',
        )
      : null;
  if (diverted) return [wrong(diverted, text('Take it off the number.', '番号から外してください。'))];
  if (!number.capabilities.voice)
    return [
      wrong(
        text('cannot do calls', '音声通話ができません'),
        text('Buy a number with voice.', '音声対応の番号を購入してください。'),
      ),
    ];
  if (String(number.voiceReceiveMode ?? 'voice') !== 'voice')
    return [
      wrong(
        text('set to receive fax', 'FAX 受信に設定されています'),
        text('Set it to voice.', 'Voice に切り替えてください。'),
      ),
    ];
  if (number.voiceUrl !== wanted)
    return [
      wrong(
        number.voiceUrl ? asIs(number.voiceUrl) : text('no voice URL', 'Voice URL が未設定'),
        text(`Set its voice URL to ${wanted}`, `Voice URL を ${wanted} にしてください。`),
      ),
    ];
  return [right(text(`answered by ${path}`, `${path} が応答します`))];
}

async function permissions({ client, list }: Patient): Promise<Finding[]> {
  const countries = new Set(
    list.members.flatMap(({ phone }) => parsePhoneNumberFromString(phone)?.country ?? []),
  );
  return Promise.all(
    [...countries].map(async (country) => {
      const { right, wrong } = about(
        `numbers.permission.${country.toLowerCase()}`,
        text(`Calls to ${country}`, `${country} への発信`),
      );
      const { lowRiskNumbersEnabled } = await client.voice.v1.dialingPermissions.countries(country).fetch();
      return lowRiskNumbersEnabled
        ? right(text('permitted', '許可されています'))
        : wrong(
            text(
              'not permitted: Twilio refuses each ring (error 21215)',
              '許可されていません。発信はすべて拒否されます（エラー 21215）',
            ),
            text(
              'Permit it: https://console.twilio.com/us1/develop/voice/settings/geo-permissions',
              '許可してください: https://console.twilio.com/us1/develop/voice/settings/geo-permissions',
            ),
          );
    }),
  );
}
