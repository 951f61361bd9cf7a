/** The small site in `site/`, served as Twilio's platform serves it, and requests to it. */
import { join, resolve } from 'node:path';
import twilio from 'twilio';
import type { Clock } from '../../switchboard/clock';
import { assetsIn, type FunctionsHost, functionsIn, openFunctions } from '../../switchboard/functions-host';
import type { WireRequest } from '../../switchboard/wire';

export const ACCOUNT_SID = `AC${'0'.repeat(32)}`;
export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
export const PUBLIC_URL = 'https://example-1234-dev.twil.io';
const SITE = join(__dirname, 'site');

export const siteFunctions = () => functionsIn(join(SITE, 'functions'));
export const siteAssets = () => assetsIn(join(SITE, 'assets'));

export const openSite = (clock: Clock, refusedSignatureStatus?: 400 | 403): FunctionsHost =>
  openFunctions({
    clock,
    baseDir: resolve(__dirname, '../..'),
    publicUrl: PUBLIC_URL,
    env: { ACCOUNT_SID, AUTH_TOKEN },
    functions: siteFunctions(),
    assets: siteAssets(),
    refusedSignatureStatus,
  });

export const get = (path: string, headers: Record<string, string> = {}): WireRequest => ({
  method: 'GET',
  url: new URL(path, PUBLIC_URL),
  headers,
  body: '',
});

/** Signed with our account's token, or another. */
export function post(path: string, form: Record<string, string>, token?: string): WireRequest {
  const url = new URL(path, PUBLIC_URL);
  const signature = twilio.getExpectedTwilioSignature(token ?? AUTH_TOKEN, url.href, form);
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': signature },
    body: new URLSearchParams(form).toString(),
  };
}
