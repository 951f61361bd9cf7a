/** Basic authentication. rfc-editor.org/rfc/rfc7617 */
import { createHash, timingSafeEqual } from 'node:crypto';

export type Credentials = { readonly user: string; readonly password: string };

/** Whether an Authorization header holds these credentials. Takes the same time for any wrong password. */
export function isAuthorized(header: string | undefined, { user, password }: Credentials): boolean {
  const [, encoded = ''] = /^Basic +([\w+/=-]+)$/i.exec(header ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  // Digests have the same length whatever was sent, so the time says nothing about the password's length.
  return timingSafeEqual(digest(given), digest(`${user}:${password}`)) && encoded !== '';
}

const digest = (text: string) => createHash('sha256').update(text).digest();
