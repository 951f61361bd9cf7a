/** Milliseconds: Slack is told what happens, but is not waited for. */
const LIMIT_MS = 2_000;

/** Called for each request. */
export type OnRequest = () => void;

/** `fetch` that gives up. A timer of its own, because Slack's clients offer one that a test's clock cannot move. */
export const limitedFetch =
  (onRequest?: OnRequest): typeof fetch =>
  async (input, init) => {
    onRequest?.();
    const abort = new AbortController();
    const timer = setTimeout(
      () => abort.abort(new Error(`Slack did not answer within ${LIMIT_MS} ms`)),
      LIMIT_MS,
    );
    try {
      return await fetch(input, { ...init, signal: abort.signal });
    } finally {
      clearTimeout(timer);
    }
  };
