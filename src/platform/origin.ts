/**
 * Where these Functions are reached, without a slash at the end. Every URL that Twilio is handed begins with it: of
 * relative ones its pages promise something in a few places only (docs/voice/twiml/number, …/play).
 *
 * @param context the Function's; on a developer's machine its domain is a local port, which speaks plain HTTP
 */
export const originOf = ({ DOMAIN_NAME: domain = '' }: { readonly DOMAIN_NAME?: string }): string =>
  `${LOCAL.test(domain) ? 'http' : 'https'}://${domain}`;

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
