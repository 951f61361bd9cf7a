/** The account itself, its money and its numbers: twilio.com/docs/iam/api/account, …/phone-numbers/api/incomingphonenumber-resource */
import type { AccountNumber, AccountState } from './account';
import { type Asked, type Handlers, notFound, Refused, type Reply, resource } from './described';

export function telephony(account: AccountState): Handlers {
  const base = `/2010-04-01/Accounts/${account.sid}`;

  function numberAt({ path, url }: Asked): AccountNumber {
    const found = account.numbers.find(({ sid }) => sid === path.Sid);
    if (!found) throw notFound(url);
    return found;
  }

  const shown = (number: AccountNumber) =>
    resource('api.FetchIncomingPhoneNumber', {
      account_sid: account.sid,
      sid: number.sid,
      phone_number: number.number,
      friendly_name: number.number,
      capabilities: { voice: number.voice, sms: false, mms: false, fax: false },
      voice_url: number.voiceUrl,
      voice_method: number.voiceMethod,
      voice_receive_mode: number.receiveMode,
      status_callback: number.statusCallback,
      trunk_sid: number.trunkSid,
      voice_application_sid: number.applicationSid,
      bundle_sid: number.bundleSid,
      uri: `${base}/IncomingPhoneNumbers/${number.sid}.json`,
    });

  return {
    'api.FetchAccount': ({ path, url }) => {
      if (path.Sid !== account.sid) throw notFound(url);
      return one(
        resource('api.FetchAccount', {
          sid: account.sid,
          // Twilio's answer holds the token in clear text: logging the body would give it away.
          auth_token: account.authToken,
          friendly_name: account.friendlyName,
          owner_account_sid: account.ownerSid,
          status: account.status,
          type: account.type,
          uri: `${base}.json`,
        }),
      );
    },
    'api.FetchBalance': ({ url }) => {
      if (!account.balance) throw notFound(url);
      const { amount: balance, currency } = account.balance;
      return one(resource('api.FetchBalance', { account_sid: account.sid, balance, currency }));
    },
    'api.ListIncomingPhoneNumber': ({ query }) => {
      const wanted = query.PhoneNumber === undefined ? '' : String(query.PhoneNumber).replaceAll('*', '');
      return list(account.numbers.filter(({ number }) => number.includes(wanted)).map(shown));
    },
    'api.FetchIncomingPhoneNumber': (asked) => one(shown(numberAt(asked))),
    'api.UpdateIncomingPhoneNumber': (asked) => {
      const number = numberAt(asked);
      const { VoiceUrl, VoiceMethod, StatusCallback } = asked.form;
      if (VoiceUrl !== undefined) number.voiceUrl = urlOf(VoiceUrl);
      if (VoiceMethod !== undefined) number.voiceMethod = VoiceMethod === 'GET' ? 'GET' : 'POST';
      if (StatusCallback !== undefined) number.statusCallback = String(StatusCallback);
      return one(shown(number));
    },
    'api.ListOutgoingCallerId': ({ query }) => {
      const found = account.verifiedCallers.filter(
        (number) => query.PhoneNumber === undefined || number === query.PhoneNumber,
      );
      return list(
        found.map((number, index) => ({
          account_sid: account.sid,
          date_created: 'Fri, 21 Aug 2009 00:11:24 +0000',
          date_updated: 'Fri, 21 Aug 2009 00:11:24 +0000',
          friendly_name: number,
          phone_number: number,
          sid: `PN${String(index).padStart(32, '0')}`,
          uri: `${base}/OutgoingCallerIds/PN${String(index).padStart(32, '0')}.json`,
        })),
      );
    },
    'api.ListUsageRecordThisMonth': ({ query }) => {
      const [example] = (resource('api.ListUsageRecordThisMonth', {}).usage_records ?? []) as object[];
      const wanted = Object.entries(account.usage).filter(
        ([category]) => query.Category === undefined || category === query.Category,
      );
      return list(
        wanted.map(([category, { count, price }]) => ({
          ...example,
          account_sid: account.sid,
          category,
          count,
          price,
        })),
      );
    },
  };
}

/** docs/api/errors/21402: a voice URL has to be a URL. */
function urlOf(value: unknown): string {
  const text = String(value);
  if (text !== '' && !URL.canParse(text)) throw new Refused(400, 21402, 'VoiceUrl is not valid');
  return text;
}

export const one = (body: Readonly<Record<string, unknown>>, status?: number): Reply => ({
  kind: 'one',
  body,
  status,
});
export const list = (items: readonly Readonly<Record<string, unknown>>[]): Reply => ({ kind: 'list', items });
