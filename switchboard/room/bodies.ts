/** Checks what the room's API receives; faults come back in words. */
import * as v from 'valibot';
import { dialList, type MackerelAlertSpec, type Reaction } from '..';
import { CALLBACK_FAULTS, LIMITS, NEIGHBOUR_FAULTS, NEIGHBOURS } from './faults';
import { FORMAT, type Night } from './night';

const TYPES = [
  'connectivity',
  'host',
  'service',
  'external',
  'check',
  'expression',
  'anomalyDetection',
  'query',
] as const;
const MOVES = [
  'raise',
  'change',
  'resend',
  'close',
  'drill',
  'habit',
  'script',
  'hand',
  'call',
  'break',
] as const;
const text = v.pipe(v.string(), v.maxLength(2000));
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(86_400));

/** Mackerel raises at most so many alerts for one request. */
const MOST_ALERTS = 1000;

const spec = {
  type: v.optional(v.picklist(TYPES)),
  status: v.optional(v.picklist(['CRITICAL', 'WARNING', 'UNKNOWN'])),
  monitorName: v.optional(text),
  host: v.optional(v.object({ name: text, roles: v.optional(v.array(text)) })),
  service: v.optional(text),
  metric: v.optional(text),
  value: v.optional(v.number()),
  critical: v.optional(v.number()),
  warning: v.optional(v.number()),
  operator: v.optional(v.picklist(['>', '<'])),
  message: v.optional(text),
  group: v.optional(text),
};

const gesture = v.variant('kind', [
  v.object({ kind: v.literal('wait'), seconds }),
  v.object({ kind: v.literal('listen') }),
  v.object({ kind: v.literal('press'), digits: v.pipe(v.string(), v.regex(/^[0-9*#]{1,20}$/)) }),
  v.object({ kind: v.literal('hang-up') }),
]);

const reaction = v.variant('kind', [
  v.object({ kind: v.literal('ignore') }),
  v.object({ kind: v.literal('busy') }),
  v.object({ kind: v.literal('refuse'), after: v.optional(seconds) }),
  v.object({ kind: v.literal('switched-off') }),
  v.object({ kind: v.literal('voicemail'), after: v.optional(seconds), records: v.optional(seconds) }),
  // biome-ignore lint/suspicious/noThenProperty: as the reaction itself has it
  v.object({ kind: v.literal('answer'), after: v.optional(seconds), then: v.optional(v.array(gesture), []) }),
]);

const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_ALERTS)));

export const bodies = {
  alert: v.strictObject({ ...spec, count }),
  status: v.strictObject({ status: v.picklist(['CRITICAL', 'WARNING', 'UNKNOWN']) }),
  close: v.strictObject({ reason: v.optional(text) }),
  phone: v.strictObject({
    habit: v.optional(
      v.picklist(['by-hand', 'ignores', 'voicemail', 'busy', 'switched-off', 'takes', 'passes']),
    ),
    next: v.optional(reaction),
  }),
  press: v.strictObject({
    digits: v.pipe(v.string(), v.regex(/^[0-9*#]{1,20}$/, 'digits are 0 to 9, * and #')),
  }),
  faults: v.strictObject({
    ...Object.fromEntries(
      NEIGHBOURS.map((name) => [name, v.optional(v.nullable(v.picklist(NEIGHBOUR_FAULTS)))]),
    ),
    callbacks: v.optional(v.nullable(v.picklist(CALLBACK_FAULTS))),
    documents: v.optional(v.nullable(v.picklist(CALLBACK_FAULTS))),
    account: v.optional(v.nullable(v.picklist(LIMITS))),
  }),
  clock: v.strictObject({
    speed: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000))),
    isPaused: v.optional(v.boolean()),
  }),
  empty: v.strictObject({}),
  night: v.looseObject({
    format: v.literal(FORMAT),
    list: v.looseObject({ members: v.array(v.looseObject({ name: v.string(), phone: v.string() })) }),
    startAt: v.pipe(v.string(), v.isoTimestamp()),
    settings: v.looseObject({}),
    moves: v.array(v.looseObject({ at: v.pipe(v.number(), v.minValue(0)), do: v.picklist(MOVES) })),
  }),
};

export type Bodies = { [Name in keyof typeof bodies]: v.InferOutput<(typeof bodies)[Name]> } & {
  alert: MackerelAlertSpec & { count?: number };
  phone: { habit?: string; next?: Reaction };
  night: Night;
};

/** The fault of a body, and in which part it is. */
export class BadBody extends Error {}

/** An empty body is an empty object. @throws BadBody */
export function readBody<Name extends keyof Bodies>(name: Name, body: string): Bodies[Name] {
  let given: unknown;
  try {
    given = body.trim() === '' ? {} : JSON.parse(body);
  } catch {
    throw new BadBody('The body is not JSON');
  }
  const result = v.safeParse(bodies[name], given);
  if (result.success) return result.output as Bodies[Name];
  const [issue] = result.issues;
  throw new BadBody(`${v.getDotPath(issue) ?? 'The body'}: ${issue.message}`);
}

/** A night with a valid dial list. @throws BadBody */
export function readNight(body: string): Night {
  const night = readBody('night', body);
  try {
    return { ...night, list: dialList(night.list) };
  } catch (error) {
    throw new BadBody(`list: ${(error as Error).message}`);
  }
}
