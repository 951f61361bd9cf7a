/**
 * Whether all is well. It is also the clock: the monitor's tick each minute does what is due. Public, but the details
 * depend on the credentials.
 */
import { isAuthorized } from '../platform/basic-auth';
import { TICK } from '../platform/budget';
import { jsonEndpoint } from '../platform/endpoint';
import { detailsOf, told, unsound } from '../webhooks/health';
import { tick } from '../webhooks/tick';

export const handler = jsonEndpoint(
  async ({ authorization }, services) => {
    const { healthCredentials, clockCredentials } = services.config;
    const isShown = (asked: typeof healthCredentials) => asked !== null && isAuthorized(authorization, asked);
    const wantsDetails = isShown(healthCredentials);
    const faults = unsound(services);
    // A stranger must not use up Sync's rate limit.
    if (!wantsDetails && !isShown(clockCredentials)) return told(faults.length === 0, { event: 'looked-at' });
    const [{ isWell, note }, details] = await Promise.all([
      tick(services, wantsDetails ? TICK.detailsMs : undefined),
      wantsDetails ? detailsOf(services, faults) : null,
    ]);
    return told(faults.length === 0 && isWell, note, details);
  },
  told(false, {}),
);
