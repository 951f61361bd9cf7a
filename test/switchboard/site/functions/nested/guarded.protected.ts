import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';

export function handler(
  _context: Context,
  event: Record<string, unknown>,
  callback: ServerlessCallback,
): void {
  callback(null, { Digits: event.Digits, list: Runtime.getAssets()['/list.json']?.open() });
}
