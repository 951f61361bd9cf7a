/**
 * The escalation once more, as small as it can be said: what the rules are for a list of calls and keys, without what
 * survives where, how it is written, and what else is known of an alert. Times are minutes since the beginning.
 */
export type Rules = { readonly members: number; readonly rounds: number };

export type Model = {
  readonly now: number;
  readonly page: ModelPage | null;
  /** Whose business an alert is, or was last: pages are counted. */
  readonly pageOf: Readonly<Record<string, number>>;
  /** Who took an alert that is open, and when. */
  readonly taken: Readonly<Record<string, { readonly by: number; readonly at: number }>>;
  readonly closed: readonly string[];
};

export type ModelPage = {
  readonly number: number;
  readonly order: readonly number[];
  readonly ring: number;
  /** The ring from which its rounds are counted. */
  readonly from?: number;
  readonly leg: 'ringing' | 'answered' | 'passed' | 'pausing';
  /** Whose call it goes on in: Mackerel's, or ours, one a ring. */
  readonly way: 'bridge' | 'direct';
  /** After that it counts as dead; or, where nobody answered, a key 1 comes too late. */
  readonly until: number;
  readonly end: 'taken' | 'closed' | 'unanswered' | null;
  /** Who took it. */
  readonly by?: number;
};

export type Happening =
  | { readonly kind: 'alert'; readonly id: string }
  /** The call of the page asks once more what to do: a webhook that came twice. */
  | { readonly kind: 'asked-again' }
  | { readonly kind: 'ring-over' | 'picked-up' | 'takes' | 'passes'; readonly isLate: boolean }
  | { readonly kind: 'pause-over' }
  | { readonly kind: 'closed'; readonly id: string }
  | { readonly kind: 'call-gone'; readonly canCall: boolean }
  | { readonly kind: 'time'; readonly minutes: number };

/** What is done, and what is told, in words. */
export type Answer = { readonly model: Model; readonly does: string; readonly tells: readonly string[] };

/** Minutes: after somebody took it; and until a ring, a pause, a talk has shown no sign of life. */
const QUIET = 30;
const LEASE = { ringing: 95 / 60, pausing: 65 / 60, answered: 6, unanswered: 1 };

export const beginning: Model = { now: 0, page: null, pageOf: {}, taken: {}, closed: [] };

export function answer(rules: Rules, model: Model, happening: Happening): Answer {
  const { now, page, pageOf, taken, closed } = model;
  const live = page && page.end === null ? page : null;
  const memberOf = ({ order }: ModelPage, ring: number) => order[ring % order.length] as number;
  const nothing = (does = 'hang-up'): Answer => ({ model, does, tells: [] });
  const openOf = (number: number) =>
    Object.keys(pageOf).filter((id) => pageOf[id] === number && !closed.includes(id));
  const present = () => {
    if (!live || live.way === 'direct') return 'hang-up';
    return live.leg === 'pausing' ? `pause ${live.ring}` : `ring ${live.ring}: ${memberOf(live, live.ring)}`;
  };
  const ring = (of: ModelPage, base: Model, ...tells: string[]): Answer => {
    const rings: ModelPage = { ...of, leg: 'ringing', until: now + LEASE.ringing };
    const who = `${of.ring}: ${memberOf(of, of.ring)}`;
    return { model: { ...base, page: rings }, does: `ring ${who}`, tells: [...tells, `calling ${who}`] };
  };
  /** Its call has died, and another one carries it on: for an alert that is new, all are rung anew. */
  const revived = (of: ModelPage, base: Model, isAnew: boolean, ...tells: string[]): Answer => {
    const further = of.leg === 'pausing' ? of.ring : of.ring + 1;
    const from = isAnew ? further : of.from;
    return ring({ ...of, way: 'bridge', ring: further, from }, base, ...tells, 'resumed');
  };
  const carriedOn = (tells: string): Answer =>
    live && now > live.until
      ? revived(live, model, false, tells)
      : { model, does: 'hang-up', tells: [tells] };
  const unanswered = (of: ModelPage): Model => ({
    ...model,
    page: { ...of, end: 'unanswered', until: now + LEASE.unanswered },
  });
  const next = (of: ModelPage, ...tells: string[]): Answer => {
    const further = { ...of, ring: of.ring + 1 };
    const rings = further.ring - (of.from ?? 0);
    if (rings >= rules.members * rules.rounds) {
      return { model: unanswered(of), does: 'hang-up', tells: [...tells, 'nobody-answered'] };
    }
    if (rings % rules.members > 0 || of.way === 'direct') return ring(further, model, ...tells);
    const pauses: ModelPage = { ...further, leg: 'pausing', until: now + LEASE.pausing };
    return { model: { ...model, page: pauses }, does: `pause ${pauses.ring}`, tells };
  };
  /** Of a ring before the present one: then a phone that rings by now is to be still. */
  const confirmed = (of: ModelPage, ring: number) => {
    const isElsewhere = of.end !== 'unanswered' && ring < of.ring && of.leg !== 'answered';
    return `confirm-taken ${memberOf(of, ring)}${isElsewhere && of.way === 'bridge' ? ', end-call' : ''}`;
  };
  /** Somebody at a phone that the page is not at any more. */
  const late = (of: number): Answer => {
    const member = page ? memberOf(page, of) : 0;
    if (page?.end === 'taken' && page.by === member) return nothing(confirmed(page, of));
    const why = page?.end === 'taken' ? page.by : live ? 'gone-on' : 'over';
    return nothing(`dismiss ${member}: ${why}`);
  };

  switch (happening.kind) {
    case 'time':
      return nothing();
    case 'asked-again':
      return nothing(page?.way === 'bridge' ? present() : 'hang-up');
    case 'alert': {
      const { id } = happening;
      const held = taken[id];
      if (closed.includes(id)) return carriedOn(`closed-already ${id}`);
      if (held && now < held.at + QUIET) return carriedOn(`kept-quiet ${id}`);
      const { [id]: _, ...others } = taken;
      const ofPage = (number: number): Model => ({
        ...model,
        pageOf: { ...pageOf, [id]: number },
        taken: others,
      });
      if (!live) {
        const first = held ? [held.by] : [];
        const everybody = Array.from({ length: rules.members }, (_, member) => member);
        const order = [...first, ...everybody.filter((member) => !first.includes(member))];
        const number = (page?.number ?? 0) + 1;
        const begun: ModelPage = {
          number,
          order,
          ring: 0,
          leg: 'ringing',
          way: 'bridge',
          until: 0,
          end: null,
        };
        return ring(begun, ofPage(number), `page-started ${held ? 'still-open' : 'new'}`);
      }
      const base = ofPage(live.number);
      const tells = pageOf[id] === live.number ? [] : [`joined ${id}`];
      if (now <= live.until) return { model: base, does: 'hang-up', tells };
      return revived(live, base, tells.length > 0, ...tells);
    }
    case 'ring-over': {
      if (!live) return nothing();
      if (happening.isLate || live.leg === 'pausing') return nothing(present());
      const why = live.leg === 'answered' ? 'no-key' : 'no-answer';
      return live.leg === 'passed'
        ? next(live)
        : next(live, `not-reached ${memberOf(live, live.ring)} ${why}`);
    }
    case 'picked-up': {
      const of = (page?.ring ?? 0) - (happening.isLate ? 1 : 0);
      if (!live || happening.isLate) return late(of);
      const member = memberOf(live, of);
      if (live.leg === 'passed') return nothing(`brief ${member}`);
      // Who has it repeated is still there.
      const talks: ModelPage = { ...live, leg: 'answered', until: now + LEASE.answered };
      const tells = live.leg === 'ringing' ? [`answered ${member}`] : [];
      return { model: { ...model, page: talks }, does: `brief ${member}`, tells };
    }
    case 'takes': {
      const of = (page?.ring ?? 0) - (happening.isLate ? 1 : 0);
      const by = page ? memberOf(page, of) : 0;
      const isOthers = live?.leg === 'answered' && memberOf(live, live.ring) !== by;
      const isFree = live ? !isOthers : page?.end === 'unanswered' && now < page.until;
      if (!page || !isFree) return late(of);
      const held = {
        ...Object.fromEntries(openOf(page.number).map((id) => [id, { by, at: now }])),
        ...taken,
      };
      const ended: ModelPage = { ...page, end: 'taken', by };
      return {
        model: { ...model, page: ended, taken: held },
        does: confirmed(page, of),
        tells: [`taken ${by}`],
      };
    }
    case 'passes': {
      const of = (page?.ring ?? 0) - (happening.isLate ? 1 : 0);
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
    case 'pause-over':
      if (!live) return nothing();
      return live.leg === 'pausing' ? ring(live, model) : nothing(present());
    case 'closed': {
      const { id } = happening;
      if (closed.includes(id)) {
        const isRungFor = page?.end === 'closed' && page.way === 'bridge' && pageOf[id] === page.number;
        return nothing(isRungFor ? 'end-call' : 'hang-up');
      }
      const { [id]: held, ...others } = taken;
      const shut: Model = { ...model, closed: [...closed, id], taken: others };
      const number = pageOf[id];
      if (number === undefined) return { model: shut, does: 'hang-up', tells: [] };
      if (openOf(number).length > 1) return { model: shut, does: 'hang-up', tells: [`alert-closed ${id}`] };
      const tells = [`all-closed ${held ? held.by : 'nobody'}`];
      if (live?.number !== number) return { model: shut, does: 'hang-up', tells };
      const does = live.way === 'bridge' ? 'end-call' : 'hang-up';
      return { model: { ...shut, page: { ...live, end: 'closed' } }, does, tells };
    }
    case 'call-gone': {
      if (!live || live.way === 'direct') return nothing();
      if (!happening.canCall) {
        return { model: unanswered(live), does: 'hang-up', tells: ['call-lost'] };
      }
      const direct: ModelPage = { ...live, way: 'direct' };
      return live.leg === 'pausing' ? ring(direct, model, 'went-direct') : next(direct, 'went-direct');
    }
  }
}

export const later = (model: Model, minutes: number): Model => ({ ...model, now: model.now + minutes });
