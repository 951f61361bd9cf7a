import { isGoingOn, pageOf } from '../../escalation';
import { WAIT } from '../../platform/budget';
import type { Entry } from '../../platform/log';
import type { Services } from '../../platform/services';
import { sleep } from '../../platform/time';
import { type Continuation, caughtUp } from '../../store/continuation';
import type { Stored } from '../../store/page-store';
import { inTurn } from './carried';
import { checkPage } from './check-alerts';
import { cameOf } from './log-entry';
import { carryOut } from './place-call';

/**
 * The call that carried the page is over. If nobody has taken the page, it goes on by calls of our own.
 *
 * @param wasRinging nobody can have picked up, so nobody can have taken the page even if Sync does not say
 * @param from our number that the call was made from or to
 * @param since milliseconds since the epoch: nobody can have pressed a key since then
 */
export async function settleLostCall(
  services: Services,
  call: string,
  carried: Continuation,
  wasRinging: boolean,
  from: string | null,
  since = Date.now(),
): Promise<Entry> {
  const { pages, news, callLog, now } = services;
  const stored = wasRinging ? null : await storedByNow(services, carried.page, since);
  const isSure = wasRinging || stored !== null;
  const known = stored ? caughtUp(stored, carried, now()) : carried;
  const checked = services.mackerel ? await checkPage(services, known) : null;
  const { carried: latest, unavailable, came } = checked ?? { carried: known, came: null };
  const lost = { kind: 'lose-call', call, isSure, canCall: from !== null, at: now() } as const;
  const [decided] = await Promise.all([
    pages.apply({ ...lost, ...(unavailable && { unavailable }) }, latest),
    // Once the page goes on without the call, nothing else shows that the call asked us.
    callLog.note(call),
  ]);
  const outcome = came ? inTurn(came, decided) : decided;
  await news.tellOutcome(await carryOut(services, outcome, from), isOver(carried, decided.state));
  return cameOf(outcome);
}

const isOver = ({ page }: Continuation, state: Stored['data']) => !isGoingOn(pageOf(state, page));

/**
 * What Sync says, above all whether somebody took the page; null if it does not say. Its silence about a pickup is no
 * proof: it may have been down during the pickup.
 */
async function storedByNow({ pages }: Services, page: string, since: number): Promise<Stored | null> {
  const stored = await pages.read();
  // A clock that jumps makes nobody wait longer.
  const left = Math.min(WAIT.keyMs, since + WAIT.keyMs - Date.now());
  const known = stored && pageOf(stored.data, page);
  if (left <= 0 || !stored || (known && !isGoingOn(known))) return stored;
  await sleep(left);
  return pages.read();
}
