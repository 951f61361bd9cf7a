/** Somebody calls number A: a member hears how things stand, and can be rung back. */
import { voiceEndpoint } from '../platform/endpoint';
import { hangUpTwiml } from '../voice/caller';
import { calledIn } from '../webhooks/call-in';

export const handler = voiceEndpoint((params, services) => calledIn(services, params), hangUpTwiml);
