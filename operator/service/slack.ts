/** Slack's Web API as an operator asks it: once, and not for ever. docs.slack.dev/tools/node-slack-sdk/web-api */
import { LogLevel, WebClient } from '@slack/web-api';
import { type Text, text } from '../text';

/** Longer than what the doctor gives a line, which then says in its own words who is silent. */
const LIMIT_MS = 12_000;

export const slackOf = (token: string): WebClient =>
  new WebClient(token, { logLevel: LogLevel.ERROR, retryConfig: { retries: 0 }, timeout: LIMIT_MS });

/** Slack's own word for what it refuses; null where it did not answer at all. */
export const wordOf = (fault: Error & { readonly data?: { readonly error?: string } }): string | null =>
  fault.data?.error ?? null;

export function inWords(fault: Error): Text {
  const word = wordOf(fault);
  return word
    ? text(`refused: ${word}`, `拒否されました（${word}）`)
    : text(`Slack does not answer: ${fault.message}`, `Slack に接続できません（${fault.message}）`);
}
