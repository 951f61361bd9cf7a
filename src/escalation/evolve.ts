import { type Event, isNews, type LoggedNews } from './event';
import { isGoingOn, type Page, withRingBack } from './page';
import { pageOf, type State, withAlerts, withEnded } from './state';

/** Earlier news has long been posted, and each callback's URL carries what is kept. */
const NEWS_KEPT = { items: 20, bytes: 1_800 };

/** The state after an event. */
export function evolve(state: State, event: Event): State {
  const changed = changedBy(state, event);
  return isNews(event) ? logged(changed, event) : changed;
}

export const evolveAll = (state: State, events: readonly Event[]): State => events.reduce(evolve, state);

function changedBy(state: State, event: Event): State {
  const { page, pagesStarted } = state;
  switch (event.kind) {
    case 'page-began': {
      const counted = event.begun.isTest ? 0 : 1;
      const ended = page ? withEnded(state, page) : state.ended;
      return { ...state, page: event.begun, ended, pagesStarted: pagesStarted + counted };
    }
    case 'became-real':
      return { ...withPage(state, event), pagesStarted: pagesStarted + 1 };
    case 'alert-joined':
    case 'alert-learned':
      return withAlerts(state, [event.alert]);
    case 'rehearsed':
      return { ...state, rehearsedAt: event.latest };
    case 'key-tried':
      return { ...state, mayWrite: event.mayWrite };
    case 'read-only-key':
      return { ...state, mayWrite: false };
    case 'ring-withdrawn':
      return withPage(withdrawn(state, event), event);
    default:
      return withPage(state, event);
  }
}

function withPage(state: State, event: Event): State {
  if (!pageOf(state, event.page)) return state;
  const changed = (page: Page) => (page.id === event.page ? pageAfter(page, event) : page);
  return { ...state, page: state.page && changed(state.page), ended: state.ended.map(changed) };
}

/** A page after an event of its own. */
export function pageAfter(page: Page, event: Event): Page {
  const { at } = event;
  switch (event.kind) {
    case 'ring-began': {
      const { attempt, until, way, call, placedBy, from = page.from } = event;
      const roundAt = event.isRound ? at : page.roundAt;
      return { ...page, leg: 'ringing', attempt, until, way, call, placedBy, from, roundAt };
    }
    case 'pause-began': {
      const { attempt, until, placedBy } = event;
      // In the direct way no call is up during a pause.
      const line = page.way === 'direct' ? { call: '', placedBy } : {};
      return { ...page, leg: 'pausing', attempt, until, ...line };
    }
    case 'went-direct':
      return { ...page, way: 'direct', call: '' };
    case 'ring-withdrawn':
      return { ...page, leg: 'passed', attempt: event.attempt - 1 };
    case 'ring-back-due':
      return { ...page, ringBacks: withRingBack(page, event.back) };
    case 'call-placed':
      return { ...page, call: event.call, placedBy: undefined };
    case 'lease-renewed':
      return { ...page, until: event.until };
    case 'answered':
      return { ...page, leg: 'answered' };
    case 'passed-on':
      return { ...page, leg: 'passed', passes: (page.passes ?? 0) + 1 };
    case 'closing-began':
      return { ...page, closing: event.attempt };
    case 'became-real':
      return { ...page, isTest: false, watch: event.alert };
    case 'watch-moved':
      return { ...page, watch: event.alert, lap: event.lap };
    case 'hearing':
      return { ...page, hearing: { attempt: event.attempt, until: event.until } };
    case 'heard-out':
      return { ...page, hearing: undefined, ...(event.isShut && { isShut: true as const }) };
    case 'degraded':
      return { ...page, isDegraded: true };
    case 'unavailable':
      return { ...page, isUnavailable: true };
    default:
      return endedBy(page, event);
  }
}

function endedBy(page: Page, event: Event): Page {
  const { at } = event;
  switch (event.kind) {
    case 'taken': {
      const { member: by, attempt } = event;
      const wasUnanswered = page.end?.kind === 'unanswered' && { wasUnanswered: true as const };
      return { ...page, end: { kind: 'taken', at, by, attempt, ...wasUnanswered } };
    }
    case 'nobody-answered': {
      const isPassed = event.passes === event.rings && { isPassed: true as const };
      return { ...page, end: { kind: 'unanswered', at, ...isPassed } };
    }
    case 'unreachable': {
      const mayRing = event.why === 'silent' && { mayRing: true as const };
      return { ...page, end: { kind: 'unanswered', at, ...mayRing } };
    }
    case 'call-lost':
      return event.isSure ? { ...page, end: { kind: 'unanswered', at } } : page;
    case 'page-closed':
      return isGoingOn(page) ? { ...page, end: { kind: 'closed', at } } : { ...page, closedAt: at };
    case 'page-reopened':
      // Its mark stands: alerts join the next lap.
      return { ...page, end: null, lap: page.lap + 1 };
    default:
      return page;
  }
}

/** The phone never rang. Its news is replaced, not removed, because the cursor counts by number. */
function withdrawn(state: State, { page, at, attempt }: Extract<Event, { kind: 'ring-withdrawn' }>): State {
  const isOfRing = (item: LoggedNews) =>
    item.kind === 'calling' && item.page === page && item.attempt === attempt;
  const news = state.news.map(
    (item): LoggedNews => (isOfRing(item) ? { kind: 'withdrawn', page, at } : item),
  );
  return { ...state, news };
}

function logged(state: State, news: LoggedNews): State {
  return { ...state, news: latest([...state.news, news]), newsCount: state.newsCount + 1 };
}

/** As much as is kept, and always the last one. */
function latest(news: readonly LoggedNews[]): readonly LoggedNews[] {
  const sizes = news.map((item) => Buffer.byteLength(JSON.stringify(item)));
  let first = Math.max(0, news.length - NEWS_KEPT.items);
  let size = sizes.slice(first).reduce((sum, bytes) => sum + bytes, 0);
  for (; size > NEWS_KEPT.bytes && first < news.length - 1; first++) size -= sizes[first] ?? 0;
  return news.slice(first);
}
