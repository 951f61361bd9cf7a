/**
 * Reads what Slack's Web API and incoming webhooks are called with: JSON, or a form whose structured fields are JSON
 * text (docs.slack.dev/apis/web-api, "POST bodies").
 */
import type { WireRequest } from '../wire';

export type Arguments = { readonly [name: string]: unknown };

/** Undefined if the body does not match its content type. */
export function readArguments({ headers, body, url }: WireRequest): Arguments | undefined {
  const fromQuery = Object.fromEntries(url.searchParams);
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) {
    return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) };
  }
  const parsed = parseJson(body);
  return isObject(parsed) ? { ...fromQuery, ...parsed } : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list, or a list as JSON text; `'malformed'` if it is neither. */
export function listOf(value: unknown): readonly unknown[] | undefined | 'malformed' {
  if (value === undefined || value === null || value === '') return undefined;
  const list = typeof value === 'string' ? parseJson(value) : value;
  return Array.isArray(list) ? list : 'malformed';
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
