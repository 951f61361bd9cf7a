/** Milliseconds: Slack is told what happens, but is not waited for. */
export const LIMIT_MS = 2_000;

/** Slack's 429. Its two clients tell of it in two ways, and one does not say after how long to come again. */
export class TooManyRequests extends Error {
  /** @param retryAfter seconds */
  constructor(readonly retryAfter: number) {
    super(`Slack wants to be left alone for ${retryAfter} s`);
  }
}

/** Seconds: what is waited where Slack does not say. docs.slack.dev/apis/web-api/rate-limits */
const RETRY_AFTER = 30;

/** `fetch` that gives up, on the headers or the body: the timer runs on, and comes to nothing where both are there. */
export const limitedFetch =
  (onRequest?: () => void): typeof fetch =>
  async (input, init) => {
    onRequest?.();
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error(`Slack did not answer within ${LIMIT_MS} ms`)), LIMIT_MS);
    const response = await fetch(input, { ...init, signal: abort.signal });
    if (response.status === 429) {
      throw new TooManyRequests(Number(response.headers.get('retry-after')) || RETRY_AFTER);
    }
    return response;
  };
