import { CALL_EVENTS, type CallEvent, type Method } from './twiml/verbs';

export type Form = URLSearchParams;

/** An error answer of the REST API: `{code, message, more_info, status}` (docs/usage/twilios-response). */
export class RestFault extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }

  body() {
    const { code, message, status } = this;
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

/** Throws for a parameter that Twilio does not document here, or that this exchange does not support. */
export function checkNames(form: Form, known: readonly string[]): void {
  for (const name of form.keys())
    if (!known.includes(name))
      throw new RestFault(400, 20001, `the switchboard does not know or carry out the parameter ${name}`);
}

export function urlFrom(form: Form, name: string, code: number): URL | undefined {
  const text = form.get(name);
  if (text === null) return undefined;
  if (/^https?:\/\//.test(text) && URL.canParse(text) && !new URL(text).hostname.includes('_'))
    return new URL(text);
  throw new RestFault(400, code, `${name} is not a valid URL: ${text}`);
}

/** Throws 21209 for a call's own Method (docs/api/errors/21209), 21403 for the others. */
export function methodFrom(form: Form, name: string): Method {
  const text = (form.get(name) ?? 'POST').toUpperCase();
  if (text === 'GET' || text === 'POST') return text;
  throw new RestFault(400, name === 'Method' ? 21209 : 21403, `${name} must be GET or POST`);
}

/** Throws 21208 for the Timeout (docs/api/errors/21208), 20001 for the others. */
export function wholeFrom(form: Form, name: string, most: number): number | undefined {
  const text = form.get(name);
  if (text === null) return undefined;
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
  throw new RestFault(
    400,
    name === 'Timeout' ? 21208 : 20001,
    `${name} must be a whole number from 1 to ${most}`,
  );
}

/** The parameter is repeated, once for each event; `completed` if there is none. */
export function eventsFrom(form: Form): readonly CallEvent[] {
  const given = form.getAll('StatusCallbackEvent');
  const wrong = given.find((event) => !CALL_EVENTS.includes(event as CallEvent));
  if (wrong !== undefined) throw new RestFault(400, 21626, `Invalid StatusCallbackEvent: ${wrong}`);
  return given.length === 0 ? ['completed'] : (given as CallEvent[]);
}
