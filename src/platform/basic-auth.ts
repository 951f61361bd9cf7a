/** Basic authentication. rfc-editor.org/rfc/rfc7617 */
import { createHash, timingSafeEqual } from 'node:crypto';

export type Credentials = { readonly user: string; readonly password: string };

/** Whether a request's Authorization header holds these credentials; takes the same time whether it nearly does or not. */
export function isAuthorized(header: string | undefined, { user, password }: Credentials): boolean {
  const [, encoded = ''] = /^Basic +([\w+/=-]+)$/i.exec(header ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  // Digests are of one length whatever was sent, and none of our own tells how long the password is.
  return timingSafeEqual(digest(given), digest(`${user}:${password}`)) && encoded !== '';
}

const digest = (text: string) => createHash('sha256').update(text).digest();
