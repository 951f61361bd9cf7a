/** One Sync document, read and written by revision. twilio.com/docs/sync/api/document-resource */

import { REQUEST } from '../platform/budget';
import { Late, within } from '../platform/time';
import type { Answer, TwilioClient } from '../platform/twilio-client';

export type Versioned<T> = { readonly data: T; readonly revision: string };

export type SyncDocument<T> = {
  /** Null if there is no such document yet. */
  read(): Promise<Versioned<T> | null>;
  /** Writes over that revision, or creates the document if it is null. The new revision. */
  write(data: T, over: string | null): Promise<string>;
};

/** Another webhook wrote first. */
export class Conflict extends Error {
  override name = 'Conflict';
}

/** Sync did not do it. */
export class SyncFailure extends Error {
  override name = 'SyncFailure';
  constructor(
    message: string,
    /** A second try may succeed: there were too many requests, or Sync had a fault. */
    readonly isPassing: boolean,
    readonly isLate = false,
    /** Sync is up, but too many webhooks ask in the same moment. */
    readonly isCrowded = false,
  ) {
    super(message);
  }
}

/**
 * Asks one service of Sync. A request may reach it twice, and that does no harm. A read changes nothing. A write over
 * a revision, and a create, are refused the second time as if another webhook had been faster, and then we read. A
 * write over any revision writes the same again.
 *
 * @param path within the service
 * @param form the fields to write; without them it is a read
 * @param ifMatch the revision to write over
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

/** Asks Sync, unless it has been silent and it is late. */
export type Watch = <A>(ask: () => Promise<A>) => Promise<A>;

/**
 * Once Sync has been silent and it is late, it is not asked again: a member waits for the next ring, or people wait
 * for news.
 *
 * @param lateAt milliseconds since the epoch
 */
export function watchUntil(lateAt: number): Watch {
  let isSilent = false;
  return async (ask) => {
    if (isSilent && Date.now() > lateAt)
      throw new SyncFailure('Sync was silent before, and it is late', false);
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

/** A write without an answer may have been done: reading again shows it. */
const unsureIfLate = (fault: unknown): never => {
  throw fault instanceof SyncFailure && fault.isLate ? new SyncFailure(fault.message, true) : fault;
};

/** A field that every answer of its kind holds. An answer without it is not from Sync, whatever its status. */
export function held<T>(value: T | undefined): T {
  if (value === undefined) throw new Unreadable();
  return value;
}

class Unreadable extends Error {}

/** Runs a request to Sync with a time limit, and tells its failures apart. */
export async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await within(REQUEST.syncMs, 'Sync did not answer in time', request());
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

// The documentation gives codes without an HTTP status, and two codes for a missing name, so both are checked.
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
  // A parser quotes what it could not parse.
  const message = isUnreadable ? 'unreadable' : words;
  const is = (kind: typeof CONFLICT) => kind.statuses.includes(status) || kind.codes.includes(Number(code));
  if (is(CONFLICT)) return new Conflict(`Sync: ${message}`);
  if (is(MISSING)) return new Missing(`Sync: ${message}`);
  // An answer that cannot be parsed counts as none.
  const isLate = fault instanceof Late || isUnreadable;
  const isCrowded = is(TOO_MANY);
  return new SyncFailure(`Sync: ${status || code} ${message}`, isCrowded || status >= 500, isLate, isCrowded);
}
