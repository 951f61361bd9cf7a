/**
 * What Mackerel's JSON tells, field by field. What has another shape than the documentation gives it counts as not
 * told: a name that is missing is better than nobody being rung.
 *
 * `v.custom` where valibot's own would do: each of those is some 300 bytes more in nearly every Function.
 */
import * as v from 'valibot';

export const told = <const T extends v.GenericSchema>(schema: T) => v.fallback(v.optional(schema), undefined);

/** An empty one tells nothing, either. */
export const words = v.custom<string>((value) => typeof value === 'string' && value !== '');
export const text = told(words);
/** JSON may hold 1e999, which is read as infinite. */
export const number = told(v.custom<number>(Number.isFinite));
/** Seconds since the epoch, between 2001 and 2100: milliseconds, and what no calendar could show, are no time. */
export const time = told(
  v.custom<number>((value) => typeof value === 'number' && value >= 1e9 && value < 4_102_444_800),
);
export const operator = told(v.custom<'>' | '<'>((value) => value === '>' || value === '<'));
export const named = told(v.object({ name: text }));

/** A link that Slack is to show: of any length it would not fit into the state, and of another kind it is none. */
const isLink = (url: unknown) =>
  typeof url === 'string' && url.length <= 400 && URL.canParse(url) && new URL(url).protocol === 'https:';
export const link = told(v.custom<string>(isLink));
