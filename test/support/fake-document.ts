import { Conflict, type SyncDocument, type Versioned } from '../../src/twilio/sync-document';

/** What befalls a request: nothing, a failure, or somebody else who is a little faster. */
export type Incident = 'nothing' | Error | (() => void);

export type FakeDocument<T> = SyncDocument<T> & {
  /** As it stands. */
  stored(): Versioned<T> | null;
  /** Somebody else writes. */
  put(data: T): void;
  /** What befalls the next requests, one each. */
  befall(...incidents: Incident[]): void;
  /** What befalls all requests after those; `nothing` unless said. */
  always(incident: Incident): void;
  readonly requests: readonly ('read' | 'write' | 'create')[];
};

/** A Sync document in memory: revisions, conflicts, and the mishaps that a test asks for. */
export function fakeDocument<T>(data: T | null = null): FakeDocument<T> {
  let document: Versioned<T> | null = null;
  let writes = 0;
  let constant: Incident = 'nothing';
  const requests: ('read' | 'write' | 'create')[] = [];
  const incidents: Incident[] = [];

  function put(next: T): string {
    document = { data: structuredClone(next), revision: String(writes) };
    writes += 1;
    return document.revision;
  }

  async function meet(request: (typeof requests)[number]): Promise<void> {
    requests.push(request);
    const incident = incidents.shift() ?? constant;
    if (incident instanceof Error) throw incident;
    if (incident !== 'nothing') incident();
  }

  if (data !== null) put(data);
  return {
    requests,
    stored: () => document,
    put: (next) => void put(next),
    befall: (...more) => void incidents.push(...more),
    always: (incident) => {
      constant = incident;
    },
    async read() {
      await meet('read');
      return document && structuredClone(document);
    },
    async write(next, over) {
      await meet(over === null ? 'create' : 'write');
      if ((document?.revision ?? null) !== over) throw new Conflict('Sync: revision mismatch');
      return put(next);
    },
  };
}
