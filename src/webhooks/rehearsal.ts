/** A rehearsal by calls of our own: a test page that goes the direct way. */
import { isGoingOn } from '../escalation';
import { accepted, problem, type Reply } from '../platform/problem';
import type { Services } from '../platform/services';
import { carryOut } from './steps/place-call';

/** @param given `to`: the name of the only member to ring; everybody if left out */
export async function rehearsed(services: Services, given: { readonly to?: unknown }): Promise<Reply> {
  const { config, list, news, now, pages, turnAt } = services;
  const to = given.to === undefined ? undefined : list.members.findIndex(({ name }) => name === given.to);
  if (to === -1)
    return problem(404, 'Nobody on the deployed dial list has that name. Check the name, or deploy the list');
  if (config.callerId === null) return problem(503, 'Nobody can be called. Set CALLER_ID and deploy');
  const at = now();
  const started = { kind: 'start-test', at, call: '', way: 'direct', turn: turnAt(at) } as const;
  const decided = await pages.apply({ ...started, ...(to !== undefined && { to }) }, null);
  const { page } = decided.state;
  if (decided.step.kind !== 'ring')
    return problem(409, 'People are being called right now. Try again when that is over');
  const outcome = await carryOut(services, decided, config.callerId);
  await news.tellOutcome(outcome);
  const { end } = outcome.state.page ?? {};
  if (end && !isGoingOn(outcome.state.page))
    return problem(502, 'Twilio refused every call; its log says why');
  const { status, body, note } = accepted({ event: 'rehearsal', step: decided.step.kind, page: page?.id });
  return { status, body: { ...body, page: page?.id }, note };
}
