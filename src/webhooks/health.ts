/** What a Function can check by itself: docs/endpoints.md, `/health`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Entry } from '../platform/log';
import type { Reply } from '../platform/problem';
import type { Services } from '../platform/services';

/** The names of the things that are missing for a phone to ring. It asks no neighbour, so anybody may ask. */
export function unsound({ config, list }: Services): readonly string[] {
  const assets = Runtime.getAssets();
  return [
    ...['/mackerel.js', '/news.js'].filter((path) => !assets[path]),
    ...(list.members.length > 0 ? [] : ['members']),
    ...((list.start === 'webhook' || config.clockCredentials) && !config.callerId ? ['CALLER_ID'] : []),
    ...(list.start === 'webhook' && !config.webhookCredentials ? ['MACKEREL_WEBHOOK_USER'] : []),
  ];
}

/**
 * The details for callers with credentials; for others, and for a monitor that reads the status, only whether all is
 * well.
 */
export function told(isWell: boolean, note: Entry, details: object | null = null): Reply {
  const status = isWell ? 200 : 503;
  return { status, body: { ok: isWell, ...details }, note: { ...note, status } };
}

/** Each neighbour is asked for 1.5 s at most, all in parallel. */
export async function detailsOf(services: Services, faults: readonly string[]): Promise<object> {
  const { callLog, mackerel, now, pages, turnAt } = services;
  const [sync, endsToldSince, alerts] = await Promise.all([
    pages.get().then(
      ({ data, revision }) => ({
        ok: true,
        revision,
        bytes: revision === '' ? 0 : Buffer.byteLength(JSON.stringify(data)),
      }),
      (fault: Error) => ({ ok: false, why: fault.message }),
    ),
    callLog.endsToldSince(),
    mackerel?.openAlerts(),
  ]);
  return {
    faults,
    turn: turnAt(now()),
    runtime: process.version,
    assets: assetHashes(),
    sync: { ...sync, endsToldSince },
    mackerel: alerts ? { ok: alerts.ok, ...(!alerts.ok && { why: alerts.why }) } : null,
  };
}

/** The SHA-256 of each private Asset by its path, because Twilio's API does not return their content. */
function assetHashes(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(Runtime.getAssets()).map(([path, asset]) => [
      path,
      createHash('sha256').update(readFileSync(asset.path)).digest('hex'),
    ]),
  );
}
