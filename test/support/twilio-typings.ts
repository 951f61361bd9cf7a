/** What Twilio's own typings say of TwiML: which attributes an element has, and which words they take. */
import { readFileSync } from 'node:fs';
import { type Element, elementsIn, parseXml } from './xml';

const typings = readFileSync(require.resolve('twilio/lib/twiml/VoiceResponse.d.ts'), 'utf8');

/** Attribute names with their types as written, of the element as it is used in a call. */
export function attributesOf(element: string): ReadonlyMap<string, string> {
  const known = attributesIfKnown(element);
  if (!known) throw new Error(`Twilio's typings have no ${element}`);
  return known;
}

/** The words of a type that is a choice of words, else null. */
export const wordsOf = remembered((type: string): readonly string[] | null => {
  const [, choice] = new RegExp(`type ${type.replace('[]', '')} = ([^;]+);`).exec(typings) ?? [];
  return choice ? [...choice.matchAll(/"([^"]*)"/g)].map(([, word]) => word ?? '') : null;
});

/** What in a document the typings do not know: elements, where they stand, attributes, words; nothing if they know it all. */
export function unknownToTypings(twiml: string): string[] {
  return elementsIn(parseXml(twiml)).flatMap(unknownIn);
}

/** Elements that may stand in TwiML and have no attributes, so that there is no interface of them. */
const BARE = ['Response', 'Hangup'];

const attributesIfKnown = remembered((element: string): ReadonlyMap<string, string> | undefined => {
  if (BARE.includes(element)) return new Map();
  const [, body] = new RegExp(`interface ${element}Attributes \\{([^}]*)\\}`).exec(typings) ?? [];
  const lines = body?.matchAll(/^\s*(?:'([^']+)'|(\w+))\?: (.+);$/gm);
  return lines && new Map([...lines].map(([, quoted, plain, type]) => [quoted ?? plain ?? '', type ?? '']));
});

/** The elements that one may hold: those that the methods of its class give. */
const childrenOf = remembered((element: string): readonly string[] => {
  const name = element === 'Response' ? 'VoiceResponse' : element;
  const [, , body = ''] =
    new RegExp(`^( *)(?:export|declare) class ${name} .*?\\{(.*?)^\\1\\}`, 'ms').exec(typings) ?? [];
  return [...body.matchAll(/\): VoiceResponse\.(\w+);/g)].map(([, child]) => child ?? '');
});

function unknownIn({ name, attributes, children }: Element): string[] {
  const known = attributesIfKnown(name);
  if (!known) return [`<${name}>`];
  const misplaced = children
    .map((child) => (typeof child === 'string' ? null : child.name))
    .filter((child) => child !== null && attributesIfKnown(child) && !childrenOf(name).includes(child))
    .map((child) => `<${name}><${child}>`);
  const unfit = Object.entries(attributes)
    .filter(([attribute, value]) => !fits(value, known.get(attribute)))
    .map(([attribute, value]) => `<${name} ${attribute}="${value}">`);
  return [...misplaced, ...unfit];
}

function fits(value: string, type: string | undefined): boolean {
  if (type === undefined) return false;
  if (type === 'number') return /^\d+$/.test(value);
  if (type === 'boolean') return /^(true|false)$/.test(value);
  const words = wordsOf(type);
  return !words || (type.endsWith('[]') ? value.split(' ') : [value]).every((word) => words.includes(word));
}

/** The typings are long, and the same few elements are looked up again and again. */
function remembered<T>(ask: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const answer = known.has(name) ? (known.get(name) as T) : ask(name);
    known.set(name, answer);
    return answer;
  };
}
