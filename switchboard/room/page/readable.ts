/** A body as a person reads it: JSON and XML indented, a form with a field a line. */
export function readable({
  headers,
  body,
}: {
  headers: Readonly<Record<string, string>>;
  body: string;
}): string {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (/^(audio|image)\//.test(type)) return `(${body.length} bytes)`;
  if (type.includes('form-urlencoded'))
    return [...new URLSearchParams(body)].map(([name, value]) => `${name}: ${value}`).join('\n');
  if (body.startsWith('<')) return indented(body);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function indented(xml: string): string {
  let depth = 0;
  return xml
    .replace(/></g, '>\n<')
    .split('\n')
    .map((line) => {
      if (line.startsWith('</')) depth -= 1;
      const shown = `${'  '.repeat(Math.max(0, depth))}${line}`;
      if (/^<[^/?!][^>]*[^/]>$/.test(line)) depth += 1;
      return shown;
    })
    .join('\n');
}

/** A parameter a line: callbacks carry a whole page. */
export function readableUrl(url: string): string {
  const { origin, pathname, searchParams } = new URL(url);
  const parameters = [...searchParams].map(
    ([name, value], place) => `  ${place === 0 ? '?' : '&'} ${name}=${value}`,
  );
  return [origin + pathname, ...parameters].join('\n');
}
