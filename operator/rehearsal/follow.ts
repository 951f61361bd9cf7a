/** What really happens, by Twilio's Calls API, while it happens. Its call events appear only 15 minutes later. */
import type { Twilio } from 'twilio';
import type { CallInstance } from 'twilio/lib/rest/api/v2010/account/call';
import type { Member } from '../../src/dial-list/list';
import type { Begun } from './begin';

export type Seen = {
  readonly call: string;
  /** A member's name; null for the call that carries all of them. */
  readonly name: string | null;
  /** Twilio's word: docs/voice/api/call-resource#call-status-values */
  readonly status: string;
  /** Seconds since the beginning. */
  readonly after: number;
};

const EVERY_MS = 1_000;
/**
 * How often nothing has to be up, one look after another, before it counts as over: between two rings nothing is up
 * for a moment.
 */
const QUIET_LOOKS = 8;
const OVER = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];

type Following = {
  readonly client: Twilio;
  readonly begun: Begun;
  readonly members: readonly Member[];
  readonly callerId: string;
  /** Seconds after which it is given up. */
  readonly longest: number;
  onSeen(seen: Seen): void;
};

/** Resolves when none of its calls is up any more. Returns everything that was seen, in order. */
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

/** The newest first: the call that carries the others, and theirs; or our own calls to members. */
async function callsOf({ begun, callerId, client, members }: Following): Promise<readonly CallInstance[]> {
  if (begun.kind === 'bridge') {
    const [carrier, legs] = await Promise.all([
      client.calls(begun.call).fetch(),
      client.calls.list({ parentCallSid: begun.call, limit: 100 }),
    ]);
    return [...legs, carrier as unknown as CallInstance];
  }
  // An unanswered call has no start time to search by.
  const placed = await client.calls.list({ from: callerId, limit: 100 });
  const phones = new Set(members.map(({ phone }) => phone));
  return placed.filter(({ to, dateCreated }) => phones.has(to) && dateCreated.getTime() >= begun.at - 2_000);
}
