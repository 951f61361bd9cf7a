import twilio from 'twilio';
import { type Clock, installClock } from '../../switchboard/clock';
import {
  createExchange,
  type Exchange,
  type ExchangeEvent,
  type ExchangeOptions,
} from '../../switchboard/exchange';
import { responseFaults } from '../../switchboard/openapi';
import type { WireRequest, WireResponse } from '../../switchboard/wire';

export const ACCOUNT = { sid: `AC${'0'.repeat(31)}1`, authToken: 'token-of-a' };
export const OTHER_ACCOUNT = { sid: `AC${'0'.repeat(31)}2`, authToken: 'token-of-b' };
/** A: where calls come from. B: where the hold music plays. The rest are people's. */
export const A = '+815000000001';
export const B = '+815000000002';
export const ANN = '+815000000011';
export const BOB = '+815000000012';
export const PUBLIC_URL = 'https://example-1234-dev.twil.io';

export type Asked = {
  at: number;
  method: string;
  path: string;
  url: URL;
  params: Record<string, string>;
  signed: boolean;
};
type Page =
  | string
  | ((params: Record<string, string>) => string | WireResponse | Promise<string | WireResponse>);

/** An exchange with a web site of tiny TwiML pages behind it, at second 0 of virtual time. */
export type Stage = {
  clock: Clock;
  exchange: Exchange;
  pages: Record<string, Page>;
  /** What has been requested, `at` in seconds since the start. */
  asked: Asked[];
  /** Paths (and, for those that have it, CallStatus or DialCallStatus) with their second. */
  story(): string[];
  rest(
    method: string,
    path: string,
    form?: Record<string, string | string[]>,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  call(form?: Record<string, string | string[]>): Promise<string>;
  update(
    sid: string,
    form: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  of<K extends ExchangeEvent['kind']>(kind: K): Extract<ExchangeEvent, { kind: K }>[];
  seconds(): number;
};

export const twiml = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`;

export function setStage(options: Partial<ExchangeOptions> = {}): Stage {
  const clock = installClock({ startAt: new Date('2026-11-22T00:00:00Z') });
  const start = clock.now();
  const asked: Asked[] = [];
  const pages: Record<string, Page> = {
    '/hold': twiml('<Play loop="0">https://music.example.com/hold.wav</Play>'),
  };

  async function handle(request: WireRequest): Promise<WireResponse> {
    const form = request.method === 'POST' ? Object.fromEntries(new URLSearchParams(request.body)) : {};
    const params = { ...Object.fromEntries(request.url.searchParams), ...form };
    const signature = request.headers['x-twilio-signature'] ?? '';
    const signed = twilio.validateRequest(ACCOUNT.authToken, signature, request.url.href, form);
    const path = request.url.pathname;
    asked.push({
      at: (clock.now() - start) / 1000,
      method: request.method,
      path,
      url: request.url,
      params,
      signed,
    });
    const page = pages[path];
    if (page === undefined) return path.startsWith('/status') ? reply('', 200) : reply('Not found', 404);
    const answer = typeof page === 'string' ? page : await page(params);
    return typeof answer === 'string' ? reply(answer, 200) : answer;
  }

  const exchange = createExchange({
    clock,
    accountSid: ACCOUNT.sid,
    authToken: ACCOUNT.authToken,
    owned: [{ number: A }, { number: B, voiceUrl: '/hold', account: OTHER_ACCOUNT }],
    functions: { handle },
    publicUrl: PUBLIC_URL,
    ...options,
  });

  const rest: Stage['rest'] = async (method, path, form = {}) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form))
      for (const one of [value].flat()) body.append(name, one);
    const request = {
      method,
      url: new URL(`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT.sid}${path}`),
      headers: {
        authorization: `Basic ${Buffer.from(`${ACCOUNT.sid}:${ACCOUNT.authToken}`).toString('base64')}`,
      },
      body: body.toString(),
    };
    const response = await exchange.handle(request);
    expect(responseFaults(request, response)).toEqual([]);
    return { status: response.status, body: JSON.parse(response.body) };
  };

  return {
    clock,
    exchange,
    pages,
    asked,
    rest,
    story: () =>
      asked
        .filter(({ path }) => path !== '/hold')
        .map(({ at, path, params }) => [at, path, params.DialCallStatus ?? params.CallStatus].join(' ')),
    async call(form = {}) {
      const made = await rest('POST', '/Calls.json', { From: A, To: B, Url: `${PUBLIC_URL}/list`, ...form });
      expect(made).toMatchObject({ status: 201 });
      return String(made.body.sid);
    },
    update: (sid, form) => rest('POST', `/Calls/${sid}.json`, form),
    of: (kind) => exchange.events.filter((event) => event.kind === kind) as never,
    seconds: () => (clock.now() - start) / 1000,
  };
}

export const reply = (body: string, status: number, type = 'text/xml'): WireResponse => ({
  status,
  headers: { 'content-type': type },
  body,
});
