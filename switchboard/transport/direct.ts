/** The handlers, called in this process; under Twilio's and Slack's REST clients, the shortest way to the stand-ins. */

import type { Transport } from '../transport';
import { directFunctions } from './direct-functions';
import { directFetch } from './fetch';
import { shortenTwilioClients } from './twilio-client';

export const direct: Transport = {
  openFunctions: directFunctions,
  reroute(carry, clock) {
    const restoreTwilio = shortenTwilioClients(carry, clock);
    const realFetch = globalThis.fetch;
    globalThis.fetch = directFetch(carry);
    return () => {
      restoreTwilio();
      globalThis.fetch = realFetch;
    };
  },
};
