/**
 * A rehearsal begins as a real page does: by a call to number B if Mackerel calls there, otherwise by calls of our
 * own.
 */

import type { Twilio } from 'twilio';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { StepFault } from '../fault';
import { text } from '../text';

export type Begun =
  /** Mackerel's call, which carries the members' legs. */
  | { readonly kind: 'bridge'; readonly call: string; readonly at: number }
  | { readonly kind: 'direct'; readonly at: number };

type Place = {
  readonly client: Twilio;
  readonly env: Readonly<Record<string, string>>;
  readonly domain: string;
  readonly fetch: typeof fetch;
};

/** From number A to number B, with the TwiML that Mackerel's channel names: what Mackerel does, without the alert. */
export async function callAsMackerelDoes({ client, env, domain }: Place): Promise<Begun> {
  const owned = await client.incomingPhoneNumbers.list();
  const b =
    owned.find(({ voiceUrl }) => voiceUrl === `https://${domain}/hold-music`)?.phoneNumber ?? env.NUMBER_B;
  const from =
    env.CALLER_ID ?? owned.find(({ voiceUrl }) => voiceUrl === `https://${domain}/call-in`)?.phoneNumber;
  if (!b || !from)
    throw new StepFault(
      text(
        'Number A or B is not set up in this account',
        'このアカウントに番号 A または B が設定されていません',
      ),
      text(
        'Run npm run setup; if number B is another account’s, write it into .env as NUMBER_B.',
        'npm run setup を実行してください。番号 B が別アカウントなら .env に NUMBER_B を書いてください。',
      ),
    );
  const at = Date.now();
  const { sid } = await client.calls.create({
    from,
    to: b,
    url: `https://${domain}/dial-list`,
    method: 'GET',
    statusCallback: `https://${domain}/call-ended`,
  });
  return { kind: 'bridge', call: sid, at };
}

/** @param to the only member who is rung; everybody if left out */
export async function callDirectly({ env, domain, fetch: asked }: Place, to?: string): Promise<Begun> {
  const url = `https://${domain}/rehearsal`;
  const params: Record<string, string> = to === undefined ? {} : { to };
  const at = Date.now();
  const answer = await asked(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Twilio-Signature': getExpectedTwilioSignature(env.AUTH_TOKEN ?? '', url, params),
    },
    body: new URLSearchParams(params).toString(),
    signal: AbortSignal.timeout(15_000),
  });
  const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
  if (answer.ok) return { kind: 'direct', at };
  throw new StepFault(
    text(
      `The service refuses: ${error ?? `HTTP ${answer.status}`}`,
      `サービスに拒否されました: ${error ?? `HTTP ${answer.status}`}`,
    ),
    text('npm run doctor says what is not right.', 'npm run doctor で確認してください。'),
  );
}
