/** What every part of Sync's REST API gets, and how an unknown name is refused. */
import { looksLikeSid } from './fields';
import { refuse } from './problems';
import type { Rates } from './rates';
import type { Owner } from './resources';
import type { Store } from './store';

/** Twilio documents two codes for an unknown unique name and does not say which one comes. */
export type MissingNameCode = 'specific' | 'unique-name';

export type SyncRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly form: URLSearchParams;
  readonly store: Store;
  readonly rates: Rates;
  readonly owner: Owner;
  readonly missingNameCode: MissingNameCode;
};

export function missing(
  request: SyncRequest,
  name: string,
  specific: 'documentNotFound' | 'mapNotFound',
): never {
  const byUniqueName = request.missingNameCode === 'unique-name' && !looksLikeSid(name);
  return refuse(byUniqueName ? 'uniqueNameNotFound' : specific);
}
