/**
 * Makes JSON schemas of Slack's own types, which come with its npm packages @slack/web-api and @slack/webhook:
 * `npx tsx scripts/slack-description.ts path/to/node_modules/ts-json-schema-generator`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version as webApi } from '@slack/web-api/package.json';
import { version as webhook } from '@slack/webhook/package.json';

type Schema = {
  $ref?: string;
  type?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  required?: string[];
  additionalProperties?: unknown;
  [keyword: string]: unknown;
};
type Described = { $ref: string; definitions: Record<string, Schema> };
type Library = {
  createProgram(config: object): object;
  createGenerator(config: object): { createSchema(type: string): Described };
};

const root = join(__dirname, '..');
const TYPES = join(__dirname, 'slack-methods.ts');
/**
 * How much is kept of the schemas that it refers to; the rest becomes a plain object. Nobody here looks into blocks
 * or rich text.
 */
const KEPT = [
  'MessageAttachment',
  'AttachmentField',
  'Channel',
  'MessageElement',
  'ChatPostMessageResponseMessage',
  'ChatUpdateResponseMessage',
];

/** What messages can hold beside their text and attachments. */
const NOT_LOOKED_INTO = ['blocks', 'metadata'];
/** Arguments that a bot has no use for, and that make 24 alternatives of 8. */
const LEFT_OUT = ['as_user', 'username', 'icon_emoji', 'icon_url'];

/** A type's schema with what it refers to in it, as far as that is kept. */
function pruned({ $ref, definitions }: Described): Schema {
  const named = (reference: string) => decodeURIComponent(reference.replace('#/definitions/', ''));
  const resolved = (schema: Schema): Schema =>
    schema.$ref ? resolved(definitions[named(schema.$ref)] as Schema) : schema;
  const walk = (schema: Schema): Schema => {
    if (schema.$ref) {
      const target = resolved(schema);
      const isKept = KEPT.includes(named(schema.$ref)) || !(target.properties || target.anyOf);
      return isKept ? walk(target) : { type: 'object' };
    }
    const { properties, items, anyOf, required, ...rest } = schema;
    return {
      ...rest,
      ...(required && { required: required.filter((name) => !LEFT_OUT.includes(name)) }),
      ...(properties && { properties: Object.fromEntries(Object.entries(properties).flatMap(property)) }),
      ...(items && { items: walk(items) }),
      ...(anyOf && alternatives(anyOf.map(walk))),
    };
  };
  const property = ([name, schema]: [string, Schema]): [string, Schema][] => {
    if (LEFT_OUT.includes(name)) return [];
    return [[name, NOT_LOOKED_INTO.includes(name) ? {} : walk(schema)]];
  };
  return walk(resolved({ $ref }));
}

/** Many differ only in what is not kept. */
function alternatives(schemas: readonly Schema[]): Schema {
  const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  return distinct.length === 1 ? (distinct[0] as Schema) : { anyOf: distinct };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Which folder is ts-json-schema-generator in?');
const { createGenerator, createProgram } = require(resolve(folder)) as Library;
const config = {
  path: TYPES,
  tsconfig: join(root, 'tsconfig.json'),
  skipTypeCheck: true,
  jsDoc: 'none',
  topRef: true,
};
const tsProgram = createProgram(config);
const schemas = Object.fromEntries(
  [...readFileSync(TYPES, 'utf8').matchAll(/\b\w+(?:Arguments|Response)\b/g)].map(([type]) => [
    type,
    pruned(createGenerator({ ...config, tsProgram, type }).createSchema(type)),
  ]),
);
writeFileSync(
  join(root, 'switchboard/openapi/slack.json'),
  `${JSON.stringify({ from: { '@slack/web-api': webApi, '@slack/webhook': webhook }, schemas }, null, 2)}\n`,
);
