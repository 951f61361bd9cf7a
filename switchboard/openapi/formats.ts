import { readTwiml } from '../exchange/twiml/read';

/** "Tue, 31 Aug 2010 20:36:28 +0000". */
const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** The formats of Twilio's description: JSON schema's, and its own. */
export const formats = {
  uri: (text: string) => /^https?:\/\//.test(text) && URL.canParse(text),
  'date-time': (text: string) => ISO_8601.test(text) && !Number.isNaN(Date.parse(text)),
  'date-time-rfc-2822': (text: string) => RFC_2822.test(text) && !Number.isNaN(Date.parse(text)),
  /** A phone number, or an address of another kind: `sip:`, `client:`. */
  endpoint: (text: string) => /^\+[1-9]\d{6,14}$/.test(text) || /^(sip|client):/.test(text),
  'http-method': (text: string) => ['GET', 'POST'].includes(text),
  /** Twilio's examples have `usd`, too. */
  currency: (text: string) => /^[A-Z]{3}$/i.test(text),
  'phone-number': (text: string) => /^\+[1-9]\d{6,14}$/.test(text),
  'iso-country-code': (text: string) => /^[A-Z]{2}$/.test(text),
  date: (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)),
  twiml: isTwiml,
  int64: { type: 'number', validate: Number.isSafeInteger },
} as const;

function isTwiml(text: string): boolean {
  try {
    readTwiml(text, 'call');
    return true;
  } catch {
    return false;
  }
}
