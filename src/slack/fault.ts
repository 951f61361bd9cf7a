/** What went wrong with a request to Slack, and whether anything can be done about it. */
import { TooManyRequests } from './limited-fetch';
import { REFUSALS, type Refusal } from './refusals';

export class SlackFault extends Error {
  /** Undefined if Slack's word is unknown, or there was none. */
  readonly refusal: Refusal | undefined;
  /** Slack answered with a word of its own, so another request may succeed. */
  readonly isAnswer: boolean;
  /** Seconds after which it may be asked again; undefined if it does not say. */
  readonly retryAfter: number | undefined;

  constructor(
    readonly word: string,
    { isAnswer = false, retryAfter, hint }: { isAnswer?: boolean; retryAfter?: number; hint?: string } = {},
  ) {
    const refusal = REFUSALS[word];
    const advice = refusal?.kind === 'passing' ? undefined : refusal?.advice;
    super([word, hint, advice].filter(Boolean).join(': '));
    this.refusal = refusal;
    this.isAnswer = isAnswer;
    this.retryAfter = retryAfter;
  }

  /** Every other message would fail in the same way. */
  get isForAll(): boolean {
    return !this.isAnswer || this.retryAfter !== undefined || this.refusal?.kind === 'everybody';
  }
}

type Known = {
  readonly original?: unknown;
  readonly data?: { readonly error?: unknown; readonly needed?: unknown };
  readonly statusCode?: unknown;
  readonly body?: unknown;
};

/** Reads what Slack's clients throw. An answer that is not Slack's, such as a proxy's page, is not quoted. */
export function faultOf(error: unknown): SlackFault {
  if (error instanceof SlackFault) return error;
  const { original, data, statusCode, body } = error as Known;
  if (original instanceof TooManyRequests) {
    return new SlackFault('ratelimited', { isAnswer: true, retryAfter: original.retryAfter });
  }
  if (typeof data?.error === 'string') {
    const hint = typeof data.needed === 'string' && isWord(data.needed) ? `needs ${data.needed}` : undefined;
    return new SlackFault(isWord(data.error) ? data.error : 'an answer that is not from Slack', {
      isAnswer: isWord(data.error),
      hint,
    });
  }
  if (typeof statusCode === 'number') {
    if (typeof body === 'string' && isWord(body)) return new SlackFault(body, { isAnswer: true });
    return new SlackFault(`HTTP ${statusCode}`);
  }
  const { message } = (original ?? error) as Error;
  return new SlackFault(message);
}

/** `chat:write,channels:read` counts as well. */
const isWord = (text: string) => /^[a-z0-9_:.,]{2,80}$/.test(text);
