/** Which phone is whose: a page knows phones by places, never by numbers. */
import type { DialList } from '../../src/dial-list/list';
import { numbers } from '..';
import { type MemberSeen, NUMBER_A, NUMBER_B, OWN, type Place } from './journal';

/** The phone of the person in the room. */
export const ownNumber = numbers.c;

export type Places = {
  of(number: string): Place;
  numberOf(place: Place): string | undefined;
  readonly members: readonly MemberSeen[];
};

export function placesIn({ members }: Pick<DialList, 'members'>): Places {
  const places = new Map<string, Place>([
    [numbers.a, NUMBER_A],
    [numbers.b, NUMBER_B],
    [ownNumber, OWN],
  ]);
  members.forEach(({ phone }, place) => {
    if (!places.has(phone)) places.set(phone, `m${place}`);
  });
  const phones = new Map([...places].map(([number, place]) => [place, number]));
  return {
    of: (number) => places.get(number) ?? 'other',
    numberOf: (place) => phones.get(place),
    members: members.map(({ name, language, ringSeconds, phone, slackUserId }) => ({
      name,
      language,
      ringSeconds,
      phone: places.get(phone) ?? 'other',
      ...(slackUserId && { slackUserId }),
    })),
  };
}
