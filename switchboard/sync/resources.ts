/** Sync's own JSON shapes, field by field as `twilio` reads them (lib/rest/sync/v1/service). */
import { type Document, type Item, revisionOf, type SyncMap } from './store';

/** The service's owner. `url` is the service's address. */
export type Owner = { accountSid: string; serviceSid: string; url: string };

export function documentJson(document: Document, owner: Owner): object {
  const url = `${owner.url}/Documents/${document.sid}`;
  return {
    sid: document.sid,
    unique_name: document.uniqueName ?? null,
    ...common(document, owner, url),
    links: { permissions: `${url}/Permissions` },
    data: document.data,
  };
}

export function mapJson(map: SyncMap, owner: Owner): object {
  const url = `${owner.url}/Maps/${map.sid}`;
  return {
    sid: map.sid,
    unique_name: map.uniqueName ?? null,
    ...common(map, owner, url),
    links: { items: `${url}/Items`, permissions: `${url}/Permissions` },
  };
}

export function itemJson(item: Item, map: SyncMap, owner: Owner): object {
  const url = `${owner.url}/Maps/${map.sid}/Items/${encodeURIComponent(item.key)}`;
  return { key: item.key, map_sid: map.sid, ...common(item, owner, url), data: item.data };
}

function common(kept: Document | SyncMap | Item, owner: Owner, url: string): object {
  return {
    account_sid: owner.accountSid,
    service_sid: owner.serviceSid,
    url,
    revision: revisionOf(kept),
    date_created: iso(kept.createdAt),
    date_updated: iso(kept.updatedAt),
    date_expires: kept.expiresAt === undefined ? null : iso(kept.expiresAt),
    created_by: 'system',
  };
}

/** Whole seconds, as `twilio` expects. */
function iso(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
