/** Somebody calls number A: a member hears how things stand, and can be rung back. */
import { voiceEndpoint } from '../http/endpoint';
import { calledIn } from '../page/calling-in';
import { hangUpTwiml } from '../twilio/caller';

export const handler = voiceEndpoint((params, services) => calledIn(services, params), hangUpTwiml);
