import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';

/** Answers TwiML with what the context and the event say. */
export function handler(
  context: Context,
  event: Record<string, unknown>,
  callback: ServerlessCallback,
): void {
  const response = new Twilio.twiml.VoiceResponse();
  response.say(`${context.DOMAIN_NAME} ${context.PATH} ${event.From ?? ''} ${event.alertId ?? ''}`.trim());
  callback(null, response);
}
