/** A member's ring is over, in either way: who is rung next. */
import {
  type CallerStep,
  type EndRing,
  hangUp,
  isGoingOn,
  isLastRing,
  type NotReached,
  pageOf,
} from '../../escalation';
import type { Services } from '../../platform/services';
import { rewatch } from '../../store/close';
import type { Continuation } from '../../store/continuation';
import type { Outcome } from '../../store/page-store';
import { inTurn } from './carried';
import { checkPage } from './check-alerts';

export type Ended = { readonly call: string; readonly why: NotReached; readonly wasBridged: boolean };

export async function ringEnded(
  services: Services,
  carried: Continuation,
  ended: Ended,
): Promise<Outcome<CallerStep>> {
  const { list, mackerel } = services;
  const { page, attempt } = carried;
  const command = { kind: 'end-ring', page, attempt, ...ended, at: services.now() } as const;
  // After a pickup, the URL's revision is from before the pickup. Mackerel is asked anyway, so reading costs no extra
  // time.
  const isToRead = ended.why === 'no-key' || mackerel !== null;
  const from = isToRead ? { ...carried, revision: null } : carried;
  const present = carried.state && pageOf(carried.state, page);
  // Nobody waits for a ring after the last one: first check whether there is still anything to be loud about.
  const isToCheckFirst = mackerel !== null || (present && isLastRing(list, present));
  if (!isToCheckFirst) return besideWatch(services, from, command);
  const checked = await checkedBeside(services, carried, from);
  const { unavailable, came } = checked;
  const outcome = await services.pages.apply(
    { ...command, ...(unavailable && { unavailable }) },
    checked.carried,
  );
  return came ? closedOrNext(came, outcome) : outcome;
}

/** If Sync has to be read, it is read while Mackerel is asked. */
async function checkedBeside(services: Services, carried: Continuation, from: Continuation) {
  const [checked, stored] = await Promise.all([checkPage(services, carried), latest(services, from)]);
  if (checked.came) return checked;
  const watchOf = ({ state }: Continuation) => state?.page?.watch;
  return watchOf(stored) === watchOf(carried) ? { ...checked, carried: stored } : checkPage(services, stored);
}

/** What Sync holds, if there is no revision to write over. */
async function latest({ pages }: Services, carried: Continuation): Promise<Continuation> {
  if (carried.revision !== null) return carried;
  const stored = await pages.read();
  const isThere = stored && pageOf(stored.data, carried.page);
  return isThere
    ? {
        ...carried,
        state: { ...stored.data, alerts: carried.state?.alerts ?? [] },
        revision: stored.revision,
      }
    : carried;
}

/** The next ring is written while the watch is read: one round trip. */
async function besideWatch(
  services: Services,
  carried: Continuation,
  command: EndRing,
): Promise<Outcome<CallerStep>> {
  const { pages, alerts } = services;
  const watch = carried.state?.page?.watch;
  const [outcome, item] = await Promise.all([
    pages.apply(command, carried),
    watch ? alerts.read(watch).catch(() => null) : null,
  ]);
  const { page } = outcome.state;
  const isUnrung = outcome.step.kind === 'ring' || outcome.step.kind === 'pause';
  if (item?.data.closedAt === undefined || !isUnrung || !isGoingOn(page) || page.watch !== watch)
    return outcome;
  const came = await rewatch(services, page, command.at, { unrung: page.attempt });
  return came ? closedOrNext(outcome, { ...came, step: outcome.step }) : outcome;
}

/** Nobody is rung if the page turns out to have closed. */
function closedOrNext(first: Outcome<CallerStep>, second: Outcome<CallerStep>): Outcome<CallerStep> {
  const outcome = inTurn(first, second);
  return isGoingOn(second.state.page) ? outcome : { ...outcome, step: hangUp };
}
