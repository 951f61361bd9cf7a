/**
 * One line of JSON for each webhook: what it was about, its result, and how long it took. No phone number, no text of
 * an alert.
 */
export type Entry = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** If two entries have the same field, the later one counts. */
export const log = (...entries: readonly (Entry | undefined)[]) => console.log(line(...entries));
export const warn = (message: string) => console.warn(line({ level: 'warn', message }));

const LONGEST = 300;

function line(...entries: readonly (Entry | undefined)[]): string {
  const all = entries.flatMap((entry) => Object.entries(entry ?? {}));
  const known = all.filter(([, value]) => value !== undefined);
  return JSON.stringify(
    Object.fromEntries(
      known.map(([name, value]) => [name, typeof value === 'string' ? short(value) : value]),
    ),
  );
}

const short = (text: string) => withoutNumbers(text).slice(0, LONGEST);

/** Errors of Twilio and Node quote their input. */
export const withoutNumbers = (message: string) => message.replace(/(\+|%2B)\d{6,15}/gi, '(number)');

/** A plain word from outside for the log; anything else becomes nothing. */
export const plain = (text: string | undefined) =>
  text !== undefined && /^[\w-]{1,40}$/.test(text) ? text : undefined;
