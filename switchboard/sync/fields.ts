/** Reads and checks the form fields and headers of Sync's REST API. */
import { refuse } from './problems';

/** 16 KiB an item or document: twilio.com/docs/sync/limits */
const maxBytes = 16 * 1024;
/** A year: twilio.com/docs/api/errors/54011 */
const maxTtlSeconds = 31_536_000;
const sid = /^[A-Z]{2}[0-9a-f]{32}$/i;

export function looksLikeSid(text: string): boolean {
  return sid.test(text);
}

/**
 * The `Data` field: a JSON object with its size in UTF-8 bytes. Undefined if the field is missing.
 *
 * @param invalid the error for JSON that is not an object: each kind of thing has its own code
 */
export function readData(
  form: URLSearchParams,
  invalid: 'invalidDocumentData' | 'invalidItemData',
): { data: object; bytes: number } | undefined {
  const text = form.get('Data');
  if (text === null) return undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) refuse('tooLarge');
  const data = parseJson(text);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) refuse(invalid);
  return { data, bytes };
}

/** Seconds to live, 0 = forever. Undefined if none of the fields is there. */
export function readTtl(form: URLSearchParams, ...names: readonly string[]): number | undefined {
  const text = names.map((name) => form.get(name)).find((value) => value !== null);
  if (text === undefined || text === null) return undefined;
  const seconds = Number(text);
  const valid = text !== '' && Number.isInteger(seconds) && seconds >= 0 && seconds <= maxTtlSeconds;
  return valid ? seconds : refuse('invalidTtl');
}

export function readUniqueName(form: URLSearchParams): string | undefined {
  const name = form.get('UniqueName');
  if (name === null) return undefined;
  if (name.length < 1 || name.length > 256 || looksLikeSid(name)) refuse('invalidUniqueName');
  return name;
}

/** 1 to 256 characters: twilio.com/docs/api/errors/54209 */
export function readKey(form: URLSearchParams): string {
  const key = form.get('Key');
  if (key === null || key.length < 1 || key.length > 256) refuse('invalidKey');
  return key;
}

/** The revision that the caller requires, from `If-Match`, with or without the quotes of an ETag. */
export function readIfMatch(headers: Record<string, string>): string | undefined {
  const value = headers['if-match'];
  if (value === undefined) return undefined;
  const revision = value.replace(/^"(.*)"$/, '$1');
  return revision === '' ? refuse('invalidIfMatch') : revision;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('invalidJson');
  }
}
