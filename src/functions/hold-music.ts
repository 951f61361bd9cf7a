/**
 * Number B's leg: music keeps the call alive while people are rung. Public, since number B may belong to another
 * account.
 */
import type { ServerlessCallback } from '@twilio-labs/serverless-runtime-types/types';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { log } from '../platform/log';
import { originOf } from '../platform/origin';

export function handler(
  context: { PATH?: string; DOMAIN_NAME?: string },
  _event: object,
  callback: ServerlessCallback,
): void {
  const response = new VoiceResponse();
  // 0 means 1,000 times: docs/voice/twiml/play#attributes-loop
  response.play({ loop: 0 }, `${originOf(context)}/hold-music.wav`);
  log({ path: context.PATH, event: 'music' });
  callback(null, response);
}
