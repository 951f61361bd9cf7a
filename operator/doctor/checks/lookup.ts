/** What Twilio knows of the members' numbers: twilio.com/docs/lookup/v2-api */
import type { Twilio } from 'twilio';
import type { Member } from '../../../src/dial-list/list';
import { text } from '../../text';
import { type Check, right, unknown, wrong } from '../check';

/** Each number once, even if members share it. */
const each = (members: readonly Member[]): readonly Member[] => [
  ...new Map(members.map((member) => [member.phone, member])).values(),
];

/** Free of charge. A valid number need not be in service. */
export const valid: Check = {
  id: 'people.valid',
  what: text('Twilio’s Lookup', 'Twilio の Lookup'),
  async look({ client, list }) {
    const found = await Promise.all(
      each(list.members).map(async ({ name, phone }) => {
        const number = await client.lookups.v2.phoneNumbers(phone).fetch();
        return { name, isValid: number.valid };
      }),
    );
    const names = found.filter(({ isValid }) => !isValid).map(({ name }) => name);
    if (names.length === 0) return right(text('all numbers are valid', 'すべて有効な番号です'));
    return wrong(
      text(`not a valid number: ${names.join(', ')}`, `無効な番号: ${names.join('、')}`),
      text('Correct it in the dial list.', '連絡先リストの番号を直してください。'),
    );
  },
};

/** Line types at which a person can be rung: docs/lookup/v2-api/line-type-intelligence */
const RINGABLE = ['mobile', 'landline', 'fixedVoip', 'nonFixedVoip', 'personal'];

/** Twilio charges for each number, so only for those who ask for it. */
export const carriers: Check = {
  id: 'people.carriers',
  what: text('Carriers', '携帯電話会社'),
  async look({ client, list, looksUpCarriers }) {
    if (!looksUpCarriers) return null;
    const lines = await Promise.all(
      each(list.members).map(async ({ name, phone }) => ({ name, ...(await lineOf(client, phone)) })),
    );
    const said = lines.map(
      ({ name, type, carrier }) => `${name}: ${[type, carrier].filter(Boolean).join(', ')}`,
    );
    const found = text(said.join('; '), said.join('、'));
    if (lines.every(({ type }) => RINGABLE.includes(type))) return right(found);
    return unknown(
      found,
      text(
        'Rehearse those whose line is of another kind: npm run rehearse -- --to NAME',
        '通常と異なる回線は訓練で確かめてください: npm run rehearse -- --to 名前',
      ),
    );
  },
};

async function lineOf(client: Twilio, phone: string): Promise<{ type: string; carrier: string }> {
  const { lineTypeIntelligence } = await client.lookups.v2
    .phoneNumbers(phone)
    .fetch({ fields: 'line_type_intelligence' });
  const { type, carrierName } = lineTypeIntelligence ?? {};
  return { type: type || 'unknown', carrier: carrierName ?? '' };
}
