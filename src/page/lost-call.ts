import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import { carryOut } from './direct';
import { withPutAside } from './ending';

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
  const isSure = wasRinging || (await isSureByNow(services));
  const canCall = from !== null;
  const decided = await pages.apply({ kind: 'call-ended', call, isSure, canCall, at: now() }, carried);
  const outcome = await withPutAside(services, decided);
  await news.tellOutcome(await carryOut(services, outcome, from));
}

/** Milliseconds. Somebody had picked up: a key that they pressed in the last moment is perhaps being saved just now. */
const KEY_MS = 2_500;

/** Whether Sync tells that nobody took the page. */
async function isSureByNow({ pages }: Services): Promise<boolean> {
  const stored = await pages.read();
  if (stored?.data.page?.leg !== 'answered' || stored.data.page.end) return stored !== null;
  await new Promise((over) => setTimeout(over, KEY_MS));
  return (await pages.read()) !== null;
}
