import { REQUEST } from '../platform/budget';

/** Slack's 429. Its two clients report it in two ways, and one does not say after how long to come again. */
export class TooManyRequests extends Error {
  /** @param retryAfter seconds */
  constructor(readonly retryAfter: number) {
    super(`Slack wants to be left alone for ${retryAfter} s`);
  }
}

/** `fetch` that gives up on the headers or the body. The timer runs on, and changes nothing once both have arrived. */
export const limitedFetch =
  (onRequest?: () => void): typeof fetch =>
  async (input, init) => {
    onRequest?.();
    const abort = new AbortController();
    const late = new Error(`Slack did not answer within ${REQUEST.slackMs} ms`);
    setTimeout(() => abort.abort(late), REQUEST.slackMs);
    const response = await fetch(input, { ...init, signal: abort.signal });
    if (response.status === 429) {
      const seconds = Number(response.headers.get('retry-after'));
      throw new TooManyRequests(seconds || REQUEST.slackAgainSeconds);
    }
    return response;
  };
