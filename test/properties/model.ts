/**
 * The escalation once more, as small as it can be said: what the rules are for a list of calls and keys, without what
 * survives where, how it is written, and what else is known of an alert. Times are minutes since the beginning.
 */
export type Rules = {
  readonly members: number;
  readonly rounds: number;
  /** Picking up is taking; else key 1 is. */
  readonly takesByPickup?: boolean;
  /** Each page begins with the next member; else the date says with whom. */
  readonly turnsByPage?: boolean;
  /** After so many minutes the webhook rings again for what nobody answered; nothing where calls start pages. */
  readonly repeatsAfter?: number;
};

export type Model = {
  readonly now: number;
  readonly page: ModelPage | null;
  /** The page before. */
  readonly previous: ModelPage | null;
  /** When each page began, and of them, how many count in a rotation. */
  readonly begun: readonly number[];
  readonly counted: number;
  /** Whose business an alert is, or was last: pages are counted. */
  readonly pageOf: Readonly<Record<string, number>>;
  readonly severity: Readonly<Record<string, Severity>>;
  /** Who took an alert that is open, and when; whose turn it was, and how bad it was then. */
  readonly taken: Readonly<Record<string, Taking>>;
  readonly closed: readonly string[];
  /** When an alert was first heard of, and when Mackerel last called about it. */
  readonly heard: Readonly<Record<string, number>>;
  readonly called: Readonly<Record<string, number>>;
  /** Who took what has closed since. */
  readonly closedTakings: readonly Taking[];
};

export type Severity = 'warning' | 'critical';
type Taking = {
  readonly by: number;
  readonly at: number;
  readonly turn: number;
  readonly severity?: Severity;
};

export type ModelPage = {
  readonly number: number;
  readonly isTest: boolean;
  readonly turn: number;
  readonly order: readonly number[];
  readonly ring: number;
  /** The ring from which its rounds are counted. */
  readonly from?: number;
  /** When the present round began. */
  readonly roundAt?: number;
  readonly leg: 'ringing' | 'answered' | 'passed' | 'pausing';
  /** Whose call it goes on in: Mackerel's, or ours, one a ring. */
  readonly way: 'bridge' | 'direct';
  /** It is known which call that is: one of ours is to be placed first. */
  readonly hasCall: boolean;
  /** After that it counts as dead; or, where nobody answered, a key 1 comes too late. */
  readonly until: number;
  readonly end: 'taken' | 'closed' | 'unanswered' | null;
  /** Who took it, and when. */
  readonly by?: number;
  readonly at?: number;
  /** Until when they are still at the phone, and what came meanwhile that they have not heard of. */
  readonly hears?: { readonly ring: number; readonly until: number };
  readonly unheard?: readonly string[];
};

export type Happening =
  /** By a call of Mackerel's that can carry a page, or without one. */
  | {
      readonly kind: 'alert';
      readonly id: string;
      readonly way: ModelPage['way'];
      readonly turn?: number;
      readonly severity?: Severity;
    }
  | { readonly kind: 'reported'; readonly id: string; readonly severity: Severity }
  /** What was put aside for the page, or for the one before. */
  | { readonly kind: 'joins'; readonly id: string; readonly isLate: boolean }
  | { readonly kind: 'test'; readonly turn?: number }
  /** The call of the page asks once more what to do: a webhook that came twice. */
  | { readonly kind: 'asked-again' }
  /** Who is to place a call decides once more: Sync did not say what became of it. */
  | { readonly kind: 'decided-again' }
  | { readonly kind: 'ring-over'; readonly isLate: boolean; readonly wasBridged?: boolean }
  /** A call says so that does not carry the page, or not any more. */
  | { readonly kind: 'other-ring-over' }
  | { readonly kind: 'picked-up' | 'takes' | 'passes' | 'placed'; readonly isLate: boolean }
  /** The confirmation is over. */
  | { readonly kind: 'heard-out'; readonly isLate: boolean }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'pause-over' }
  | { readonly kind: 'closed'; readonly id: string }
  | { readonly kind: 'call-gone'; readonly canCall: boolean; readonly isUnsure?: boolean }
  /** It was gone before the page began. */
  | { readonly kind: 'call-missed' }
  | { readonly kind: 'time'; readonly minutes: number };

/** What is done, and what is told, in words. */
export type Answer = { readonly model: Model; readonly does: string; readonly tells: readonly string[] };

/** Minutes: after somebody took it; and until a ring, a pause, a talk has shown no sign of life. */
const QUIET = 30;
const HEARS = 15 / 60;
const AWAKE = 10;
const LEASE = { ringing: 95 / 60, pausing: 35 / 60, answered: 6, unanswered: 1 };
/** A round takes as long at the least where no call is up that could wait; else it is how long that waits. */
const PAUSE = 0.5;
/** Mackerel re-sends no sooner; and what is sent again may come a little early. */
const SOONEST_RESEND = 10;
const EARLY = 0.5;

export const beginning: Model = {
  now: 0,
  page: null,
  previous: null,
  begun: [],
  counted: 0,
  pageOf: {},
  severity: {},
  taken: {},
  closed: [],
  heard: {},
  called: {},
  closedTakings: [],
};

export function answer(rules: Rules, model: Model, happening: Happening): Answer {
  const { now, page, previous, pageOf, severity, taken, closed } = model;
  const live = page && page.end === null ? page : null;
  const memberOf = ({ order }: ModelPage, ring: number) => order[ring % order.length] as number;
  const nothing = (does = 'hang-up'): Answer => ({ model, does, tells: [] });
  const openOf = (number: number) =>
    Object.keys(pageOf).filter((id) => pageOf[id] === number && !closed.includes(id));
  const isWorse = (one?: Severity, before?: Severity) => one === 'critical' && before === 'warning';
  const ofTest = ({ isTest }: ModelPage) => (isTest ? ' of a test' : '');
  const without = (id: string) => {
    const { [id]: _, ...others } = taken;
    return others;
  };
  const present = () => {
    if (!live || live.way === 'direct') return 'hang-up';
    return live.leg === 'pausing' ? `pause ${live.ring}` : `ring ${live.ring}: ${memberOf(live, live.ring)}`;
  };
  const ring = (of: ModelPage, base: Model, ...tells: string[]): Answer => {
    const hasCall = of.way === 'bridge';
    const isFirst = (of.ring - (of.from ?? 0)) % of.order.length === 0;
    const rings: ModelPage = {
      ...of,
      leg: 'ringing',
      hasCall,
      until: now + LEASE.ringing,
      ...(isFirst && { roundAt: now }),
    };
    const who = `${of.ring}: ${memberOf(of, of.ring)}`;
    return { model: { ...base, page: rings }, does: `ring ${who}`, tells: [...tells, `calling ${who}`] };
  };
  const unanswered = (of: ModelPage, ...tells: string[]): Answer => {
    const ended: ModelPage = { ...of, end: 'unanswered', until: now + LEASE.unanswered };
    return { model: { ...model, page: ended }, does: 'hang-up', tells };
  };
  const next = (of: ModelPage, ...tells: string[]): Answer => {
    const further = { ...of, ring: of.ring + 1 };
    const rings = further.ring - (of.from ?? 0);
    if (rings >= of.order.length * rules.rounds)
      return unanswered(of, ...tells, `nobody-answered${ofTest(of)}`);
    const pause = of.way === 'bridge' ? PAUSE : (of.roundAt ?? now) + PAUSE - now;
    if (rings === 0 || rings % of.order.length > 0 || pause <= 0) return ring(further, model, ...tells);
    const until = now + pause + LEASE.pausing;
    const hasCall = of.way === 'bridge' && of.hasCall;
    const pauses: ModelPage = { ...further, leg: 'pausing', hasCall, until };
    return { model: { ...model, page: pauses }, does: `pause ${pauses.ring}`, tells };
  };
  /** Its call has died, and another one carries it on: for an alert that is new, all are rung anew. */
  const resumed = (
    of: ModelPage,
    way: ModelPage['way'],
    base: Model,
    isAnew: boolean,
    ...tells: string[]
  ): Answer => {
    const further = of.leg === 'pausing' ? of.ring : of.ring + 1;
    const from = isAnew ? further : of.from;
    return ring({ ...of, way, ring: further, from }, base, ...tells, 'resumed');
  };
  /** Nobody is rung for what came; a page whose call has died is carried on by it all the same. */
  const carriedOn = (way: ModelPage['way'], base: Model, tells: string): Answer =>
    live && !live.isTest && now > live.until
      ? resumed(live, way, base, false, tells)
      : { model: base, does: 'hang-up', tells: [tells] };
  const starts = (base: Model, turn: number, way: ModelPage['way'], why: string, held?: Taking): Answer => {
    const isTest = happening.kind === 'test';
    const awake = [...Object.values(taken), ...model.closedTakings]
      .filter(({ at }) => now < at + AWAKE)
      .reduce<Taking | undefined>((latest, one) => (latest && latest.at >= one.at ? latest : one), undefined);
    const begins = held ?? (isTest ? undefined : awake);
    const first = held ? held.turn : (rules.turnsByPage ? model.counted : turn) % rules.members;
    const inTurn = Array.from({ length: rules.members }, (_, place) => (first + place) % rules.members);
    const order = begins ? [begins.by, ...inTurn.filter((member) => member !== begins.by)] : inTurn;
    const begun: ModelPage = {
      ...{ number: model.begun.length, isTest, turn: first, order, ring: 0, leg: 'ringing', way },
      ...{ hasCall: false, until: 0, end: null },
    };
    const counted = model.counted + (isTest ? 0 : 1);
    const one = { ...base, previous: page, begun: [...model.begun, now], counted };
    return ring(begun, one, `page-started ${why}`);
  };
  /** Others' alerts are a page's now; a test that gets one is none any more. */
  const joined = (to: ModelPage, base: Model): Model => ({
    ...base,
    page: { ...to, isTest: false },
    counted: model.counted + (to.isTest ? 1 : 0),
  });
  /** Of a ring before the present one: then a phone that rings by now is to be still. */
  const confirmed = (of: ModelPage, ring: number) => {
    const isElsewhere = of.end !== 'unanswered' && ring < of.ring && of.leg !== 'answered';
    return `confirm-taken ${memberOf(of, ring)}${isElsewhere && of.hasCall ? ', end-call' : ''}`;
  };
  const take = (of: ModelPage, at: number, does: string, ...tells: string[]): Answer => {
    const by = memberOf(of, at);
    const takings = openOf(of.number).map((id) => [
      id,
      { by, at: now, turn: of.turn, severity: severity[id] },
    ]);
    const hears = of.isTest ? undefined : { ring: at, until: now + HEARS };
    const ended: ModelPage = { ...of, end: 'taken', by, at: now, hears };
    return {
      model: { ...model, page: ended, taken: { ...Object.fromEntries(takings), ...taken } },
      does,
      tells: [...tells, `taken ${by}${ofTest(of)}`],
    };
  };
  /** Who has just taken the page, and is still at the phone. */
  const hearer = page?.hears && now <= page.hears.until ? page : null;
  const gone = (of: number): Model =>
    page?.hears?.ring === of ? { ...model, page: { ...page, hears: undefined } } : model;
  /** Somebody at a phone that the page is not at any more. */
  const late = (of: number): Answer => {
    const member = page ? memberOf(page, of) : 0;
    if (page?.end === 'taken' && page.by === member) return nothing(confirmed(page, of));
    const why = page?.end === 'taken' ? page.by : live ? 'gone-on' : 'over';
    return nothing(`dismiss ${member}: ${why}`);
  };
  const ringOf = ({ isLate }: { isLate: boolean }) => (page?.ring ?? 0) - (isLate ? 1 : 0);

  switch (happening.kind) {
    case 'time':
      return nothing();
    case 'other-ring-over':
      return { model: gone(ringOf({ isLate: false })), does: 'hang-up', tells: [] };
    case 'heard-out': {
      const of = ringOf(happening);
      const by = page ? memberOf(page, of) : 0;
      const unheard = page?.unheard?.filter((id) => !closed.includes(id)) ?? [];
      if (page?.hears?.ring !== of || unheard.length === 0)
        return { model: gone(of), does: `let-go ${by}`, tells: [] };
      const hears: ModelPage = { ...page, unheard: [], hears: { ring: of, until: now + HEARS } };
      return { model: { ...model, page: hears }, does: `confirm-more ${by}`, tells: [] };
    }
    case 'asked-again':
      return nothing(present());
    case 'decided-again':
      return nothing(live ? `ring ${live.ring}: ${memberOf(live, live.ring)}` : 'hang-up');
    case 'alert': {
      const { id, way, turn = 0 } = happening;
      const held = taken[id];
      const fresh = happening.severity ?? severity[id];
      const isUntold = way === 'bridge' && !happening.severity;
      const heard: Model = {
        ...model,
        ...(fresh && { severity: { ...severity, [id]: fresh } }),
        heard: { [id]: now, ...model.heard },
        ...(isUntold && { called: { ...model.called, [id]: now } }),
      };
      if (closed.includes(id)) return carriedOn(way, model, `closed-already ${id}`);
      const gotWorse = held !== undefined && isWorse(fresh, held.severity ?? severity[id]);
      const last = model.called[id] ?? model.heard[id] ?? now;
      const mayBeWorse =
        held !== undefined &&
        isUntold &&
        (held.severity ?? severity[id]) !== 'critical' &&
        now < last + SOONEST_RESEND - EARLY;
      if (held && !gotWorse && !mayBeWorse && now < held.at + QUIET) {
        const known = { ...held, severity: held.severity ?? severity[id] ?? fresh };
        return carriedOn(way, { ...heard, taken: { ...taken, [id]: known } }, `kept-quiet ${id}`);
      }
      const isHere = live && pageOf[id] === live.number;
      if (live) {
        const base: Model = isHere
          ? heard
          : joined(live, { ...heard, pageOf: { ...pageOf, [id]: live.number }, taken: without(id) });
        const tells = isHere
          ? isWorse(happening.severity, severity[id])
            ? [`worse ${id}`]
            : []
          : [`joined ${id}`];
        if (now <= live.until) return { model: base, does: 'hang-up', tells };
        return resumed(base.page ?? live, way, base, !isHere, ...tells);
      }
      if (hearer) {
        const isThere = pageOf[id] === hearer.number;
        if (isThere && !isWorse(happening.severity, severity[id])) return { ...nothing(), model: heard };
        const mine = { by: hearer.by ?? 0, at: now, turn: hearer.turn, severity: fresh };
        const hears = { ...hearer, unheard: [...(hearer.unheard ?? []), id] };
        return {
          model: {
            ...heard,
            page: hears,
            pageOf: { ...pageOf, [id]: hearer.number },
            taken: { ...taken, [id]: mine },
          },
          does: 'hang-up',
          tells: [isThere ? `worse ${id}` : `joined ${id}`],
        };
      }
      const isUnanswered = (one: string) => pageOf[one] !== undefined && !taken[one] && !closed.includes(one);
      const begunAt = (one: string) => model.begun[pageOf[one] ?? 0] ?? 0;
      const isDue = (one: string) => now >= begunAt(one) + (rules.repeatsAfter ?? 0) - EARLY;
      const repeats = rules.repeatsAfter !== undefined;
      if (repeats && isUnanswered(id) && !isWorse(happening.severity, severity[id]) && !isDue(id))
        return { model: heard, does: 'hang-up', tells: [] };
      const ids = [id, ...Object.keys(pageOf).filter((one) => repeats && isUnanswered(one) && isDue(one))];
      const ofPage = Object.fromEntries(ids.map((one) => [one, model.begun.length]));
      const base: Model = { ...heard, pageOf: { ...pageOf, ...ofPage }, taken: without(id) };
      const again = gotWorse ? 'worse' : mayBeWorse ? 'changed' : 'still-open';
      return starts(base, turn, way, held ? again : 'new', held);
    }
    case 'reported': {
      const { id } = happening;
      if (closed.includes(id)) return nothing();
      const isTold = live && pageOf[id] === live.number && isWorse(happening.severity, severity[id]);
      const heard: Model = {
        ...model,
        severity: { ...severity, [id]: happening.severity },
        heard: { [id]: now, ...model.heard },
      };
      return { model: heard, does: 'hang-up', tells: isTold ? [`worse ${id}`] : [] };
    }
    case 'joins': {
      const { id, isLate } = happening;
      const to = isLate ? previous : page;
      if (!page || !to || closed.includes(id) || [to.number, page.number].includes(pageOf[id] ?? -1))
        return nothing();
      const isForPresent = to === page || (live && to.end !== 'taken');
      const taker = isForPresent ? page : to;
      const base: Model = {
        ...model,
        heard: { [id]: now, ...model.heard },
        pageOf: { ...pageOf, [id]: taker.number },
        taken:
          taker.end === 'taken'
            ? {
                ...taken,
                [id]: { by: taker.by ?? 0, at: taker.at ?? 0, turn: taker.turn, severity: severity[id] },
              }
            : without(id),
      };
      // These are open, and nobody was rung for them: a page that closed goes on.
      const end = page.end === 'closed' ? null : page.end;
      const unheard = hearer ? { unheard: [...(hearer.unheard ?? []), id] } : {};
      return {
        model: isForPresent ? joined({ ...page, end, ...unheard }, base) : base,
        does: 'hang-up',
        tells: [`joined ${id}`],
      };
    }
    case 'test': {
      const { turn = 0 } = happening;
      if (live && now <= live.until) return nothing();
      return live && !live.isTest
        ? resumed(live, 'bridge', model, false)
        : starts(model, turn, 'bridge', 'new');
    }
    case 'ring-over': {
      if (!live) return { model: gone(ringOf(happening)), does: 'hang-up', tells: [] };
      if (happening.isLate || live.leg === 'pausing') return nothing(present());
      const member = memberOf(live, live.ring);
      if (rules.takesByPickup && happening.wasBridged) {
        const taking = take(live, live.ring, 'hang-up');
        const { page: over } = taking.model;
        return { ...taking, model: { ...taking.model, page: over && { ...over, hears: undefined } } };
      }
      const why = live.leg === 'answered' ? 'no-key' : 'no-answer';
      return live.leg === 'passed' ? next(live) : next(live, `not-reached ${member} ${why}`);
    }
    case 'picked-up': {
      const of = ringOf(happening);
      if (!live || happening.isLate) return late(of);
      const member = memberOf(live, of);
      if (live.leg === 'passed') return nothing(`brief ${member}`);
      // Who has it repeated is still there.
      const talks: ModelPage = { ...live, leg: 'answered', until: now + LEASE.answered };
      const tells = live.leg === 'ringing' ? [`answered ${member}`] : [];
      if (rules.takesByPickup) return take(talks, of, confirmed(talks, of), ...tells);
      return { model: { ...model, page: talks }, does: `brief ${member}`, tells };
    }
    case 'takes': {
      const of = ringOf(happening);
      const by = page ? memberOf(page, of) : 0;
      const isOthers = live?.leg === 'answered' && memberOf(live, live.ring) !== by;
      const isFree = live ? !isOthers : page?.end === 'unanswered' && now < page.until;
      return page && isFree ? take(page, of, confirmed(page, of)) : late(of);
    }
    case 'passes': {
      const of = ringOf(happening);
      if (!live || happening.isLate) return late(of);
      const member = memberOf(live, of);
      if (live.leg === 'passed') return nothing(`confirm-passed ${member}`);
      const passed: ModelPage = { ...live, leg: 'passed' };
      return {
        model: { ...model, page: passed },
        does: `confirm-passed ${member}`,
        tells: [`passed-on ${member}`],
      };
    }
    case 'placed':
      // Nobody needs it any more.
      if (!live || happening.isLate) return nothing('end-call');
      return { model: { ...model, page: { ...live, hasCall: true } }, does: 'hang-up', tells: [] };
    case 'unreachable':
      return live ? unanswered(live, 'unreachable') : nothing();
    case 'pause-over':
      if (!live) return nothing();
      return live.leg === 'pausing' ? ring(live, model) : nothing(present());
    case 'closed': {
      const { id } = happening;
      if (closed.includes(id)) {
        const isRungFor = page?.end === 'closed' && page.hasCall && pageOf[id] === page.number;
        return nothing(isRungFor ? 'end-call' : 'hang-up');
      }
      const held = taken[id];
      const closedTakings = [...model.closedTakings, ...(held ? [held] : [])];
      const shut: Model = { ...model, closed: [...closed, id], taken: without(id), closedTakings };
      const number = pageOf[id];
      if (number === undefined) return { model: shut, does: 'hang-up', tells: [] };
      if (openOf(number).length > 1) return { model: shut, does: 'hang-up', tells: [`alert-closed ${id}`] };
      const tells = [`all-closed ${held ? held.by : 'nobody'}`];
      if (live?.number !== number) return { model: shut, does: 'hang-up', tells };
      const does = live.hasCall ? 'end-call' : 'hang-up';
      return { model: { ...shut, page: { ...live, end: 'closed' } }, does, tells };
    }
    case 'call-gone': {
      if (!live || live.way === 'direct') return nothing();
      if (happening.isUnsure) return { model, does: 'hang-up', tells: ['call-lost, perhaps taken'] };
      if (live.isTest) return unanswered(live, 'nobody-answered of a test');
      if (!happening.canCall) return unanswered(live, 'call-lost');
      const direct: ModelPage = { ...live, way: 'direct', hasCall: false };
      const before = live.leg === 'pausing' ? live.ring - 1 : live.ring;
      return next({ ...direct, ring: before }, 'went-direct');
    }
    case 'call-missed':
      if (!live || live.way === 'direct') return nothing();
      if (live.isTest) return unanswered(live, 'nobody-answered of a test');
      return next({ ...live, ring: live.ring - 1, way: 'direct', hasCall: false }, 'went-direct');
  }
}

export const later = (model: Model, minutes: number): Model => ({ ...model, now: model.now + minutes });
