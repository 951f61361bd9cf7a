/**
 * The fields of Mackerel's JSON. A field of another shape than documented counts as missing: a missing name is better
 * than a phone that does not ring.
 *
 * `v.custom` replaces valibot's own checks, each of which would add some 300 bytes to nearly every Function.
 */
import * as v from 'valibot';

/** A field that may be missing, or of another shape. */
export const optional = <const T extends v.GenericSchema>(schema: T) =>
  v.fallback(v.optional(schema), undefined);

export const anything = v.custom<unknown>(() => true);

/** An empty text counts as missing. */
export const words = v.custom<string>((value) => typeof value === 'string' && value !== '');
export const text = optional(words);
/** JSON may hold 1e999, which is read as infinite. */
export const number = optional(v.custom<number>(Number.isFinite));
/** Seconds since the epoch, between 2001 and 2100: this excludes milliseconds, and times that no calendar can show. */
export const time = optional(
  v.custom<number>((value) => typeof value === 'number' && value >= 1e9 && value < 4_102_444_800),
);
export const operator = optional(v.custom<'>' | '<'>((value) => value === '>' || value === '<'));
export const named = optional(v.object({ name: text }));

/** A link for Slack, short enough for the state. */
const isLink = (url: unknown) =>
  typeof url === 'string' && url.length <= 400 && URL.canParse(url) && new URL(url).protocol === 'https:';
export const link = optional(v.custom<string>(isLink));
