/** /Services and /Services/{Sid or unique name}: twilio.com/docs/sync/api/service. There is only one service here. */
import type { WireResponse } from '../wire';
import { jsonResponse, refuse } from './problems';
import type { Owner } from './resources';

export type ServiceState = 'there' | 'once-fetched' | 'none';

/** Answers requests about the service itself; throws if it does not exist; nothing for requests about its content. */
export function serviceOf(owner: Owner, state: ServiceState) {
  const names = new Set(state === 'there' ? ['default', owner.serviceSid] : []);
  return {
    answer(method: string, url: URL): WireResponse | undefined {
      const [, , name, collection] = url.pathname.slice(1).split('/').map(decodeURIComponent);
      if (name === undefined) {
        if (method !== 'POST') refuse('methodNotAllowed');
        // A service that is created cannot be given a name: only its SID identifies it.
        names.add(owner.serviceSid);
        return jsonResponse(201, serviceJson(owner, null));
      }
      if (collection === undefined && method === 'GET' && name === 'default' && state === 'once-fetched')
        for (const known of ['default', owner.serviceSid]) names.add(known);
      if (!names.has(name)) refuse('serviceNotFound');
      if (collection !== undefined) return undefined;
      if (method !== 'GET') refuse('methodNotAllowed');
      return jsonResponse(200, serviceJson(owner, names.has('default') ? 'default' : null));
    },
  };
}

function serviceJson({ accountSid, serviceSid, url }: Owner, uniqueName: string | null): object {
  const date = '2015-07-30T20:00:00Z';
  const collections = ['documents', 'lists', 'maps', 'streams'];
  return {
    sid: serviceSid,
    unique_name: uniqueName,
    account_sid: accountSid,
    friendly_name: null,
    date_created: date,
    date_updated: date,
    url,
    webhook_url: null,
    webhooks_from_rest_enabled: false,
    reachability_webhooks_enabled: false,
    acl_enabled: false,
    reachability_debouncing_enabled: false,
    reachability_debouncing_window: 5000,
    links: Object.fromEntries(
      collections.map((name) => [name, `${url}/${name.charAt(0).toUpperCase()}${name.slice(1)}`]),
    ),
  };
}
