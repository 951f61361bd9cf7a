/** The direct way waits between two rounds: a Function asks the next, since Functions have no timer. */

import { WEBHOOK } from '../platform/budget';
import { statusEndpoint } from '../platform/endpoint';
import { fromParams } from '../store/continuation';
import { waited } from '../webhooks/pause';

export const handler = statusEndpoint(async (params, services) => {
  const carried = fromParams(params);
  if (!carried) return { event: 'ignored' };
  return { event: 'waited', page: carried.page, ...(await waited(services, carried, params)) };
}, WEBHOOK.wholeMs);
