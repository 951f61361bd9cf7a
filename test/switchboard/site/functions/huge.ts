import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';

export function handler(
  _context: Context,
  { bytes }: Record<string, string>,
  callback: ServerlessCallback,
): void {
  callback(null, 'x'.repeat(Number(bytes)));
}
