import { durationOf, type FinalStatus } from './calls';
import type { Desk } from './desk';
import { resolve, type Source } from './document';
import { answer, drop, end, isAnswered, isOver, type Leg, openLeg } from './leg';
import { standardParams } from './params';
import { startRinging } from './ring';
import { Interrupted, openScope, type Scope, within } from './scope';
import { type Dial, type Method, type NumberNoun, TwimlFault } from './twiml/verbs';
import { sendHook } from './webhook';

export type Dialing = {
  readonly verb: Dial;
  readonly base: URL | undefined;
  /** Carries out the whisper on the callee's leg before the parties are bridged. */
  readonly whisper: (child: Leg, line: Scope, source: Source) => Promise<'ended' | 'hung-up'>;
};

type Child = { readonly leg: Leg; readonly noun: NumberNoun };
/** How the Dial went. `child` is the leg that decided it. */
type DialResult = { readonly child: Leg; readonly status: FinalStatus };

/**
 * Dials, and waits until it is over. Returns the `action` to request next, or nothing if the document goes on
 * (docs/voice/twiml/dial). If the parent ends or is redirected, the children are hung up.
 */
export async function dial(
  desk: Desk,
  parent: Leg,
  run: Scope,
  dialing: Dialing,
): Promise<Source | undefined> {
  const { verb, base } = dialing;
  const callerId = callerIdOf(desk, parent, verb);
  const action = verb.action === undefined ? undefined : resolve(verb.action, base);
  const rounds = verb.sequential ? verb.numbers.map((noun) => [noun]) : [verb.numbers];
  const children: Child[] = [];
  const leave = run.onOver(() => {
    for (const child of children) drop(desk, child.leg, 'caller');
  });
  try {
    let result: DialResult | undefined;
    for (const round of rounds) {
      const ringing = round.map((noun) => openChild(desk, parent, noun, dialing, callerId));
      children.push(...ringing);
      result = await dialTogether(desk, parent, run, dialing, ringing);
      if (isAnswered(result.child)) break;
    }
    if (!action || !result) return undefined;
    return { from: 'url', kind: 'action', url: action, method: verb.method, params: actionParams(result) };
  } catch (error) {
    const last = children.at(-1)?.leg;
    if (error instanceof Interrupted && action && last)
      tellOfParentsEnd(
        desk,
        parent,
        action,
        verb.method,
        children.map(({ leg }) => leg).find(isAnswered) ?? last,
      );
    throw error;
  } finally {
    leave();
  }
}

async function dialTogether(
  desk: Desk,
  parent: Leg,
  run: Scope,
  dialing: Dialing,
  children: readonly Child[],
): Promise<DialResult> {
  const picked = firstAnswer(desk, children);
  for (const { leg } of children) startRinging(desk, leg, dialing.verb.timeout);
  const winner = await within(run, picked);
  if (!winner) return unanswered(children);
  const { leg: child, noun } = winner;
  const line = openScope(child.scope);
  child.run = line;
  try {
    if (noun.url !== undefined) {
      const url = resolve(noun.url, dialing.base);
      const whispered = await dialing.whisper(child, line, {
        from: 'url',
        kind: 'whisper',
        url,
        method: noun.method,
      });
      if (whispered === 'hung-up') end(desk, child, 'completed', 'twiml');
    }
    if (!isOver(child)) await bridge(desk, parent, run, child, line, dialing.verb);
  } catch (error) {
    // The callee's leg may end before the parent's Dial goes on to its action, but not the other way round.
    if (!(error instanceof Interrupted) || run.over) throw error;
  }
  return { child, status: statusOf(desk, child) };
}

/** The first pickup wins, whoever or whatever it is, and the others are hung up (docs/voice/twiml/number). */
function firstAnswer(desk: Desk, children: readonly Child[]): Promise<Child | undefined> {
  return new Promise((resolve) => {
    for (const child of children) {
      child.leg.onAnswer.add(() => {
        resolve(child);
        for (const other of children) if (other !== child) drop(desk, other.leg, 'network');
      });
      child.leg.scope.onOver(() => {
        if (children.every(({ leg }) => isOver(leg))) resolve(undefined);
      });
    }
  });
}

/** Connects the two, and waits until one leaves or the first caller presses the star. */
async function bridge(
  desk: Desk,
  parent: Leg,
  run: Scope,
  child: Leg,
  line: Scope,
  verb: Dial,
): Promise<void> {
  child.record.bridged = true;
  const { sid: callSid, to: phone } = child.record;
  desk.tell({ kind: 'bridged', callSid, parentCallSid: parent.record.sid, phone });
  answer(desk, parent, 'number');
  const onKey = (key: string) => {
    if (key === '*') drop(desk, child, 'caller');
  };
  if (verb.hangupOnStar) parent.keys.push(onKey);
  try {
    await within(run, new Promise<void>((resolve) => void line.onOver(() => resolve())));
  } finally {
    if (verb.hangupOnStar) parent.keys.splice(parent.keys.indexOf(onKey), 1);
  }
}

/** If several did not pick up, "no-answer" says more than a busy line. */
function unanswered(children: readonly Child[]): DialResult {
  const legs = children.map(({ leg }) => leg);
  const child = legs.find((leg) => leg.record.status === 'no-answer') ?? (legs.at(-1) as Leg);
  return { child, status: child.record.status as FinalStatus };
}

/** For a callee who picked up and was never bridged, sources disagree: completed, or as if nobody had picked up. */
const statusOf = (desk: Desk, { record }: Leg): FinalStatus =>
  record.bridged ? 'completed' : desk.unbridged;

function openChild(desk: Desk, parent: Leg, noun: NumberNoun, { verb, base }: Dialing, from: string): Child {
  const leg = openLeg(desk, {
    account: parent.account,
    parent,
    from,
    to: noun.number,
    direction: 'outbound-dial',
    timeLimit: verb.timeLimit,
    status:
      noun.statusCallback === undefined
        ? undefined
        : {
            url: resolve(noun.statusCallback, base),
            method: noun.statusCallbackMethod,
            events: noun.statusCallbackEvents,
            next: 0,
          },
  });
  return { leg, noun };
}

/** DialCallDuration is only there for a leg that was answered and saw the Dial through (docs/voice/twiml/dial). */
function actionParams({ child, status }: DialResult): Record<string, string> {
  const isTimed = isAnswered(child) && isOver(child) && status !== 'no-answer';
  return {
    DialCallStatus: status,
    DialCallSid: child.record.sid,
    DialBridged: String(child.record.bridged),
    ...(isTimed && { DialCallDuration: String(durationOf(child.record)) }),
  };
}

/**
 * After a redirect by REST the action is still requested, and its answer ignored; after the parent's end:
 * unconfirmed.
 */
function tellOfParentsEnd(desk: Desk, parent: Leg, url: URL, method: Method, child: Leg): void {
  if (isOver(parent) && !desk.actionAfterParentEnds) return;
  const status = isAnswered(child) ? statusOf(desk, child) : (child.record.status as FinalStatus);
  const params = { ...standardParams(parent), ...actionParams({ child, status }) };
  void sendHook(desk, parent, { hook: { kind: 'action', url, params }, method });
}

/** The caller's own number, one of this account's, or the fault 13214 (docs/api/errors/13214). */
function callerIdOf(desk: Desk, parent: Leg, verb: Dial): string {
  const { from, to } = parent.record;
  const { callerId } = verb;
  if (callerId === undefined) return from;
  const owned = desk.owned.some(
    ({ number, account }) => number === callerId && (account?.sid ?? desk.account.sid) === parent.account.sid,
  );
  if (owned || callerId === from || callerId === to) return callerId;
  throw new TwimlFault(13214, 'Dial: Invalid callerId value');
}
