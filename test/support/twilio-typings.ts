/** What Twilio's own typings say of TwiML: which attributes an element has, and which words they take. */
import { readFileSync } from 'node:fs';

const typings = readFileSync(require.resolve('twilio/lib/twiml/VoiceResponse.d.ts'), 'utf8');

/** Attribute names with their types as written, of the element as it is used in a call. */
export function attributesOf(element: string): ReadonlyMap<string, string> {
  const [, body] = new RegExp(`interface ${element}Attributes \\{([^}]*)\\}`).exec(typings) ?? [];
  if (body === undefined) throw new Error(`Twilio's typings have no ${element}`);
  return new Map(
    [...body.matchAll(/^\s*(?:'([^']+)'|(\w+))\?: (.+);$/gm)].map(
      ([, quoted, plain, type]) => [quoted ?? plain ?? '', type ?? ''] as const,
    ),
  );
}

/** The words of a type that is a choice of words, else null. */
export function wordsOf(type: string): readonly string[] | null {
  const [, choice] = new RegExp(`type ${type.replace('[]', '')} = ([^;]+);`).exec(typings) ?? [];
  return choice ? [...choice.matchAll(/"([^"]*)"/g)].map(([, word]) => word ?? '') : null;
}
