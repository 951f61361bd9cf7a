/** A call of Mackerel's that ended without having asked us: number B did not answer, or our TwiML was not to be had. */
import { type AlertFacts, UNKNOWN_ID } from '../core/alert';
import { recordOf } from '../core/escalation/book';
import type { State } from '../core/escalation/state';
import { turnByDate } from '../core/rotation';
import { factsOf } from '../mackerel/api';
import type { Services } from '../services';
import { carryOut } from './direct';

export type MissedCall = { readonly call: string; readonly from: string; readonly wasAnswered: boolean };

/**
 * Starts a page for it, in the direct way. Which alert it was about, Mackerel does not say with the end of a call:
 * the newest open one that nobody was rung about, where its API or its webhook tells.
 */
export async function startMissed(
  services: Services,
  { call, from, wasAnswered }: MissedCall,
): Promise<string> {
  const { list, pages, news, now } = services;
  // No document yet is an empty state; null stands for a Sync that does not say.
  const stored = await pages.reading().catch(() => null);
  // A call that was answered has asked us, as far as memory goes; without memory nothing can be made of it.
  if (wasAnswered && !stored) return 'known';
  const at = now();
  const alert = await unheardOf(services, stored?.data ?? null);
  const turn = turnByDate(list, at * 1000);
  const outcome = await pages.apply({ kind: 'call-missed', alert, call, way: 'direct', turn, at }, null);
  await news.tellOutcome(await carryOut(services, outcome, from));
  return outcome.step.kind;
}

async function unheardOf({ mackerel, facts, now }: Services, state: State | null): Promise<AlertFacts> {
  const [answer, told] = await Promise.all([mackerel?.openAlerts(), facts?.all()]);
  const isUnheardOf = ({ id }: { readonly id: string }) => {
    const record = state && recordOf(state, id);
    return !record?.page && record?.closedAt === undefined;
  };
  const newest = answer?.ok && answer.value.alerts.find(isUnheardOf);
  if (newest) return factsOf(newest, now());
  // The webhook may have told of it.
  const reported = [...(told ?? []), ...(state?.alerts ?? [])]
    .filter(isUnheardOf)
    .sort((one, other) => other.heardAt - one.heardAt);
  return reported[0] ?? { id: UNKNOWN_ID, heardAt: now() };
}
