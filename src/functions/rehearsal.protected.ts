/**
 * `npm run rehearse` has people rung by calls of our own. It signs its request as Twilio does, with the account's
 * token.
 */
import { jsonEndpoint } from '../platform/endpoint';
import { rehearsed } from '../webhooks/rehearsal';

export const handler = jsonEndpoint(({ body }, services) => rehearsed(services, body));
