/** How long the account's money lasts, by its own prices: docs/voice/pricing-api */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Twilio } from 'twilio';
import { text } from '../../text';
import { type Check, right, unknown, wrong } from '../check';
import type { Patient } from '../patient';
import { numberFor } from './numbers';

export const PAGES_A_MONTH = 10;
/** Seconds that Twilio rings longer than told: docs/voice/twiml/dial#timeout */
const ADDED = 5;
/** Seconds for which the taker listens and presses a key. */
const TALK = 30;

export const balance: Check = {
  id: 'account.balance',
  what: text('Balance', '残高'),
  async look(patient) {
    const { asked, client } = patient;
    const { ownerAccountSid, sid } = await asked.account();
    if (ownerAccountSid !== sid)
      return unknown(
        text('a subaccount has none of its own', 'サブアカウントには残高がありません'),
        text('Look at the parent account.', '親アカウントの残高を確認してください。'),
      );
    const [money, month] = await Promise.all([client.balance.fetch(), callsOfAMonth(patient)]);
    const have = Number(money.balance);
    const found = text(
      `${have.toFixed(2)} ${money.currency}; ${PAGES_A_MONTH} pages a month take about ${month.toFixed(2)} of calls`,
      `${have.toFixed(2)} ${money.currency}（月 ${PAGES_A_MONTH} 回の呼び出しで通話料は約 ${month.toFixed(2)}）`,
    );
    if (have > month) return right(found);
    return wrong(
      found,
      text('Add money, and switch on auto-recharge.', '入金し、自動チャージを有効にしてください。'),
    );
  },
};

/** Pages that ring everybody once, until the last one takes it; each phone that picks up costs a minute. */
async function callsOfAMonth(patient: Patient): Promise<number> {
  const { client, env, list } = patient;
  const phones = [...new Set(list.members.map(({ phone }) => phone))];
  const rings = await Promise.all(phones.map((phone) => perMinute(client, phone, env.CALLER_ID)));
  const ringing = list.members.reduce((sum, { ringSeconds }) => sum + ringSeconds + ADDED, TALK);
  const carrier = list.start === 'call' ? await perMinuteOfCarrier(patient) : 0;
  return PAGES_A_MONTH * (rings.reduce((sum, price) => sum + price, 0) + Math.ceil(ringing / 60) * carrier);
}

/** Mackerel's call: number A pays for calling, number B for being called, if it is ours. */
async function perMinuteOfCarrier(patient: Patient): Promise<number> {
  const { client, env } = patient;
  const own = (await numberFor(patient, '/hold-music'))?.phoneNumber;
  const b = own ?? env.NUMBER_B;
  if (!b) return 0;
  const country = own && parsePhoneNumberFromString(own)?.country;
  const [calling, called] = await Promise.all([
    perMinute(client, b, env.CALLER_ID),
    country ? client.pricing.v2.voice.countries(country).fetch() : null,
  ]);
  return calling + Math.max(0, ...(called?.inboundCallPrices ?? []).map(priceOf));
}

async function perMinute(client: Twilio, to: string, from: string | undefined): Promise<number> {
  const given = from ? { originationNumber: from } : {};
  const { outboundCallPrices } = await client.pricing.v2.voice.numbers(to).fetch(given);
  return Math.max(0, ...outboundCallPrices.map(priceOf));
}

/** A text, although the typings say otherwise: Twilio's own example of an answer. */
const priceOf = ({ currentPrice }: { readonly currentPrice?: unknown }): number => Number(currentPrice ?? 0);
