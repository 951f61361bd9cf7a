/**
 * Where these Functions are reached, without a slash at the end. Every URL that we give to Twilio is absolute: its
 * documentation allows relative ones only in a few places (docs/voice/twiml/number, …/play).
 *
 * @param context the Function's; on a developer's machine its domain is a local port, which speaks plain HTTP
 */
export const originOf = ({ DOMAIN_NAME: domain = '' }: { readonly DOMAIN_NAME?: string }): string =>
  `${LOCAL.test(domain) ? 'http' : 'https'}://${domain}`;

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
