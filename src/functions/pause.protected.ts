/** The direct way waits between two rounds: we ask ourselves, for Functions have no timer. */
import { statusEndpoint } from '../http/endpoint';
import { waited } from '../page/pause';
import { TELLING_MS } from '../services';
import { fromParams } from '../twilio/continuation';

export const handler = statusEndpoint(async (params, services) => {
  const carried = fromParams(params);
  if (!carried) return { event: 'ignored' };
  return { event: 'waited', page: carried.page, ...(await waited(services, carried, params)) };
}, TELLING_MS);
