/**
 * An alert that is brought while everybody wants to write to the one document of the list: where it would only join the
 * page, it is put aside, an item of its own, and no write is tried.
 */
import { isCrowded, recordOf } from '../core/escalation/book';
import { hangUp } from '../core/escalation/decision';
import type { AlertNotified, CallMissed, Event } from '../core/escalation/event';
import { hasBeenHere, isAskedForAtEnd, newest } from '../core/escalation/starting';
import { isGoingOn, type State } from '../core/escalation/state';
import type { CallerStep } from '../core/escalation/step';
import { isJustTaken } from '../core/escalation/take';
import type { Inbox } from './inbox';
import type { Outcome } from './page-store';
import type { Versioned } from './sync-document';

export type Brought = AlertNotified | CallMissed;

export const bringsAlert = (event: Event): event is Brought =>
  event.kind === 'alert-notified' || event.kind === 'call-missed';

type Instead = Promise<Outcome<CallerStep> | null>;

export type BroughtAlerts = {
  /**
   * Where the page has more alerts than anybody can take in, one more of them is not worth a write; nor where others
   * are writing just now. Null where it has to be decided after all.
   */
  withoutWriting(event: Brought, known: Versioned<State>, tries: number): Instead;
  /** Null where it has to be decided after all. Never fails. */
  putAside(event: Brought, known: Versioned<State> | null): Instead;
  /** The page in whose inbox an alert lies, if it is not in the book only because there were so many. */
  pageAsideFor(alert: string, state: State): Promise<string | undefined>;
};

export function broughtAlerts(inbox: Inbox): BroughtAlerts {
  const nothingElse = ({ data, revision }: Versioned<State>): Outcome<CallerStep> => ({
    state: data,
    step: hangUp,
    news: [],
    revision,
  });

  async function putAside(event: Brought, known: Versioned<State> | null): Instead {
    const page = known?.data.page;
    if (!known || !page || !isWaitedFor(event, known.data)) return null;
    const alert = newest(event);
    const record = recordOf(known.data, alert.id);
    if (record?.taken || record?.closedAt !== undefined || isOnPage(event, known.data)) return null;
    try {
      if (!(await inbox.put(page.id, alert))) return null;
      // Only now: a call that begins a page of its own after all must not be taken for one that has done its part.
      if (event.call && isAskedForAtEnd(known.data)) await inbox.noteCall(event.call);
      return nothingElse(known);
    } catch {
      return null;
    }
  }

  return {
    putAside,
    async withoutWriting(event, known, tries) {
      if (isCrowded(known.data) || tries > 1) return putAside(event, known);
      // Of a call that never came here, nothing is known: where that is on the page already, another adds nothing.
      const isTold = event.kind === 'call-missed' && isOnPage(event, known.data);
      if (!isTold || !isWaitedFor(event, known.data)) return null;
      await inbox.noteCall(event.call);
      return nothingElse(known);
    },
    async pageAsideFor(alert, state) {
      if (recordOf(state, alert)) return undefined;
      for (const page of [state.page, state.previous]) {
        if (page?.more && page.end && (await inbox.has(page.id, alert))) return page.id;
      }
      return undefined;
    },
  };
}

/** Whether all that would come of the event is one alert more for a page whose own call is alive. */
function isWaitedFor(event: Brought, state: State): boolean {
  const { page } = state;
  const isClosed = event.kind === 'alert-notified' && event.isClosed;
  if (hasBeenHere(state, event.call)) return false;
  const isOwnCall = event.call !== '' && page?.call === event.call;
  return isGoingOn(page) && !isOwnCall && event.at <= page.until && !isClosed;
}

const isOnPage = ({ alert }: Brought, state: State) =>
  state.page !== null && recordOf(state, alert.id)?.page === state.page.id;

/** Without memory, an alert that would join a page of which nobody will be told must not wait for it: it rings alone. */
export const apartFrom = (event: Brought, state: State): State =>
  (isWaitedFor(event, state) || isJustTaken(state.page, event.at)) && !isOnPage(event, state)
    ? { ...state, page: null, previous: state.page }
    : state;
