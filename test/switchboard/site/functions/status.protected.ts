import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';

export function handler(_context: Context, _event: unknown, callback: ServerlessCallback): void {
  callback(null, '');
}
