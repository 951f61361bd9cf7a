/** One Sync document, read and written by revision. twilio.com/docs/sync/api/document-resource */

import { Late, within } from '../platform/time';
import type { Answer, TwilioClient } from '../platform/twilio-client';

export type Versioned<T> = { readonly data: T; readonly revision: string };

export type SyncDocument<T> = {
  /** Null where there is no such document yet. */
  read(): Promise<Versioned<T> | null>;
  /** Writes over that revision, or creates the document where it is null. Gives the new revision. */
  write(data: T, over: string | null): Promise<string>;
};

/** Somebody else wrote first. */
export class Conflict extends Error {
  override name = 'Conflict';
}

/** Sync did not do it. */
export class SyncFailure extends Error {
  override name = 'SyncFailure';
  constructor(
    message: string,
    /** The answer was one that a second try may better: too many requests, or a fault of Sync's own. */
    readonly isPassing: boolean,
    readonly isLate = false,
    /** Sync is there, but everybody asks at once. */
    readonly isCrowded = false,
  ) {
    super(message);
  }
}

/** Milliseconds for one request: a webhook must answer although Sync hangs. */
const REQUEST_LIMIT_MS = 1_400;

/**
 * Asks one service of Sync. Every request may reach it twice: a read changes nothing; a write over a revision, and the
 * creation of a name or a key, are refused the second time as if somebody else had been faster, and whoever hears that
 * reads what there is; a write over any revision writes the same once more.
 *
 * @param path behind the service's own
 * @param form what is written; it is a read where there is none
 * @param ifMatch the revision that is written over
 */
export type SyncService = (
  path: string,
  form?: Readonly<Record<string, unknown>>,
  ifMatch?: string,
) => Promise<Answer>;

export const SYNC = 'https://sync.twilio.com';

export const syncService =
  (twilio: TwilioClient, sid: string): SyncService =>
  (path, form, ifMatch) =>
    twilio.askAgain({
      uri: `${SYNC}/v1/Services/${sid}/${path}`,
      form,
      headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
    });

export function syncDocument<T extends object>(sync: SyncService, name: string): SyncDocument<T> {
  return {
    read: () =>
      asked(async () => {
        const { data, revision } = await sync(`Documents/${name}`);
        return { data: data as T, revision: held(revision) };
      }).catch(nullIfMissing),
    write: (data, over) =>
      asked(async () => {
        const Data = JSON.stringify(data);
        const { revision } =
          over === null
            ? await sync('Documents', { UniqueName: name, Data })
            : await sync(`Documents/${name}`, { Data }, over);
        return held(revision);
      }).catch(unsureIfLate),
  };
}

/** Asks Sync, unless it has been silent, and it is late. */
export type Watch = <A>(ask: () => Promise<A>) => Promise<A>;

/**
 * Once Sync has been silent and it is late, it is not asked again: a member waits for the next ring, or people for news.
 *
 * @param lateAt milliseconds since the epoch
 */
export function watchUntil(lateAt: number): Watch {
  let isSilent = false;
  return async (ask) => {
    if (isSilent && Date.now() > lateAt) throw new SyncFailure('Sync: was silent, and it is late', false);
    try {
      const answer = await ask();
      isSilent = false;
      return answer;
    } catch (fault) {
      isSilent = fault instanceof SyncFailure && !fault.isCrowded;
      throw fault;
    }
  };
}

export const watched = <T>(document: SyncDocument<T>, watch: Watch): SyncDocument<T> => ({
  read: () => watch(() => document.read()),
  write: (data, over) => watch(() => document.write(data, over)),
});

/** A write that was not answered may have been done: reading again tells. */
const unsureIfLate = (fault: unknown): never => {
  throw fault instanceof SyncFailure && fault.isLate ? new SyncFailure(fault.message, true) : fault;
};

/** What every answer of its kind holds: one without it is no answer of Sync's, whatever its status. */
export function held<T>(value: T | undefined): T {
  if (value === undefined) throw new Unreadable();
  return value;
}

class Unreadable extends Error {}

/** Runs a request to Sync under a time limit, its failures told apart. */
export async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await within(REQUEST_LIMIT_MS, 'Sync did not answer in time', request());
  } catch (fault) {
    throw translated(fault);
  }
}

export const nullIfMissing = (fault: unknown): null => {
  if (fault instanceof Missing) return null;
  throw fault;
};

/** There is no such document, map or item. */
export class Missing extends Error {
  override name = 'Missing';
}

// The documentation gives codes, but no HTTP status beside them, and two codes for a missing name: both are asked.
// twilio.com/docs/api/errors/54103 and the pages of the other numbers
const CONFLICT = { statuses: [409, 412], codes: [54103, 54205, 54208, 54301] };
const MISSING = { statuses: [404], codes: [54100, 54200, 54201, 54300] };
const TOO_MANY = { statuses: [429], codes: [54009] };

function translated(fault: unknown): Error {
  const {
    status = 0,
    code = 0,
    name,
    message: words = '',
  } = fault as Partial<Error> & { status?: number; code?: number | string };
  const isUnreadable = fault instanceof Unreadable || name === 'SyntaxError';
  // What cannot be read is quoted by whoever could not.
  const message = isUnreadable ? 'unreadable' : words;
  const is = (kind: typeof CONFLICT) => kind.statuses.includes(status) || kind.codes.includes(Number(code));
  if (is(CONFLICT)) return new Conflict(`Sync: ${message}`);
  if (is(MISSING)) return new Missing(`Sync: ${message}`);
  // What nobody can read is no answer, either.
  const isLate = fault instanceof Late || isUnreadable;
  const isCrowded = is(TOO_MANY);
  return new SyncFailure(`Sync: ${status || code} ${message}`, isCrowded || status >= 500, isLate, isCrowded);
}
