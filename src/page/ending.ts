/** The end of a page, and the alerts that came just then. */
import type { CallEnded, RingEnded } from '../core/escalation/event';
import { isGoingOn } from '../core/escalation/state';
import type { CallerStep } from '../core/escalation/step';
import type { Services } from '../services';
import type { Continuation } from '../twilio/continuation';
import type { Outcome } from '../twilio/page-store';

/**
 * A page is over: what was put aside for it while it went on shares its end, or, where it had merely closed, keeps
 * it going.
 */
export async function withPutAside<T extends Outcome>(
  { pages, inbox, now }: Services,
  outcome: T,
): Promise<T> {
  const page = outcome.state.page?.id;
  const hasJustEnded = outcome.state.page?.end && outcome.news.length > 0;
  if (!page || !hasJustEnded || outcome.revision === null) return outcome;
  const aside = await inbox.close(page);
  if (aside.length === 0) return outcome;
  const alerts = aside.map(({ alert }) => alert);
  const carried: Continuation = { page, attempt: 0, state: outcome.state, revision: outcome.revision };
  const joined = await pages.apply({ kind: 'alerts-joined', page, alerts, at: now() }, carried);
  return {
    ...outcome,
    state: joined.state,
    revision: joined.revision,
    news: [...outcome.news, ...joined.news],
  };
}

/**
 * Before alerts close: what was put aside for the page joins it, lest people are told that all is closed. Gives what
 * the next event is to be decided on.
 */
export async function afterJoining(
  { pages, inbox, now }: Services,
  page: string,
  carried: Continuation | null,
): Promise<Continuation | null> {
  const aside = await inbox.of(page);
  if (aside.length === 0) return carried;
  const alerts = aside.map(({ alert }) => alert);
  const { state, revision } = await pages.apply({ kind: 'alerts-joined', page, alerts, at: now() }, carried);
  return revision === null ? carried : { page, attempt: 0, ...carried, state, revision };
}

/**
 * A ring, or the call that carried it, is over; if that closed the page, but an alert had been put aside for it, the
 * next member is rung after all.
 */
export async function throughTheEnd(
  services: Services,
  event: RingEnded | CallEnded,
  carried: Continuation,
): Promise<Outcome<CallerStep>> {
  const { pages } = services;
  const isClosing = (event.closed ?? []).length > 0;
  const known = isClosing ? await afterJoining(services, carried.page, carried) : carried;
  const ended = await withPutAside(services, await pages.apply(event, known));
  const isReopened = isClosing && isGoingOn(ended.state.page) && ended.state.page.id === carried.page;
  if (!isReopened || ended.step.kind !== 'hang-up' || ended.revision === null) return ended;
  const again = await pages.apply({ ...event, closed: [] }, { ...carried, ...ended });
  return { ...again, news: [...ended.news, ...again.news] };
}
