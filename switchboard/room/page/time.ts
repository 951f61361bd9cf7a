const formats = new Map<string, Intl.DateTimeFormat>();

/** `03:00:05` in the list's own time zone. */
export function clockTime(at: number, timeZone: string): string {
  const known = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
  formats.set(timeZone, known);
  return known.format(at);
}

export const secondsSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / 1000));
