/** Requests as Twilio and Mackerel send them, and as they never would; and what an answer must be. */
import { getExpectedTwilioSignature } from 'twilio';
import { account, readTwiml, type Switchboard, type WireRequest, type WireResponse } from '../../switchboard';

export const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';

/** As the platform reads it: a name that comes more than once has all its values. docs/usage/security */
function paramsOf(body: string): Record<string, string | string[]> {
  const form = new URLSearchParams(body);
  const valuesOf = (name: string) => {
    const values = form.getAll(name);
    return values.length === 1 ? (values[0] ?? '') : values;
  };
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, valuesOf(name)]));
}

export type Asked = {
  readonly method?: string;
  readonly path: string;
  /** With what stands behind the question mark, as it is written. */
  readonly query?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export function request({ publicUrl }: Switchboard, asked: Asked): WireRequest {
  const { method = 'POST', path, query = '', body = '', headers = {} } = asked;
  const url = new URL(publicUrl + path);
  url.search = query;
  return { method, url, headers: { ...(method === 'POST' && { 'content-type': FORM }), ...headers }, body };
}

/** Signed by an account, ours unless it says otherwise. */
export function signed(board: Switchboard, asked: Asked, authToken = account.authToken): WireRequest {
  const plain = request(board, asked);
  const params = plain.method === 'POST' ? paramsOf(plain.body) : {};
  const signature = getExpectedTwilioSignature(authToken, plain.url.href, params);
  return { ...plain, headers: { ...plain.headers, 'x-twilio-signature': signature } };
}

/** Asks, and lets time pass until it is answered. */
export async function answerTo(board: Switchboard, asked: WireRequest): Promise<WireResponse> {
  let answer: WireResponse | undefined;
  void board.functions.handle(asked).then((response) => {
    answer = response;
  });
  await board.clock.runUntil(() => answer !== undefined, 60);
  if (!answer) throw new Error(`No answer to ${asked.method} ${asked.url.pathname}`);
  return answer;
}

/** 200, and TwiML that Twilio carries out; a whisper holds fewer verbs. docs/voice/twiml/number#attributes-url */
export function expectTwiml({ status, headers, body }: WireResponse, where: 'call' | 'whisper'): void {
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/xml/);
  expect(() => readTwiml(body, where)).not.toThrow();
  expectNoTrace(body);
}

/** Nothing of how it is made: no stack, no path, no word of a library's. */
export function expectNoTrace(body: string): void {
  expect(body).not.toMatch(/\bat .+:\d+:\d+|\bnode_modules\b|\b(Type|Range|Syntax|Reference)Error\b/);
}
