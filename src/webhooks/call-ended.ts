/** Mackerel's call is over: a page that was going on in it goes on by calls of our own. */
import { type AlertDetails, isGoingOn, type State, UNKNOWN_ID } from '../escalation';
import { MISSED } from '../platform/budget';
import type { Entry } from '../platform/log';
import type { Services } from '../platform/services';
import { notify } from '../store/notify';
import type { Stored } from '../store/page-store';
import { likeliest } from './steps/guess-alert';
import { cameOf } from './steps/log-entry';
import { settleLostCall } from './steps/lose-call';
import { carryOut } from './steps/place-call';

export type EndedCall = { readonly call: string; readonly from: string; readonly wasAnswered: boolean };

export async function callEnded(services: Services, ended: EndedCall): Promise<Entry> {
  const [entry] = await Promise.all([madeGood(services, ended), services.callLog.heardOfEnd(services.now())]);
  return entry;
}

async function madeGood(services: Services, ended: EndedCall): Promise<Entry> {
  const { pages, callLog } = services;
  const { call, from } = ended;
  const isLogged = await callLog.has(call);
  if (isLogged) return { step: 'known' };
  const stored = await pages.read();
  const page = stored?.data.page;
  if (stored && page?.call === call) {
    const carried = {
      page: page.id,
      attempt: page.attempt,
      state: stored.data,
      revision: stored.revision || null,
    };
    return { page: page.id, ...(await settleLostCall(services, call, carried, false, from)) };
  }
  if (wasHere(ended, isLogged === null ? null : stored)) return { step: 'known' };
  // The page may have gone on without the call: that is saved first.
  if (page?.way === 'direct' && (await callLog.has(call))) return { step: 'known' };
  return { missed: true, ...(await startMissed(services, ended, stored)) };
}

/** Whether a call had asked us before it ended. If Sync does not say, an answered call counts as one that did. */
function wasHere({ call, wasAnswered }: EndedCall, stored: Stored | null): boolean {
  if (!stored) return wasAnswered;
  return stored.data.ended.some((page) => page.call === call);
}

/**
 * Does for a call that never asked us what it would have done, in the direct way.
 *
 * @param stored what Sync holds; null if it does not say
 */
async function startMissed(
  services: Services,
  { call, from }: EndedCall,
  stored: Stored | null,
): Promise<Entry> {
  const { news, now, turnAt } = services;
  const suspected = await likeliest(services, stored?.data ?? null);
  // The search may have taken seconds, and a ring is timed from its decision.
  const at = now();
  const [alert = nameless(at), ...others] = suspected;
  const given = { alert, call, way: 'direct', turn: turnAt(at), at } as const;
  const decided = await notify(services, given, Promise.resolve({}));
  await join(services, decided.state, others.slice(0, MISSED.others));
  const last = await carryOut(services, decided, from);
  await news.tellOutcome(last);
  return { page: last.state.page?.id, ...cameOf({ ...last, step: decided.step }) };
}

const nameless = (heardAt: number): AlertDetails => ({ id: UNKNOWN_ID, heardAt });

/**
 * Calls that end in the same moment all look for the newest alert. The others that are as new belong to the same
 * page.
 */
async function join(services: Services, { page }: State, alerts: readonly AlertDetails[]): Promise<void> {
  if (!isGoingOn(page)) return;
  const { now } = services;
  await Promise.all(
    alerts.map((alert) =>
      notify(services, { alert, call: '', way: 'direct', turn: 0, at: now() }, Promise.resolve({})),
    ),
  );
}
