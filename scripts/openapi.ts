/**
 * Extracts what the switchboard answers from Twilio's published OpenAPI description, which comes with the npm package
 * @twilio-alpha/mcp: `npm run openapi -- path/to/node_modules/@twilio-alpha/mcp`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Schema = {
  type?: string;
  nullable?: boolean;
  properties?: Record<string, Schema>;
  items?: Schema;
  $ref?: string;
  [keyword: string]: unknown;
};
type Content = {
  schema: Schema;
  encoding?: Record<string, object>;
  examples?: Record<string, { value: Record<string, unknown> }>;
};
type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
  'x-twilio'?: { conditional?: string[][] };
};
type Description = {
  openapi: string;
  info: object;
  paths: Record<string, Record<string, Operation> & { servers: object[] }>;
  components: { schemas: Record<string, Schema> };
};

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const METHODS = ['get', 'post', 'delete'];

/** Apache 2.0 requires every changed file to say that it was changed, and a JSON file has no comments. */
const CHANGED = 'Cut and changed from what Twilio publishes: README.md beside this file says how.';

/** By `operationId`. */
const CUTS = [
  { from: 'twilio_api_v2010.json', to: 'calls.json', operations: /^(Create|Fetch|Update|List)Call$/ },
  {
    from: 'twilio_sync_v1.json',
    to: 'sync.json',
    operations: /^((Create|Fetch|Update|Delete|List)(Document|SyncMap|SyncMapItem)|(Create|Fetch)Service)$/,
  },
  {
    from: 'twilio_api_v2010.json',
    to: 'account.json',
    operations:
      /^(FetchAccount|FetchBalance|(List|Fetch|Update)IncomingPhoneNumber|ListOutgoingCallerId|ListUsageRecordThisMonth)$/,
  },
  {
    from: 'twilio_voice_v1.json',
    to: 'voice.json',
    operations:
      /^(FetchDialingPermissionsCountry|CreateDialingPermissionsCountryBulkUpdate|FetchDialingPermissionsSettings)$/,
  },
  { from: 'twilio_monitor_v1.json', to: 'monitor.json', operations: /^(List|Fetch)Alert$/ },
  { from: 'twilio_pricing_v2.json', to: 'pricing.json', operations: /^Fetch(VoiceCountry|VoiceNumber)$/ },
  { from: 'twilio_lookups_v2.json', to: 'lookups.json', operations: /^FetchPhoneNumber$/ },
  { from: 'twilio_routes_v2.json', to: 'routes.json', operations: /^FetchPhoneNumber$/ },
  { from: 'twilio_trusthub_v1.json', to: 'trusthub.json', operations: /^ListCustomerProfile$/ },
  { from: 'twilio_numbers_v2.json', to: 'numbers.json', operations: /^ListBundle$/ },
  {
    from: 'twilio_serverless_v1.json',
    to: 'serverless.json',
    operations:
      /^((List|Fetch|Create|Update)(Service|Environment|Variable|Function|Asset|Build|Deployment)|DeleteVariable|ListFunctionVersion|ListAssetVersion|FetchBuildStatus|FetchFunctionVersionContent)$/,
  },
];

function cut({ openapi, info, paths, components }: Description, wanted: RegExp): object {
  const kept = Object.entries(paths).flatMap(([path, item]) => {
    const operations = METHODS.filter((method) => wanted.test(item[method]?.operationId ?? ''));
    if (operations.length === 0) return [];
    const entries = operations.map((method) => [method, operation(item[method] as Operation, components)]);
    return [[path, { servers: item.servers, ...Object.fromEntries(entries) }]];
  });
  const cutPaths = Object.fromEntries(kept);
  return {
    openapi,
    info: { ...info, 'x-changed': CHANGED },
    paths: cutPaths,
    components: { schemas: schemasUsedIn(cutPaths, components) },
  };
}

function operation(
  { operationId, parameters, requestBody, responses, ...rest }: Operation,
  components: Description['components'],
): object {
  const form = requestBody?.content[FORM];
  return {
    operationId,
    parameters: parameters?.map(({ name, in: where, required, schema }) => ({
      name,
      in: where,
      required,
      schema: mended(schema),
    })),
    ...(form && {
      requestBody: { content: { [FORM]: formWith(form.schema, rest['x-twilio']?.conditional) } },
    }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, { content }]) => [
        status,
        {
          description: status,
          ...(content && { content: answer(content[JSON_TYPE] as Content, components) }),
        },
      ]),
    ),
  };
}

/**
 * A form takes only the described parameters, and says how its lists and objects are written. The raw files leave
 * this out, so that checkers would pass unknown parameters and refuse a list of one.
 */
function formWith(schema: Schema, conditional: readonly string[][] = []): Content {
  const encoding = Object.entries(schema.properties ?? {}).flatMap(([name, { type }]): [string, object][] => {
    if (type === 'array') return [[name, { style: 'form', explode: true }]];
    return type === 'object' ? [[name, { contentType: JSON_TYPE }]] : [];
  });
  const choices = conditional.map((names) => ({
    anyOf: names.map((name) => ({ required: [pascal(name)] })),
  }));
  return {
    schema: { ...mended(schema), additionalProperties: false, ...(choices.length > 0 && { allOf: choices }) },
    ...(encoding.length > 0 && { encoding: Object.fromEntries(encoding) }),
  };
}

/** Answers carry every described property, as all of Twilio's examples do, and those that only the examples show. */
function answer({ schema, examples = {} }: Content, { schemas }: Description['components']): object {
  const [name, example] = Object.entries(examples)[0] ?? [];
  const target = schema.$ref ? (schemas[nameOf(schema.$ref)] as Schema) : schema;
  target.additionalProperties = false;
  target.required ??= Object.keys(target.properties ?? {});
  const shown = Object.keys(example?.value ?? {}).map((key) => [key, {}]);
  target.properties = { ...Object.fromEntries(shown), ...target.properties };
  agree(target, example?.value, schemas);
  return { [JSON_TYPE]: { schema: mended(schema), ...(name && { examples: { [name]: example } }) } };
}

/** If Twilio's schema of an answer and its own example disagree, the example counts. Changes the schema. */
function agree(schema: Schema, shown: unknown, schemas: Record<string, Schema>): void {
  if (schema.$ref) {
    agree(schemas[nameOf(schema.$ref)] as Schema, shown, schemas);
  } else if (Array.isArray(shown)) {
    if (schema.items) for (const item of shown) agree(schema.items, item, schemas);
  } else if (typeof shown === 'object' && shown !== null) {
    for (const [name, value] of Object.entries(shown)) {
      const property = schema.properties?.[name];
      if (property) agree(property, value, schemas);
    }
  } else if (shown === null && schema.type) schema.nullable = true;
  // A URL or a SID may be an empty text.
  else if (shown === '') for (const keyword of ['format', 'pattern', 'minLength']) delete schema[keyword];
  // Prices are texts.
  else if (typeof shown === 'string' && schema.type === 'number') schema.type = 'string';
}

/** Formats that name an object, which checkers overlook: its schema says what it holds. */
const OF_OBJECTS = [
  'phone-number-capabilities',
  'inbound-call-price',
  'outbound-call-price-with-origin',
  'outbound-prefix-price-with-origin',
];

/** The API of 2010 pages by paths, as its examples show, and calls them URIs. */
const isPath = (name: string) => /^((first|last|next|previous)_page_)?uri$/.test(name);

const withoutFormat = ({ format, ...schema }: Schema): Schema => schema;

/**
 * Without prose; without `nullable` if there is no type, since anything includes null; and with an object's format as
 * a schema of its values, since checkers overlook formats.
 */
function mended(schema: Schema): Schema {
  const { description, example, examples, nullable, format, ...rest } = schema;
  const kept = Object.entries(rest).filter(([keyword]) => !keyword.startsWith('x-'));
  return {
    ...Object.fromEntries(kept),
    ...(format !== undefined &&
      !OF_OBJECTS.includes(String(format)) &&
      (format === 'uri-map' ? { additionalProperties: { type: 'string' } } : { format })),
    ...(nullable && schema.type && { nullable }),
    ...(schema.items && { items: mended(schema.items) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => [
          name,
          mended(isPath(name) ? withoutFormat(property) : property),
        ]),
      ),
    }),
  };
}

function schemasUsedIn(paths: object, { schemas }: Description['components']): Record<string, Schema> {
  const used = new Set<string>();
  const collect = (text: string) => {
    for (const [reference] of text.matchAll(/#\/components\/schemas\/[\w.-]+/g)) {
      const name = nameOf(reference);
      if (used.has(name)) continue;
      used.add(name);
      collect(JSON.stringify(schemas[name]));
    }
  };
  collect(JSON.stringify(paths));
  return Object.fromEntries([...used].sort().map((name) => [name, mended(schemas[name] as Schema)]));
}

const nameOf = (reference: string): string => reference.split('/').at(-1) ?? '';
const pascal = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Which folder is @twilio-alpha/mcp in?');
for (const { from, to, operations } of CUTS) {
  const described: Description = JSON.parse(readFileSync(join(folder, 'twilio-oai/spec/json', from), 'utf8'));
  const target = join(__dirname, '../switchboard/openapi', to);
  writeFileSync(target, `${JSON.stringify(cut(described, operations), null, 2)}\n`);
}
