/** Posts a notification to the URL of a webhook channel. */
import type { WireRequest, WireResponse } from '../wire';

export type Webhook = {
  /** May hold a user and a password: Mackerel's documentation recommends Basic authentication in this way. */
  url: string;
  deliver(request: WireRequest): Promise<WireResponse>;
};

/** `url` comes back without user and password; `status` is 0 if there was no answer. */
export async function postTo(
  { url, deliver }: Webhook,
  payload: object,
): Promise<{ url: string; status: number }> {
  const target = new URL(url);
  const credentials = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
  target.username = '';
  target.password = '';
  const headers = {
    'content-type': 'application/json',
    ...(credentials !== ':' && { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
  };
  try {
    const { status } = await deliver({ method: 'POST', url: target, headers, body: JSON.stringify(payload) });
    return { url: target.href, status };
  } catch {
    return { url: target.href, status: 0 };
  }
}
