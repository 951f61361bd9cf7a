/**
 * What Mackerel's JSON tells, field by field. What has another shape than the documentation gives it counts as not
 * told: a name that is missing is better than nobody being rung.
 */
export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** An empty one tells nothing, either. */
export const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
export const numberOf = (value: unknown) => (Number.isFinite(value) ? (value as number) : undefined);
export const operatorOf = (value: unknown) => OPERATORS.find((operator) => operator === value);
const OPERATORS = ['>', '<'] as const;

/** Seconds since the epoch, between 2001 and 2100: milliseconds, and what no calendar could show, are no time. */
export function timeOf(value: unknown): number | undefined {
  const time = numberOf(value);
  return time !== undefined && time >= 1e9 && time < 4_102_444_800 ? time : undefined;
}
