/** Dial lists for a switchboard: the built one, or one written in a test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDialList } from '../src/dial-list/check';
import type { DialList, Language, Member } from '../src/dial-list/list';
import { judgePhone } from '../src/dial-list/phone-number';

const file = join(__dirname, '../.twilioserverless/assets/dial-list.private.json');

/** The list as `npm run build` checked and completed it; undefined if nothing has been built. */
export function builtList(): DialList | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DialList;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The people of the sample list, as an English reader writes them. */
const IN_ENGLISH = new Map([
  ['佐藤', 'Sato'],
  ['鈴木', 'Suzuki'],
  ['高橋', 'Takahashi'],
]);

/** The sample list speaks Japanese. An English reader gets it in English. Any other list stays as it is. */
export function sampleIn(language: Language, list: DialList): DialList {
  const isSample = ({ name, phone }: Member) => IN_ENGLISH.has(name) && judgePhone(phone).kind === 'sample';
  if (language === 'ja' || !list.members.every(isSample)) return list;
  const members = list.members.map((member) => {
    const name = IN_ENGLISH.get(member.name) ?? member.name;
    return { ...member, name, reading: name, language };
  });
  return { ...list, language, members };
}

/**
 * A list as people write it in `src/assets/dial-list.private.json`, checked and completed as the build does. @throws
 * with all its faults
 */
export function dialList(written: object): DialList {
  const checked = checkDialList(withoutHandoffs(written));
  if (checked.ok) return checked.list;
  throw new Error(
    `The dial list is faulty: ${checked.faults.map(({ place, message }) => `${place} ${message}`).join('; ')}`,
  );
}

/** The build adds the handoffs. A saved night has a list that was built. */
function withoutHandoffs(list: object): object {
  const { rotation } = list as { readonly rotation?: { readonly handoffs?: unknown } };
  if (!rotation) return list;
  const { handoffs: _, ...written } = rotation;
  return { ...list, rotation: written };
}
