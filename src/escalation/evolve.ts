import type { TrackedAlert } from './alert-item';
import { withAlerts } from './alerts';
import { type Event, isNews, type LoggedNews } from './event';
import { isGoingOn, type Page, withRingBack } from './page';
import { pageOf, type State } from './state';

/** As many ended pages are remembered: each has to be recorded, and told of, before it is forgotten. */
const ENDED_KEPT = 3;
/** Older news have long been told. They are carried in each callback's URL. */
const NEWS_KEPT = { items: 20, bytes: 1_800 };

/** The state after an event. */
export function evolve(state: State, event: Event): State {
  const changed = changedBy(state, event);
  return isNews(event) ? logged(changed, event) : changed;
}

export const evolveAll = (state: State, events: readonly Event[]): State => events.reduce(evolve, state);

function changedBy(state: State, event: Event): State {
  const { page } = state;
  const change = (changes: Partial<Page>) => withPage(state, event.page, changes);
  switch (event.kind) {
    case 'page-began':
      return {
        ...state,
        page: event.begun,
        ended: page ? [...state.ended, page].slice(-ENDED_KEPT) : state.ended,
        pagesStarted: state.pagesStarted + (event.begun.isTest ? 0 : 1),
      };
    case 'ring-began':
      return change({
        attempt: event.attempt,
        leg: 'ringing',
        until: event.until,
        way: event.way,
        call: event.call,
        placedBy: event.placedBy,
        ...(event.isRound && { roundAt: event.at }),
        ...(event.from !== undefined && { from: event.from }),
      });
    case 'went-direct':
      return change({ way: 'direct', call: '' });
    case 'pause-began':
      return paused(state, event);
    case 'ring-withdrawn':
      return withdrawn(change({ attempt: event.attempt - 1, leg: 'passed' }), event);
    case 'ring-back-due':
      return page?.id === event.page ? change({ ringBacks: withRingBack(page, event.back) }) : state;
    case 'page-reopened':
      // Its laps are shut by now.
      return change({ end: null, lap: (pageOf(state, event.page)?.lap ?? 0) + 1 });
    case 'rehearsed':
      return { ...state, rehearsedAt: event.latest };
    case 'page-closed':
      return closed(state, event);
    case 'call-placed':
      return change({ call: event.call, placedBy: undefined });
    case 'lease-renewed':
      return change({ until: event.until });
    case 'closing-began':
      return change({ closing: event.attempt });
    case 'became-real':
      return { ...change({ isTest: false, watch: event.alert }), pagesStarted: state.pagesStarted + 1 };
    case 'watch-moved':
      return change({ watch: event.alert, lap: event.lap });
    case 'key-tried':
      return { ...state, mayWrite: event.mayWrite };
    case 'alert-joined':
    case 'alert-learned':
      return withAlerts(state, [event.alert as TrackedAlert]);
    case 'answered':
      return change({ leg: 'answered' });
    case 'passed-on':
      return change({ leg: 'passed', passes: (pageOf(state, event.page)?.passes ?? 0) + 1 });
    case 'hearing':
      return change({ hearing: { attempt: event.attempt, until: event.until } });
    case 'heard-out':
      return change({ hearing: undefined });
    case 'taken':
      return change({
        end: {
          kind: 'taken',
          at: event.at,
          by: event.member,
          attempt: event.attempt,
          ...(pageOf(state, event.page)?.end?.kind === 'unanswered' && { wasUnanswered: true as const }),
        },
      });
    case 'nobody-answered': {
      const isPassed = event.passes !== undefined && event.passes === event.rings;
      return change({ end: { kind: 'unanswered', at: event.at, ...(isPassed && { isPassed }) } });
    }
    case 'unreachable':
      return change({
        end: { kind: 'unanswered', at: event.at, ...(event.why === 'silent' && { mayRing: true as const }) },
      });
    case 'call-lost':
      return event.isSure ? change({ end: { kind: 'unanswered', at: event.at } }) : state;
    case 'degraded':
      return change({ isDegraded: true });
    case 'unavailable':
      return change({ isUnavailable: true });
    case 'read-only-key':
      return { ...state, mayWrite: false };
    default:
      return state;
  }
}

/** In the direct way no call is up: whoever waits is none. */
function paused(state: State, event: Extract<Event, { kind: 'pause-began' }>): State {
  const { attempt, until, placedBy } = event;
  const isDirect = pageOf(state, event.page)?.way === 'direct';
  const call = isDirect ? { call: '', placedBy } : {};
  return withPage(state, event.page, { attempt, leg: 'pausing', until, ...call });
}

/** The phone never rang: its news keeps its number, for people are told by number, and says nothing. */
function withdrawn(state: State, { page, at, attempt }: Extract<Event, { kind: 'ring-withdrawn' }>): State {
  const news = state.news.map((item) =>
    item.kind === 'calling' && item.page === page && item.attempt === attempt
      ? ({ kind: 'withdrawn', page, at } as const)
      : item,
  );
  return { ...state, news };
}

const closed = (state: State, { page: id, at }: Event): State => {
  const page = pageOf(state, id);
  return withPage(state, id, isGoingOn(page) ? { end: { kind: 'closed', at } } : { closedAt: at });
};

function withPage(state: State, id: string, changes: Partial<Page>): State {
  const changed = (page: Page) => (page.id === id ? { ...page, ...changes } : page);
  return { ...state, page: state.page && changed(state.page), ended: state.ended.map(changed) };
}

function logged(state: State, news: LoggedNews): State {
  return { ...state, news: latest([...state.news, news]), newsCount: state.newsCount + 1 };
}

/** As many as are kept, the last one in any case. */
function latest(news: readonly LoggedNews[]): readonly LoggedNews[] {
  const sizes = news.map((item) => Buffer.byteLength(JSON.stringify(item)));
  let first = Math.max(0, news.length - NEWS_KEPT.items);
  let size = sizes.slice(first).reduce((sum, bytes) => sum + bytes, 0);
  for (; size > NEWS_KEPT.bytes && first < news.length - 1; first++) size -= sizes[first] ?? 0;
  return news.slice(first);
}
