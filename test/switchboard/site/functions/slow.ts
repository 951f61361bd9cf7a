import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';

/** Answers after `seconds`; never, without. */
export function handler(
  _context: Context,
  event: Record<string, string>,
  callback: ServerlessCallback,
): void {
  if (event.seconds) setTimeout(() => callback(null, 'done'), Number(event.seconds) * 1000);
}
