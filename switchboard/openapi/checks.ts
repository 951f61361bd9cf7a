import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import type { WireResponse } from '../wire';
import { parsedJson } from './form';
import { formats } from './formats';
import type { Operation, Schema } from './operations';

/** The faults of a value; empty if there are none. */
type Check = (value: unknown) => string[];

export type Checks = {
  /** `{ path, query, header }`. */
  readonly params: Check;
  readonly form: Check;
  readonly answer: (response: WireResponse) => string[];
};

/**
 * Strict: an unknown keyword or format, or `nullable` without a type, is a fault of the description. Compiled once a
 * process, so set to compile fast.
 */
const ajv = new Ajv({
  strict: true,
  strictRequired: false,
  allErrors: true,
  formats,
  meta: false,
  validateSchema: false,
  code: { optimize: false },
});
ajv.addVocabulary(['components']);

/** Every error of Twilio's REST API (docs/usage/twilios-response#response-formats-exceptions). */
const ERROR: Schema = {
  type: 'object',
  properties: {
    code: { type: 'integer' },
    message: { type: 'string', minLength: 1 },
    more_info: { type: 'string', format: 'uri' },
    status: { type: 'integer' },
  },
  required: ['code', 'message', 'more_info', 'status'],
  additionalProperties: false,
};

const known = new WeakMap<Operation, Checks>();
const compiled = new WeakMap<Schema, Check>();

/** What is wrong with a value by a schema that stands alone. */
export function failuresOf(schema: Schema, value: unknown): string[] {
  const check = compiled.get(schema) ?? lazily(schema);
  compiled.set(schema, check);
  return check(value);
}

/** Each is compiled at first use: a call needs few of them. */
export function checksOf(operation: Operation): Checks {
  const found = known.get(operation);
  if (found) return found;
  const { components, form, answers } = operation;
  const checkError = lazily(ERROR);
  const checkAnswer = new Map(
    Object.entries(answers).map(([status, schema]) => [
      status,
      schema ? lazily({ ...schema, components }) : null,
    ]),
  );
  const checks: Checks = {
    params: lazily({ ...paramsSchema(operation), components }),
    form: lazily({ ...form?.schema, components }),
    answer({ status, headers, body }) {
      if (status < 400 && !checkAnswer.has(String(status))) return ['no such status'];
      const check = status >= 400 ? checkError : checkAnswer.get(String(status));
      if (!check) return body === '' ? [] : ['a body, where there is none'];
      if (!/^application\/json\b/.test(headers['content-type'] ?? ''))
        return ['not of type application/json'];
      return check(parsedJson(body));
    },
  };
  known.set(operation, checks);
  return checks;
}

function paramsSchema({ parameters }: Operation): Schema {
  const places = ['path', 'query', 'header'].map((place) => {
    const those = parameters.filter((parameter) => parameter.in === place);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(those.map(({ name, schema }) => [name, schema])),
      required: those.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    };
    return [place, schema];
  });
  return { type: 'object', properties: Object.fromEntries(places) };
}

function lazily(schema: Schema): Check {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(schema);
    return validate(value) ? [] : (validate.errors ?? []).map(inWords);
  };
}

function inWords({ instancePath, message, params }: ErrorObject): string {
  const { additionalProperty, allowedValues } = params;
  const more = additionalProperty ?? allowedValues?.join(', ');
  return [instancePath.slice(1), message, more && `(${more})`].filter(Boolean).join(' ');
}
