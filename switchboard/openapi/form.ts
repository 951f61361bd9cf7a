import type { Encoding, Schema } from './operations';

/**
 * The values of a form or a query, each read as its schema says. A value that cannot be read stays text, and a
 * repeated one becomes a list, for the check to report.
 */
export function readForm(
  form: URLSearchParams,
  properties: Readonly<Record<string, Schema>>,
  encoding: Encoding = {},
): Record<string, unknown> {
  const names = [...new Set(form.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const texts = form.getAll(name);
      if (properties[name]?.type === 'array' || texts.length > 1) return [name, texts];
      const [text = ''] = texts;
      const isJson = encoding[name]?.contentType === 'application/json';
      return [name, isJson ? parsedJson(text) : typed(text, properties[name]?.type)];
    }),
  );
}

function typed(text: string, type: string | undefined): unknown {
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

/** Text that is not JSON is returned as it is. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
