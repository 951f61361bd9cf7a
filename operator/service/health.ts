/** What the deployed service says of itself: `GET /health`, docs/endpoints.md */

export type HealthDetails = {
  readonly ok: boolean;
  /** SHA-256 of each private Asset, by path. */
  readonly assets: Readonly<Record<string, string>>;
  readonly sync: {
    readonly ok: boolean;
    /** Seconds since the epoch: when a call's end was first reported to us. */
    readonly endsToldSince?: number | null;
  };
  /** As seen from the Functions; null if they have no key. */
  readonly mackerel: { readonly ok: boolean; readonly why?: string } | null;
};

/** Shorter than what the doctor gives a line, for others want to know it too. */
const LIMIT_MS = 7_000;

/** The details, or in words why there are none. */
export async function askHealth(
  { env, fetch: fetched }: { readonly env: Readonly<Record<string, string>>; readonly fetch: typeof fetch },
  domain: string,
): Promise<HealthDetails | string> {
  const { HEALTH_USER: user, HEALTH_PASSWORD: password } = env;
  if (!user || !password) return 'HEALTH_USER, HEALTH_PASSWORD';
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  try {
    const answer = await fetched(`https://${domain}/health`, {
      headers: { authorization },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    const details = (await answer.json().catch(() => ({}))) as Partial<HealthDetails>;
    return details.assets ? (details as HealthDetails) : `HTTP ${answer.status}`;
  } catch (fault) {
    const { name, message } = fault as Error;
    return name === 'TimeoutError' ? 'timeout' : message;
  }
}
