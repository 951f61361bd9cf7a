import type { Context, ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';

/** Rings the same person `n` times, then hangs up. */
export function handler(context: Context, event: Record<string, string>, callback: ServerlessCallback): void {
  const response = new Twilio.twiml.VoiceResponse();
  const rest = Number(event.n);
  if (rest === 0) response.hangup();
  else {
    const dial = response.dial({
      callerId: event.From,
      timeout: 55,
      action: `/ring?n=${rest - 1}&to=${encodeURIComponent(String(event.to))}`,
    });
    dial.number(
      {
        statusCallback: `https://${context.DOMAIN_NAME}/status`,
        statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      },
      String(event.to),
    );
  }
  callback(null, response);
}
