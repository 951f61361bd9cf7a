/** Checks a dial list as people write it, and completes it for the Functions. At build time only. */
import * as v from 'valibot';
import { handoffsOf } from './calendar';
import type { DialList, Language, Rotation } from './list';
import { dialListSchema, memberSchema, rotationEntries } from './schema';
import { nearestName } from './spelling';
import { AN_OBJECT, IS_MISSING, inLanguage, unknownKeyWords, withoutNumber } from './words';

/** One fault of a dial list: where it is, and what to write instead. Holds no phone number. */
export type Fault = { readonly path: Path; readonly place: string; readonly message: string };

/** Keys and indexes, from the list's outermost object. */
export type Path = readonly (string | number)[];

export type Checked =
  | { readonly ok: true; readonly list: DialList }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** All faults of a dial list, or the list as the Functions read it. */
export function checkDialList(written: unknown, language: Language = 'en'): Checked {
  const result = v.safeParse(dialListSchema, written, { lang: language });
  if (!result.success) {
    const known = result.issues
      .filter((issue) => issue.expected !== 'never')
      .map((issue) => ({ path: pathOf(issue), message: messageOf(issue) }));
    const faults = [...known, ...unknownKeys(written, language)].map((fault) => ({
      ...fault,
      place: placeOf(fault.path, written, language),
    }));
    return { ok: false, faults: oneEach(faults) };
  }
  const { $schema: _, ringSeconds, members, rotation, ...list } = result.output;
  return {
    ok: true,
    list: {
      ...list,
      rotation: completed(rotation, list.timeZone),
      members: members.map((member) => ({
        ...member,
        reading: member.reading ?? member.name,
        ringSeconds: member.ringSeconds ?? ringSeconds,
        language: member.language ?? list.language,
      })),
    },
  };
}

function completed(rotation: v.InferOutput<typeof dialListSchema>['rotation'], timeZone: string): Rotation {
  const { every, at, since = '1970-01-01' } = rotation;
  const isByDate = every === 'day' || every === 'week';
  return { every, at, since, handoffs: isByDate ? knownHandoffs(timeZone, at) : [] };
}

/** Kept, for tests make lists by the thousand. */
const tables = new Map<string, Rotation['handoffs']>();

function knownHandoffs(timeZone: string, at: string): Rotation['handoffs'] {
  const key = `${timeZone} ${at}`;
  const table = tables.get(key) ?? handoffsOf({ timeZone, at });
  tables.set(key, table);
  return table;
}

type Issue = v.InferIssue<typeof dialListSchema>;

/** Of two faults in one place, the first is enough: one correction mends both. */
const oneEach = (faults: readonly Fault[]): Fault[] =>
  faults.filter(({ place }, index) => faults.findIndex((other) => other.place === place) === index);

const pathOf = ({ path }: Issue): Path => path?.map(({ key }) => key as string | number) ?? [];

function messageOf(issue: Issue): string {
  if (issue.type !== 'strict_object') return issue.message;
  return inLanguage(issue.received === 'undefined' ? IS_MISSING : AN_OBJECT, issue.lang);
}

function placeOf(path: Path, written: unknown, language: Language): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${withoutNumber(key)}`)).join('');
  const [first, index] = path;
  const name = first === 'members' && typeof index === 'number' ? nameOf(written, index, language) : null;
  return `${place.replace(/^\./, '') || inLanguage(THE_LIST, language)}${name ? ` (${name})` : ''}`;
}

const THE_LIST = { en: 'dial list', ja: 'リスト全体' };

function nameOf(written: unknown, index: number, language: Language): string {
  const { members } = written as { members?: { name?: unknown }[] };
  const name = members?.[index]?.name;
  const nth = inLanguage({ en: `member ${index + 1}`, ja: `${index + 1}人目` }, language);
  return typeof name === 'string' && name !== '' ? `${nth}, ${name}` : nth;
}

type UnknownKey = { readonly path: Path; readonly message: string };

/** The schema stops at the first unknown key of an object; people want to hear of all of them. */
function unknownKeys(written: unknown, language: Language): UnknownKey[] {
  const { rotation, members } = (written ?? {}) as { rotation?: unknown; members?: unknown };
  const each = Array.isArray(members) ? members : [];
  return [
    ...unknownIn(written, dialListSchema.entries, [], language),
    ...unknownIn(rotation, rotationEntries, ['rotation'], language),
    ...each.flatMap((one, index) => unknownIn(one, memberSchema.entries, ['members', index], language)),
  ];
}

function unknownIn(object: unknown, known: object, path: Path, language: Language): UnknownKey[] {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return [];
  return Object.keys(object)
    .filter((key) => !Object.hasOwn(known, key))
    .map((key) => ({
      path: [...path, key],
      message: inLanguage(unknownKeyWords(nearestName(key, Object.keys(known))), language),
    }));
}
