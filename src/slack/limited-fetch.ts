/** Milliseconds: Slack is told what happens, but is not waited for. */
const LIMIT_MS = 2_000;

/** Called for each request. */
export type OnRequest = () => void;

/** `fetch` that gives up, on the headers or the body: the timer runs on, and comes to nothing where both are there. */
export const limitedFetch =
  (onRequest?: OnRequest): typeof fetch =>
  async (input, init) => {
    onRequest?.();
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error(`Slack did not answer within ${LIMIT_MS} ms`)), LIMIT_MS);
    return fetch(input, { ...init, signal: abort.signal });
  };
