/** One line of JSON for each webhook: what it was about, what came of it, how long it took. No number, no text of an alert. */
export type Entry = Readonly<Record<string, string | number | boolean | null | undefined>>;

export const log = (entry: Entry) => console.log(JSON.stringify(entry));
export const warn = (message: string) =>
  console.warn(JSON.stringify({ level: 'warn', message: withoutNumbers(message) }));

/** Twilio's and Node's errors quote what they were given. */
export const withoutNumbers = (message: string) => message.replace(/(\+|%2B)\d{6,15}/gi, '(number)');
