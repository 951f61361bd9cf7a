import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import { carryOut } from './direct';

/**
 * The call that carried a page is over. If nobody has taken the page by then, it goes on by calls of our own.
 *
 * @param wasRinging nobody had picked up, so nobody can have taken the page even if Sync does not say
 * @param from the number of ours that the call was made from or to
 */
export async function settleLostCall(
  services: Services,
  call: string,
  carried: Continuation | null,
  wasRinging: boolean,
  from: string | null,
): Promise<void> {
  const { pages, news, now } = services;
  const isSure = wasRinging || (await pages.read()) !== null;
  const canCall = from !== null;
  const outcome = await pages.apply({ kind: 'call-ended', call, isSure, canCall, at: now() }, carried);
  await news.tellOutcome(await carryOut(services, outcome, from));
}
