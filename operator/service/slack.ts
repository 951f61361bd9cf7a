/** Slack's own word for what it refuses; null where it did not answer at all: docs.slack.dev/tools/node-slack-sdk/web-api */
export const wordOf = (fault: Error & { readonly data?: { readonly error?: string } }): string | null =>
  fault.data?.error ?? null;
