/**
 * The escalation once more, as naively as it can be told: written from docs/architecture.md and docs/reliability.md, for
 * people and calls that come one after another. It knows no Sync, no revisions and no URLs. Times are seconds since the
 * beginning.
 */
export type Rules = {
  readonly members: number;
  readonly rounds: number;
  /** Picking up is taking; else key 1 is. */
  readonly takesByPickup?: boolean;
  /** Each page begins with the next member; else the date says with whom. */
  readonly turnsByPage?: boolean;
  /** Mackerel's webhook starts pages, and rings again for what nobody answered. */
  readonly startsByWebhook?: boolean;
};

export type Severity = 'warning' | 'critical';
export type Way = 'bridge' | 'direct';

/** Which ring somebody speaks of: the one that the page is at, the one before it, or the last one of the page before. */
export type Which = 'present' | 'before' | 'page-before';

export type Happening =
  /** Mackerel's call about an alert. */
  | { readonly kind: 'call'; readonly id: string; readonly severity?: Severity; readonly turn?: number }
  /** Mackerel's webhook wants people rung for it. */
  | { readonly kind: 'webhook'; readonly id: string; readonly severity?: Severity }
  /** The call that brought an alert last asks once more. */
  | { readonly kind: 'same-call'; readonly id: string }
  /** The call of the page was over before the page had begun. */
  | { readonly kind: 'call-missed' }
  | { readonly kind: 'test'; readonly turn?: number }
  | { readonly kind: 'test-asks-again' }
  | { readonly kind: 'ring-over'; readonly of: Which; readonly wasBridged?: boolean }
  /** Some other call says so. */
  | { readonly kind: 'stray-ring-over' }
  | { readonly kind: 'pause-over'; readonly of: Which }
  | { readonly kind: 'picks-up' | 'takes' | 'passes'; readonly of: Which }
  /** The confirmation is over; alerts have come meanwhile, or none. */
  | { readonly kind: 'heard-out'; readonly of: Which; readonly newcomers: readonly string[] }
  | { readonly kind: 'closes'; readonly id: string }
  | { readonly kind: 'call-lost'; readonly canCall: boolean; readonly isSure: boolean }
  /** A call of ours to the member is under way. */
  | { readonly kind: 'placed'; readonly of: Which }
  | { readonly kind: 'refused'; readonly why?: 'silent' }
  /** The webhook that has to place the call decides once more. */
  | { readonly kind: 'decides-again' }
  | { readonly kind: 'calls-in'; readonly member: number }
  | { readonly kind: 'time'; readonly seconds: number };

type End = {
  readonly kind: 'taken' | 'closed' | 'unanswered';
  readonly at: number;
  readonly by?: number;
  readonly ring?: number;
  readonly wasUnanswered?: boolean;
  /** Twilio did not say whether it took the last call. */
  readonly mayRing?: boolean;
};

export type ModelPage = {
  isTest: boolean;
  startedAt: number;
  turn: number;
  order: readonly number[];
  /** The member of each ring. */
  rang: readonly number[];
  /** How many turns of the order were used up, the present ring's included. */
  turns: number;
  /** Turns that no longer count: an alert came that nobody was rung for, and its rounds begin anew. */
  turnsBefore: number;
  /** Somebody called in, and is next. */
  booked?: number;
  /** Rings out of turn. */
  ringBacks: number;
  /** The present ring is out of turn. */
  isExtra: boolean;
  leg: 'ringing' | 'answered' | 'passed' | 'pausing';
  way: Way;
  /** The call that carries it; empty until ours is placed. */
  call: string;
  roundAt: number;
  /** When the present ring began. */
  rungAt: number;
  /** After that it counts as dead. */
  aliveUntil: number;
  end?: End;
  /** The taker hears the confirmation, at that ring. */
  hearing?: { readonly ring: number; readonly until: number };
  allClosed?: boolean;
};

export type ModelAlert = {
  page?: number;
  call?: string;
  closedAt?: number;
  severities: readonly (readonly [Severity, number])[];
  firstHeard: number;
  lastCalled: number;
};

export type Model = {
  now: number;
  pages: readonly ModelPage[];
  alerts: Readonly<Record<string, ModelAlert>>;
  /** Pages that count in a rotation by page. */
  counted: number;
  /** Some alert has been on two pages. */
  hasMoved: boolean;
};

export const beginning: Model = { now: 0, pages: [], alerts: {}, counted: 0, hasMoved: false };

/** What the telephone does, and what is news, in words. */
export type Answer = { readonly model: Model; readonly does: string; readonly news: readonly string[] };

const MINUTE = 60;
const QUIET = 30 * MINUTE;
const AWAKE = 10 * MINUTE;
const REPEAT = 10 * MINUTE;
const SOONEST_RESEND = 10 * MINUTE;
/** What is sent again may come a little early. */
const EARLY = 30;
/** Each ring, with what a slow network may add; a talk; a pause, and the same. */
const RING = 60 + 35;
const TALK = 6 * MINUTE;
const PAUSE = 30;
const SLACKNESS = 35;
const HEARS = 40;
const LATE_KEY = MINUTE;
/** A ring that broke off sooner may never have come to a phone. */
const MAY_NOT_HAVE_RUNG = 5;
const MOST_RING_BACKS = 3;
const DAY = 24 * 60 * MINUTE;

const isWorse = (one?: Severity, before?: Severity) => one === 'critical' && before === 'warning';

export const lastPage = ({ pages }: Model): ModelPage | undefined => pages.at(-1);
/** The ring that the page is at; in a pause, the one to come. */
export const ringOf = ({ leg, rang }: ModelPage): number =>
  leg === 'pausing' ? rang.length : rang.length - 1;

export function play(rules: Rules, before: Model, happening: Happening, call: string): Answer {
  const night = new Night(rules, before, call);
  const does = night.happen(happening);
  return { model: night.model, does, news: night.news };
}

class Night {
  readonly news: string[] = [];
  readonly model: Model;
  readonly page: ModelPage | undefined;

  /** @param call of this happening, if it comes with one */
  constructor(
    readonly rules: Rules,
    before: Model,
    readonly call: string,
  ) {
    this.model = {
      ...before,
      pages: before.pages.map((page) => ({ ...page })),
      alerts: Object.fromEntries(Object.entries(before.alerts).map(([id, alert]) => [id, { ...alert }])),
    };
    this.page = lastPage(this.model);
  }

  happen(happening: Happening): string {
    switch (happening.kind) {
      case 'time':
        this.model.now += happening.seconds;
        return 'hang-up';
      case 'call':
        return this.notified(happening.id, 'bridge', happening.severity, happening.turn);
      case 'webhook':
        return this.notified(happening.id, 'direct', happening.severity);
      case 'same-call':
        return this.isCarriedBy(this.model.alerts[happening.id]?.call) ? this.present() : 'hang-up';
      case 'test-asks-again':
        return this.present();
      case 'call-missed':
        return this.live ? this.goesDirect(ringOf(this.live)) : 'hang-up';
      case 'test':
        return this.tested(happening.turn);
      case 'ring-over':
        return this.ringOver(happening.of, happening.wasBridged);
      case 'stray-ring-over':
        return 'hang-up';
      case 'pause-over':
        if (this.live?.leg === 'pausing' && happening.of === 'present') return this.rings(this.live);
        return happening.of === 'page-before' ? 'hang-up' : this.present();
      case 'picks-up':
        return this.picksUp(happening.of);
      case 'takes':
        return this.takes(happening.of);
      case 'passes':
        return this.passes(happening.of);
      case 'heard-out':
        return this.heardOut(happening.of, happening.newcomers);
      case 'closes':
        return this.closes(happening.id);
      case 'call-lost':
        return this.callLost(happening.canCall, happening.isSure);
      case 'placed':
        if (!this.isPresent(happening.of)) return 'end-call';
        if (this.live) this.live.call = this.call;
        return 'hang-up';
      case 'refused':
        if (this.live?.leg !== 'ringing') return 'hang-up';
        this.news.push('unreachable');
        this.live.end = { kind: 'unanswered', at: this.now, mayRing: happening.why === 'silent' };
        return 'hang-up';
      case 'decides-again':
        return this.live ? this.rung(this.live) : 'hang-up';
      case 'calls-in':
        return this.callsIn(happening.member);
    }
  }

  get now() {
    return this.model.now;
  }

  /** The page that goes on. */
  get live(): ModelPage | undefined {
    return this.page?.end ? undefined : this.page;
  }

  get isSilent() {
    return this.live !== undefined && this.now > this.live.aliveUntil;
  }

  /** The last page's taker is still on the phone. */
  get isHeard() {
    return this.page?.hearing !== undefined && this.now <= this.page.hearing.until;
  }

  get number() {
    return this.model.pages.length - 1;
  }

  isCarriedBy(call?: string) {
    return this.page?.way === 'bridge' && this.page.call === call;
  }

  isPresent(which: Which) {
    return this.live !== undefined && which === 'present';
  }

  /** What the call that carries the page is to do. */
  present(): string {
    const { live } = this;
    if (live?.way !== 'bridge') return 'hang-up';
    return live.leg === 'pausing' ? `pause ${ringOf(live)}` : this.rung(live);
  }

  rung(page: ModelPage) {
    return `ring ${ringOf(page)}: ${page.rang.at(-1)}`;
  }

  openOn(number: number) {
    return Object.values(this.model.alerts).filter(
      (alert) => alert.page === number && alert.closedAt === undefined,
    );
  }

  /** The end of an alert's page, if somebody took it. */
  taking({ page }: ModelAlert): (End & { readonly turn: number }) | undefined {
    const of = page === undefined ? undefined : this.model.pages[page];
    return of?.end?.kind === 'taken' ? { ...of.end, turn: of.turn } : undefined;
  }

  /** How bad it was when somebody took it; at first known, if that came later. */
  severityAt({ severities }: ModelAlert, at: number): Severity | undefined {
    return (severities.filter(([, since]) => since <= at).at(-1) ?? severities[0])?.[0];
  }

  /** An alert comes: promises 1 and 3. */
  notified(id: string, way: Way, severity?: Severity, turn = 0): string {
    const known = this.model.alerts[id];
    const last = known?.severities.at(-1)?.[0];
    const alert: ModelAlert = known ?? { severities: [], firstHeard: this.now, lastCalled: this.now };
    const mayBeWorse = way === 'bridge' && this.mayBeWorse(known, severity);
    const taking = this.taking(alert);
    const severityThen = taking && this.severityAt(alert, taking.at);
    if (severity && severity !== last) alert.severities = [...alert.severities, [severity, this.now]];
    if (way === 'bridge' && !severity) alert.lastCalled = this.now;
    this.model.alerts = { ...this.model.alerts, [id]: alert };
    const hasGotWorse = isWorse(alert.severities.at(-1)?.[0], severityThen);
    if (alert.closedAt !== undefined) return this.quietly(alert, way, `closed-already ${id}`);
    if (taking && this.now < taking.at + QUIET && !hasGotWorse && !mayBeWorse)
      return this.quietly(alert, way, `kept-quiet ${id} ${taking.by}`);
    if (this.live) return this.joins(alert, way);
    if (this.isHeard) {
      if (alert.page === this.number && hasGotWorse) this.news.push(`worse ${id}`);
      if (alert.page !== this.number || hasGotWorse) this.puts(alert);
      return 'hang-up';
    }
    const isDue = (page: ModelPage) => this.now >= page.startedAt + REPEAT - EARLY;
    const rangInVain = alert.page === undefined || taking ? undefined : this.model.pages[alert.page];
    if (this.rules.startsByWebhook && rangInVain && !isDue(rangInVain) && !isWorse(severity, last))
      return 'hang-up';
    const why = hasGotWorse ? 'worse' : mayBeWorse ? 'changed' : 'still-open';
    const isTakenUp = (page: ModelPage) =>
      this.rules.startsByWebhook && page.end?.kind === 'unanswered' && !page.allClosed && isDue(page);
    const takenUp = this.model.pages.flatMap((page, number) => (isTakenUp(page) ? this.openOn(number) : []));
    const does = this.starts(way, taking ? why : 'new', turn, taking);
    for (const one of [...takenUp, alert]) this.puts(one);
    return does;
  }

  /**
   * Mackerel calls sooner than it re-sends, so the status has changed. If nobody says to what, it may be for the worse,
   * unless it was critical when somebody took it.
   */
  mayBeWorse(known: ModelAlert | undefined, severity?: Severity): boolean {
    const taking = known && this.taking(known);
    if (!taking || severity) return false;
    return (
      this.severityAt(known, taking.at) !== 'critical' && this.now < known.lastCalled + SOONEST_RESEND - EARLY
    );
  }

  /** An alert is on the last page from now on. */
  puts(alert: ModelAlert) {
    if (alert.page !== undefined && alert.page !== this.number) this.model.hasMoved = true;
    alert.page = this.number;
    if (this.call) alert.call = this.call;
  }

  /** Nobody is rung for what came; a page whose call has died is carried on by it all the same. */
  quietly(alert: ModelAlert, way: Way, news: string): string {
    if (this.call) alert.call = this.call;
    this.news.push(news);
    return this.isSilent && !this.live?.isTest ? this.resumes(way, false) : 'hang-up';
  }

  joins(alert: ModelAlert, way: Way): string {
    const { live, isSilent } = this;
    if (!live) return 'hang-up';
    const isNew = alert.page !== this.number;
    this.puts(alert);
    if (live.isTest) this.model.counted += 1;
    live.isTest = false;
    return isSilent ? this.resumes(way, isNew) : 'hang-up';
  }

  /** The page's call has died: the next member is rung; for an alert that is new, everybody anew. */
  resumes(way: Way, isAnew: boolean): string {
    const { live } = this;
    if (!live) return 'hang-up';
    this.news.push('resumed');
    live.way = way;
    live.call = way === 'bridge' ? this.call : '';
    if (isAnew) live.turnsBefore = live.turns;
    return this.rings(live);
  }

  starts(way: Way, why: string, turn: number, taking?: End & { readonly turn: number }): string {
    const { members, turnsByPage } = this.rules;
    const isTest = why === 'test';
    const takings = this.model.pages.flatMap(({ end, isTest }) =>
      end?.kind === 'taken' && !isTest ? [end] : [],
    );
    const awake = takings.filter(({ at }) => this.now < at + AWAKE).at(-1);
    const first = taking?.by ?? (isTest ? undefined : awake?.by);
    const from = taking?.turn ?? (turnsByPage ? this.model.counted : turn) % members;
    const inTurn = Array.from({ length: members }, (_, nth) => (from + nth) % members);
    const order = first === undefined ? inTurn : [first, ...inTurn.filter((member) => member !== first)];
    const begun: ModelPage = {
      ...{ isTest, startedAt: this.now, turn: from, order, rang: [], turns: 0, turnsBefore: 0, ringBacks: 0 },
      ...{ isExtra: false, leg: 'ringing', way, call: way === 'bridge' ? this.call : '' },
      ...{ roundAt: this.now, rungAt: this.now, aliveUntil: 0 },
    };
    this.model.pages = [...this.model.pages, begun];
    this.news.push(`page-started ${isTest ? 'new' : why}`);
    if (!isTest) this.model.counted += 1;
    return this.rings(begun);
  }

  tested(turn = 0): string {
    if ((this.live && !this.isSilent) || this.isHeard) return 'hang-up';
    return this.live && !this.live.isTest
      ? this.resumes('bridge', false)
      : this.starts('bridge', 'test', turn);
  }

  /** The next phone: of who called in, else of whose turn it is. */
  rings(page: ModelPage, extra?: number): string {
    const member = extra ?? page.booked;
    page.isExtra = member !== undefined;
    if (!page.isExtra && (page.turns - page.turnsBefore) % page.order.length === 0) page.roundAt = this.now;
    const next = member ?? (page.order[page.turns % page.order.length] as number);
    if (!page.isExtra) page.turns += 1;
    if (extra === undefined) page.booked = undefined;
    page.rang = [...page.rang, next];
    page.leg = 'ringing';
    page.rungAt = this.now;
    page.aliveUntil = this.now + RING;
    if (page.way === 'direct') page.call = '';
    this.news.push(`calling ${this.rung(page).slice(5)}`);
    return this.rung(page);
  }

  /** The ring is over, and nobody took the page. */
  next(page: ModelPage): string {
    if (page.booked !== undefined) return this.rings(page);
    const turns = page.turns - page.turnsBefore;
    if (turns >= page.order.length * this.rules.rounds) return this.nobodyAnswered(page);
    const isRoundOver = turns > 0 && turns % page.order.length === 0 && !page.isExtra;
    // Where no call is up that could wait, a round takes so long at the least.
    const seconds = page.way === 'bridge' ? PAUSE : page.roundAt + PAUSE - this.now;
    if (!isRoundOver || seconds <= 0) return this.rings(page);
    page.leg = 'pausing';
    page.aliveUntil = this.now + seconds + SLACKNESS;
    if (page.way === 'direct') page.call = '';
    return `pause ${ringOf(page)}`;
  }

  nobodyAnswered(page: ModelPage, rings = page.rang.length): string {
    page.end = { kind: 'unanswered', at: this.now };
    this.news.push(`nobody-answered ${rings}${page.isTest ? ' of a test' : ''}`);
    return 'hang-up';
  }

  /** A call that Twilio did not answer about rings after all. */
  reopens(which: Which) {
    const { page } = this;
    if (page?.end?.mayRing && which === 'present' && !page.allClosed) page.end = undefined;
  }

  ringOver(which: Which, wasBridged = false): string {
    this.reopens(which);
    const { live, page } = this;
    if (which === 'page-before') return 'hang-up';
    if (!live) {
      this.puttingDown(which);
      return 'hang-up';
    }
    if (which === 'before' || live.leg === 'pausing') return this.present();
    const member = live.rang.at(-1);
    if (this.rules.takesByPickup && wasBridged) {
      this.take(live, ringOf(live));
      if (page) page.hearing = undefined;
      return 'hang-up';
    }
    if (live.leg === 'answered') this.news.push(`not-reached ${member} no-key`);
    if (live.leg === 'ringing') this.news.push(`not-reached ${member} no-answer`);
    return this.next(live);
  }

  pageOf(which: Which) {
    return which === 'page-before' ? this.model.pages.at(-2) : this.page;
  }

  /** The ring number of what somebody speaks of. */
  numberOf(which: Which) {
    const page = this.pageOf(which);
    return (page ? ringOf(page) : 0) - (which === 'before' ? 1 : 0);
  }

  /** The taker does not hear us any more. */
  puttingDown(which: Which) {
    const { page } = this;
    if (which !== 'page-before' && page?.hearing?.ring === this.numberOf(which)) page.hearing = undefined;
  }

  picksUp(which: Which): string {
    this.reopens(which);
    const { live } = this;
    if (!live || which !== 'present') return this.lastWord(which);
    const ring = ringOf(live);
    const member = live.rang[ring];
    if (live.leg === 'passed') return `brief ${member}`;
    if (live.leg === 'ringing') this.news.push(`answered ${member}`);
    if (live.leg === 'ringing' || live.aliveUntil - this.now < TALK / 2) live.aliveUntil = this.now + TALK;
    live.leg = 'answered';
    return this.rules.takesByPickup ? this.take(live, ring) : `brief ${member}`;
  }

  /** Promise 5: key 1 takes the page, and nothing else does; also a little late, unless somebody else listens. */
  takes(which: Which): string {
    const { page } = this;
    if (!page || which === 'page-before') return this.lastWord(which);
    const ring = this.numberOf(which);
    const isSomebodyElse = page.leg === 'answered' && page.rang[ringOf(page)] !== page.rang[ring];
    const isFree = page.end
      ? page.end.kind === 'unanswered' && this.now < page.end.at + LATE_KEY
      : !isSomebodyElse;
    return isFree ? this.take(page, ring) : this.lastWord(which);
  }

  take(page: ModelPage, ring: number): string {
    const by = page.rang[ring] as number;
    const wasUnanswered = page.end?.kind === 'unanswered';
    page.end = { kind: 'taken', at: this.now, by, ring, wasUnanswered };
    if (!page.isTest) page.hearing = { ring, until: this.now + HEARS };
    this.news.push(`taken ${by}${page.isTest ? ' of a test' : ''}`);
    return this.confirms(page, ring);
  }

  /** If it came late, another phone may ring by now, which is to be still; or people believe that nobody has it. */
  confirms(page: ModelPage, ring: number): string {
    const isElsewhere = ring < ringOf(page) && page.leg !== 'answered';
    const late = page.end?.wasUnanswered ? ', ends ' : isElsewhere ? `, ends ${page.call && 'a call'}` : '';
    return `confirm-taken ${page.rang[ring]}${late}`;
  }

  passes(which: Which): string {
    const { live } = this;
    if (!live || which !== 'present') return this.lastWord(which);
    const member = live.rang.at(-1);
    if (live.leg !== 'passed') this.news.push(`passed-on ${member}`);
    live.leg = 'passed';
    return `confirm-passed ${member}`;
  }

  /** To somebody whose ring is over. */
  lastWord(which: Which): string {
    const page = this.pageOf(which);
    if (!page) return 'dismiss 0: over';
    const ring = this.numberOf(which);
    const member = page.rang[ring];
    if (page.end?.kind !== 'taken') return `dismiss ${member}: ${page.end ? 'over' : 'gone-on'}`;
    return page.end.by === member ? this.confirms(page, ring) : `dismiss ${member}: ${page.end.by}`;
  }

  heardOut(which: Which, newcomers: readonly string[]): string {
    const page = this.pageOf(which);
    const ring = this.numberOf(which);
    if (page && page === this.page && newcomers.length > 0 && page.hearing?.ring === ring) {
      page.hearing = { ring, until: this.now + HEARS };
      return `confirm-more ${page.rang[ring]}: ${newcomers}`;
    }
    this.puttingDown(which);
    return `let-go ${page?.rang[ring] ?? 0}`;
  }

  closes(id: string): string {
    const alert = this.model.alerts[id];
    if (!alert || alert.closedAt !== undefined) return 'hang-up';
    alert.closedAt = this.now;
    const page = alert.page === undefined ? undefined : this.model.pages[alert.page];
    if (!page || page.allClosed || this.openOn(alert.page ?? -1).length > 0) return 'hang-up';
    page.allClosed = true;
    if (!page.end || !this.model.hasMoved)
      this.news.push(`all-closed${page.end?.kind === 'taken' ? ` ${page.end.by}` : ''}`);
    if (page.end) return 'hang-up';
    page.end = { kind: 'closed', at: this.now };
    return page.call ? 'end-call' : 'hang-up';
  }

  callLost(canCall: boolean, isSure: boolean): string {
    const { live } = this;
    if (live?.way !== 'bridge') return 'hang-up';
    if (!isSure) {
      this.news.push('call-lost, perhaps taken');
      return 'hang-up';
    }
    const mayNotHaveRung = live.leg === 'ringing' && this.now - live.rungAt < MAY_NOT_HAVE_RUNG;
    if (canCall && !live.isTest && mayNotHaveRung) {
      this.news.push('went-direct');
      live.way = 'direct';
      live.ringBacks += 1;
      return this.rings(live, live.rang.at(-1));
    }
    if (!canCall && !live.isTest) {
      this.news.push('call-lost');
      live.end = { kind: 'unanswered', at: this.now };
      return 'hang-up';
    }
    return this.goesDirect(live.leg === 'pausing' ? ringOf(live) : ringOf(live) + 1);
  }

  /** @param rings how many there have been */
  goesDirect(rings: number): string {
    const { live } = this;
    if (!live) return 'hang-up';
    // The person who tested the line has hung up.
    if (live.isTest) return this.nobodyAnswered(live, rings);
    this.news.push('went-direct');
    live.way = 'direct';
    live.call = '';
    // The call was over before it rang anybody.
    if (rings < live.rang.length) {
      live.rang = live.rang.slice(0, rings);
      if (!live.isExtra) live.turns -= 1;
    }
    return this.next(live);
  }

  /** A member calls us to be rung back: they are the next. */
  callsIn(member: number): string {
    const { page, live } = this;
    const hasOpen = this.openOn(this.number).length > 0;
    const isWanted = page?.end?.kind === 'unanswered' && this.now - page.end.at < DAY && hasOpen;
    if (!page || page.isTest || (!live && !isWanted) || page.ringBacks >= MOST_RING_BACKS) return 'hang-up';
    const isAlive = live !== undefined && !this.isSilent;
    if (isAlive && (live.leg === 'answered' || live.leg === 'passed')) {
      if (live.booked !== undefined) return 'hang-up';
      live.booked = member;
      live.ringBacks += 1;
      this.news.push(`called-in ${member}`);
      return 'hang-up';
    }
    // The ring that is cut short comes once more.
    if (live?.leg === 'ringing' && !live.isExtra && live.rang.at(-1) !== member) live.turns -= 1;
    page.ringBacks += 1;
    page.end = undefined;
    if (!(isAlive && page.way === 'bridge' && page.call)) page.way = 'direct';
    this.news.push(`called-in ${member}`);
    return this.rings(page, member);
  }
}
