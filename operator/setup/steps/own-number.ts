/** The chosen number, and what would keep it from ringing. */
import type { Twilio } from 'twilio';
import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber';
import { StepFault } from '../../fault';
import { shortly } from '../../service/phone';
import { type Text, text } from '../../text';
import type { Option } from '../prompter';
import type { OwnNumber, Setup } from '../setup';

export type Listed = IncomingPhoneNumberInstance;

export const ours = (client: Twilio, { sid, phoneNumber, voiceUrl }: Listed): OwnNumber => ({
  sid,
  phone: phoneNumber,
  voiceUrl: voiceUrl ?? '',
  client,
});

export const optionsOf = (numbers: readonly Listed[]): readonly Option[] =>
  numbers.map(({ phoneNumber, friendlyName }) => ({
    value: phoneNumber,
    label: phoneNumber,
    hint: friendlyName === phoneNumber ? undefined : friendlyName,
  }));

/** What would keep a number from ringing. */
export async function looked({ tell }: Setup, name: Text, client: Twilio, number: Listed): Promise<void> {
  const shown = shortly(number.phoneNumber);
  const named = (en: string, ja: string) =>
    text(`${name.en} (${shown}) ${en}`, `${name.ja}（${shown}）${ja}`);
  if (!number.capabilities.voice)
    throw new StepFault(
      named('cannot do calls', 'は音声通話ができません'),
      text('Choose one with voice.', '音声対応の番号を選んでください。'),
    );
  // Twilio ignores the voice URL if either is set: docs/phone-numbers/api/incomingphonenumber-resource
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
