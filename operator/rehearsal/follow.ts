/** What really happens, as Twilio's Calls API tells it while it happens. Its call events open only 15 minutes later. */
import type { Twilio } from 'twilio';
import type { CallInstance } from 'twilio/lib/rest/api/v2010/account/call';
import type { Member } from '../../src/dial-list/list';
import type { Begun } from './begin';

export type Seen = {
  readonly call: string;
  /** Of a member; null is the call that carries all of them. */
  readonly name: string | null;
  /** Twilio's word: docs/voice/api/call-resource#call-status-values */
  readonly status: string;
  /** Seconds since the beginning. */
  readonly after: number;
};

const EVERY_MS = 1_000;
/** Looks in a row at which nothing was up, before it counts as over: between two rings nothing is, for a moment. */
const QUIET_LOOKS = 8;
const OVER = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];

type Following = {
  readonly client: Twilio;
  readonly begun: Begun;
  readonly members: readonly Member[];
  readonly callerId: string;
  /** Seconds after which nobody waits any longer. */
  readonly longest: number;
  onSeen(seen: Seen): void;
};

/** Resolves when no call of it is up any more. Gives all that was seen, in order. */
export async function follow(following: Following): Promise<readonly Seen[]> {
  const { begun, onSeen, longest } = following;
  const known = new Map<string, string>();
  const all: Seen[] = [];
  let quiet = 0;
  while (quiet < QUIET_LOOKS && Date.now() - begun.at < longest * 1000) {
    await new Promise((over) => setTimeout(over, EVERY_MS));
    const calls = await callsOf(following);
    for (const { sid, to, status } of calls.toReversed()) {
      if (known.get(sid) === status) continue;
      known.set(sid, status);
      const name = following.members.find(({ phone }) => phone === to)?.name ?? null;
      const seen = { call: sid, name, status, after: Math.round((Date.now() - begun.at) / 1000) };
      all.push(seen);
      onSeen(seen);
    }
    quiet = calls.length > 0 && calls.every(({ status }) => OVER.includes(status)) ? quiet + 1 : 0;
  }
  return all;
}

/** The newest first: the call that carries the others, and theirs; or our own to members. */
async function callsOf({ begun, callerId, client, members }: Following): Promise<readonly CallInstance[]> {
  if (begun.kind === 'bridge') {
    const [carrier, legs] = await Promise.all([
      client.calls(begun.call).fetch(),
      client.calls.list({ parentCallSid: begun.call, limit: 100 }),
    ]);
    return [...legs, carrier as unknown as CallInstance];
  }
  // A call that nobody has answered yet has no beginning to be found by.
  const placed = await client.calls.list({ from: callerId, limit: 100 });
  const phones = new Set(members.map(({ phone }) => phone));
  return placed.filter(({ to, dateCreated }) => phones.has(to) && dateCreated.getTime() >= begun.at - 2_000);
}
