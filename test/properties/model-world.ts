/** The brain, played for the model: alerts are looked up and closed as the store does it, one thing after another. */
import type { DialList } from '../../src/dial-list/list';
import {
  type Command,
  decide,
  type Event,
  emptyState,
  evolveAll,
  isGoingOn,
  isNews,
  isOnPage,
  type LoggedNews,
  orderOf,
  type Page,
  type State,
  type Step,
  stepFor,
} from '../../src/escalation';
import { withTakings } from '../../src/store/fate';
import { aDialList } from '../support/dial-list';
import { callSid, EVENING } from '../support/event';
import { type Happening, type Model, type Rules, ringOf, type Which } from './model';

export const dialListFor = ({ members, rounds, ...rules }: Rules): DialList =>
  aDialList({
    members: Array.from({ length: members }, (_, nth) => ({
      name: `member-${nth}`,
      phone: `+81500000000${nth}`,
    })),
    rounds,
    answer: rules.takesByPickup ? 'pickup' : 'keypress',
    start: rules.startsByWebhook ? 'webhook' : 'call',
    rotation: { every: rules.turnsByPage ? 'page' : 'never' },
  });

export const nothingYet: State = emptyState;
export const secondsOf = ({ now }: Model) => EVENING + now;

/** The SID of a call of our own, for a ring. */
const ownCall = (attempt: number) => callSid(80 + attempt);

const NONE = { id: 'none', attempt: 0, call: '', way: 'bridge' as const };

/** The page and the ring that somebody speaks of, and the call that they do it on. */
function ringIn(state: State, which: Which) {
  const page = (which === 'page-before' ? state.ended.at(-1) : state.page) ?? NONE;
  const attempt = page.attempt - (which === 'before' ? 1 : 0);
  const call = page.way === 'direct' ? ownCall(attempt) : page.call;
  return { page: page.id, attempt, call };
}

/** Whether such a thing can happen now; what cannot need not be decided. */
export function isPossible(model: Model, state: State, happening: Happening): boolean {
  const { page } = state;
  const live = isGoingOn(page) ? page : null;
  switch (happening.kind) {
    case 'time':
    case 'call':
    case 'test':
      return true;
    case 'webhook':
      // No call tells its page from one about the same alert that began, and ended, in this very second.
      return live !== null || model.pages.every(({ startedAt }) => startedAt < model.now);
    case 'same-call':
      return model.alerts[happening.id]?.call !== undefined;
    case 'call-missed':
      return live?.way === 'bridge' && live.attempt === 0 && live.leg === 'ringing';
    case 'test-asks-again':
      return page?.isTest === true;
    case 'stray-ring-over':
      return live !== null && live.call !== '';
    case 'call-lost':
      return live?.way === 'bridge';
    case 'refused':
      return live?.way === 'direct' && live.call === '' && live.leg === 'ringing';
    case 'decides-again':
      return (
        live?.way === 'direct' && live.call === '' && live.leg === 'ringing' && live.placedBy !== undefined
      );
    case 'calls-in':
      return page !== null;
    case 'closes':
      return model.alerts[happening.id] !== undefined;
    case 'placed':
      return page?.way === 'direct' && isRing(state, happening.of);
    case 'pause-over':
      return happening.of === 'present' ? page !== null : isRing(state, happening.of);
    default:
      return isRing(state, happening.of);
  }
}

/** In a pause, no phone rings at present. */
function isRing({ page, ended }: State, which: Which): boolean {
  if (which === 'page-before') return ended.length > 0;
  if (!page) return false;
  return which === 'before' ? page.attempt > 0 : page.leg !== 'pausing';
}

/** @param nth of the history: its calls, and who decides, are named after it */
export function commandFor(model: Model, state: State, happening: Happening, nth: number): Command | null {
  const at = secondsOf(model);
  const webhookId = `webhook-${nth}`;
  const present = ringIn(state, 'present');
  const starting = { way: 'bridge', call: callSid(nth), turn: 0, at, webhookId } as const;
  const ended = { kind: 'end-ring', why: 'no-answer', wasBridged: false, at, webhookId } as const;
  const alertOf = (id: string) => ({ alert: { id, heardAt: at }, isNew: model.alerts[id] === undefined });
  switch (happening.kind) {
    case 'time':
    case 'closes':
      return null;
    case 'call':
    case 'webhook': {
      const { alert, isNew } = alertOf(happening.id);
      const told = { alert: { ...alert, status: happening.severity }, isNew };
      return happening.kind === 'call'
        ? { kind: 'notify', ...starting, turn: happening.turn ?? 0, ...told }
        : { kind: 'notify', ...starting, way: 'direct', call: '', ...told };
    }
    case 'same-call': {
      const { id } = happening;
      return { kind: 'notify', ...starting, call: model.alerts[id]?.call ?? '', ...alertOf(id) };
    }
    case 'call-missed': {
      const missed = { way: 'direct', call: present.call } as const;
      return { kind: 'notify', ...starting, ...missed, ...alertOf(state.page?.first ?? '') };
    }
    case 'test':
      return { kind: 'start-test', ...starting, turn: happening.turn ?? 0 };
    case 'test-asks-again':
      return { kind: 'start-test', ...starting, call: state.page?.call ?? '' };
    case 'ring-over':
      return { ...ended, ...ringIn(state, happening.of), wasBridged: happening.wasBridged ?? false };
    case 'stray-ring-over':
      return { ...ended, ...present, call: callSid(99) };
    case 'pause-over': {
      const ring = ringIn(state, happening.of);
      return {
        kind: 'end-pause',
        ...ring,
        call: state.page?.way === 'direct' ? '' : ring.call,
        at,
        webhookId,
      };
    }
    case 'picks-up':
      return { kind: 'answer', ...ringIn(state, happening.of), at };
    case 'takes':
    case 'passes': {
      const key = happening.kind === 'takes' ? 'take' : 'pass';
      return { kind: 'press-key', ...ringIn(state, happening.of), key, at };
    }
    case 'heard-out':
      return { kind: 'confirmed', ...ringIn(state, happening.of), newcomers: happening.newcomers, at };
    case 'call-lost': {
      const { canCall, isSure } = happening;
      return { kind: 'lose-call', call: present.call, canCall, isSure, at, webhookId };
    }
    case 'placed':
      return { kind: 'placed', ...ringIn(state, happening.of), at };
    case 'refused':
      return { kind: 'give-up', ...present, ...(happening.why && { why: happening.why }), at };
    case 'decides-again':
      return { ...ended, ...present, attempt: present.attempt - 1, webhookId: state.page?.placedBy };
    case 'calls-in':
      return { kind: 'ring-back', page: present.page, member: happening.member, at, webhookId };
  }
}

export type Came = { readonly state: State; readonly step: Step; readonly events: readonly Event[] };

export function put(list: DialList, before: State, command: Command): Came {
  const events = decide(list, before, command);
  const { news: _, ...state } = withTakings(evolveAll(before, events));
  const step = stepFor(list, { ...state, news: [] }, command);
  // A member who calls in while their own ring-back rings hears that, and no phone rings twice.
  const isRefused = command.kind === 'ring-back' && !events.some(({ kind }) => kind === 'ring-began');
  return { state: { ...state, news: [] }, step: isRefused ? { kind: 'hang-up' } : step, events };
}

/** As the store does it: if the alert stood for a page, another open one does, or the page is over. */
export function closeAlert(list: DialList, state: State, id: string, at: number): Came {
  const isNew = state.alerts.some((alert) => alert.id === id && alert.closedAt === undefined);
  const alerts = state.alerts.map((alert) => (alert.id === id ? { closedAt: at, ...alert } : alert));
  const noted = { ...state, alerts };
  const isWatching = (one: Page | null): one is Page =>
    one !== null && one.watch === id && one.end?.kind !== 'closed' && one.closedAt === undefined;
  const page = isNew ? [state.page, ...state.ended].find(isWatching) : undefined;
  if (!page) return { state: noted, step: { kind: 'hang-up' }, events: [] };
  const own = alerts.filter((alert) => isOnPage(alert, page));
  const open = own.find(({ closedAt }) => closedAt === undefined);
  const { id: name, watch, lap } = page;
  return put(
    list,
    noted,
    open
      ? { kind: 'move-watch', page: name, from: watch, to: open.id, at }
      : { kind: 'close-all', page: name, alerts: own.length, watch, lap, at },
  );
}

/** What is done, in the model's words. */
export function doneIn(step: Step): string {
  switch (step.kind) {
    case 'ring':
      return `ring ${step.attempt}: ${step.member}`;
    case 'pause':
      return `pause ${step.attempt}`;
    case 'dismiss':
      return `dismiss ${step.member}: ${step.why === 'taken' ? step.by : step.why}`;
    case 'confirm-taken':
      return `confirm-taken ${step.member}${step.endCall === undefined ? '' : `, ends ${step.endCall && 'a call'}`}`;
    case 'confirm-more':
      return `confirm-more ${step.member}: ${step.alerts}`;
    default:
      return 'member' in step ? `${step.kind} ${step.member}` : step.kind;
  }
}

export const newsIn = (events: readonly Event[]): string[] => events.filter(isNews).map(told);

function told(news: LoggedNews): string {
  const ofTest = 'isTest' in news && news.isTest ? ' of a test' : '';
  switch (news.kind) {
    case 'calling':
      return `calling ${news.attempt}: ${news.member}`;
    case 'page-started':
      return `page-started ${news.why}`;
    case 'not-reached':
      return `not-reached ${news.member} ${news.why}`;
    case 'nobody-answered':
      return `nobody-answered ${news.rings}${ofTest}`;
    case 'all-closed':
      return `all-closed${news.taker === undefined ? '' : ` ${news.taker}`}`;
    case 'call-lost':
      return `call-lost${news.isSure ? '' : ', perhaps taken'}`;
    case 'kept-quiet':
      return `kept-quiet ${news.alert} ${news.member}`;
    default:
      if ('member' in news) return `${news.kind} ${news.member}${ofTest}`;
      return 'alert' in news ? `${news.kind} ${news.alert}` : news.kind;
  }
}

/** What of a state the model knows too. */
export function seen({ page, alerts }: State): string {
  const open = alerts
    .filter(({ closedAt }) => closedAt === undefined)
    .map(
      (alert) =>
        `${alert.id} ${page && isOnPage(alert, page) ? 'here' : 'elsewhere'}, taken by ${alert.taken?.by}`,
    );
  return [
    page && pageSeen({ ...page, order: orderOf(page), ring: page.attempt, end: page.end?.kind }),
    ...open.sort(),
  ].join('; ');
}

export function seenIn(model: Model): string {
  const { pages, alerts } = model;
  const page = pages.at(-1);
  const open = Object.entries(alerts)
    .filter(([, { closedAt }]) => closedAt === undefined)
    .map(([id, alert]) => {
      const of = alert.page === undefined ? undefined : pages[alert.page];
      const by = of?.end?.kind === 'taken' ? of.end.by : undefined;
      return `${id} ${of && of === page ? 'here' : 'elsewhere'}, taken by ${by}`;
    });
  return [page && pageSeen({ ...page, ring: ringOf(page), end: page.end?.kind }), ...open.sort()].join('; ');
}

type PageSeen = {
  readonly isTest: boolean;
  readonly order: readonly number[];
  readonly ring: number;
  readonly leg: string;
  readonly way: string;
  readonly call: string;
  readonly end: string | undefined;
};

const pageSeen = ({ isTest, order, ring, leg, way, call, end }: PageSeen) =>
  `${isTest ? 'test' : 'page'} of ${order}, ${way} ${call !== ''}, ring ${ring} ${leg}, ended ${end}`;
