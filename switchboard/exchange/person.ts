import type { Desk } from './desk';
import { answer, drop, end, isAnswered, isOver, type Leg, press, progress } from './leg';
import type { Gesture, Hand, MutableRing, PhoneInside, Reaction, RingOutcome } from './phone';
import { Interrupted, openScope, type Scope, wait, within } from './scope';

/** Seconds: a busy tone, a carrier's announcement, the way of a finger to the key, and the usual patience. */
const SETUP = 1;
const FINGER = 0.3;
const USUAL = { refuse: 3, answer: 5, voicemail: 20, records: 60 };

/** Rings a phone and lets its owner do as arranged. A phone that is in use is busy. */
export function holdPhone(desk: Desk, leg: Leg, phone: PhoneInside): void {
  const engaged = [...phone.rings, ...phone.calls].some((ring) => ring.endedAt === undefined);
  const reaction: Reaction = engaged ? { kind: 'busy' } : phone.react();
  const ring: MutableRing = {
    at: desk.clock.now(),
    from: leg.record.from,
    outcome: 'ringing',
    heard: [],
    pressed: '',
    callSid: leg.record.sid,
  };
  phone.rings.push(ring);
  leg.scope.onOver(() => {
    ring.endedAt = desk.clock.now();
    if (!isAnswered(leg)) ring.outcome = leg.record.status as RingOutcome;
  });
  // As arranged, until somebody takes the phone in hand.
  const plan = openScope(leg.scope);
  const later = (seconds: number, what: () => void) => plan.onOver(desk.clock.after(seconds, what));

  if (reaction.kind === 'busy') return void later(SETUP, () => end(desk, leg, 'busy', 'callee', 486));
  if (reaction.kind === 'switched-off')
    return void later(SETUP, () => end(desk, leg, 'failed', 'network', 480));
  desk.tell({ kind: 'ringing', callSid: leg.record.sid, phone: phone.number, from: ring.from });
  phone.hold(handOn(desk, leg, ring, plan));
  progress(desk, leg, 'ringing');
  switch (reaction.kind) {
    case 'ignore':
      return;
    case 'refuse':
      return void later(reaction.after ?? USUAL.refuse, () => end(desk, leg, 'busy', 'callee', 603));
    case 'voicemail':
      return void later(reaction.after ?? USUAL.voicemail, () => {
        pickUp(desk, leg, ring, 'voicemail');
        later(reaction.records ?? USUAL.records, () => end(desk, leg, 'completed', 'callee'));
      });
    case 'answer':
      return void later(reaction.after ?? USUAL.answer, () => {
        const ear = pickUp(desk, leg, ring, 'person');
        void handle({ desk, leg, ring, ear, scope: plan }, reaction.then);
      });
  }
}

/** What somebody with the phone in hand can do, instead of what was arranged for this ring. */
function handOn(desk: Desk, leg: Leg, ring: MutableRing, plan: Scope, own?: Ear): Hand {
  let ear = own;
  const isRinging = () => !own && !isOver(leg) && !isAnswered(leg);
  const isTalking = () => !isOver(leg) && isAnswered(leg) && ring.by === 'person';
  const when = (isSo: () => boolean, what: () => void) => () => {
    if (!isSo()) return false;
    plan.end('taken in hand');
    what();
    return true;
  };
  return {
    pickUp: when(isRinging, () => {
      ear = pickUp(desk, leg, ring, 'person');
    }),
    refuse: when(isRinging, () => end(desk, leg, 'busy', 'callee', 603)),
    hangUp: own
      ? when(
          () => !isOver(leg),
          () => drop(desk, leg, 'caller'),
        )
      : when(isTalking, () => end(desk, leg, 'completed', 'callee')),
    press: (digits) =>
      when(isTalking, () => {
        for (const digit of digits) keyDown({ desk, leg, ring, ear }, digit);
      })(),
  };
}

type Ear = {
  /** Resolves when the present message has been spoken, or else the next one. */
  listen(): Promise<void>;
  /** A key cuts the message short: what follows is another message. */
  interrupt(): void;
};

function pickUp(desk: Desk, leg: Leg, ring: MutableRing, by: 'person' | 'voicemail'): Ear {
  const ear = earOn(leg, ring);
  ring.outcome = 'answered';
  ring.by = by;
  answer(desk, leg, by);
  return ear;
}

/** Whatever is said on the leg counts as heard from here on. */
function earOn(leg: Leg, ring: MutableRing): Ear {
  let hearing = false;
  const listeners: { began: boolean; done: () => void }[] = [];
  leg.far = {
    hear(what) {
      ring.heard.push(what);
      hearing = true;
      for (const listener of listeners) listener.began = true;
    },
    quiet() {
      hearing = false;
      for (const listener of listeners.splice(0)) {
        if (listener.began) listener.done();
        else listeners.push(listener);
      }
    },
  };
  return {
    listen: () => new Promise((done) => void listeners.push({ began: hearing, done })),
    interrupt() {
      hearing = false;
    },
  };
}

/**
 * Somebody calls one of our own numbers with the phone at their ear, makes their gestures once the call is answered,
 * and can press keys and hang up with the phone in hand.
 */
export function callFrom(desk: Desk, leg: Leg, phone: PhoneInside, gestures: readonly Gesture[]): void {
  const call: MutableRing = {
    at: desk.clock.now(),
    from: leg.record.from,
    outcome: 'ringing',
    heard: [],
    pressed: '',
    callSid: leg.record.sid,
  };
  phone.calls.push(call);
  const plan = openScope(leg.scope);
  const ear = earOn(leg, call);
  phone.hold(handOn(desk, leg, call, plan, ear));
  leg.onAnswer.add(() => {
    call.outcome = 'answered';
    call.by = 'person';
    void handle({ desk, leg, ring: call, ear, scope: plan }, gestures);
  });
  leg.scope.onOver(() => {
    call.endedAt = desk.clock.now();
    if (!isAnswered(leg)) call.outcome = leg.record.status as RingOutcome;
  });
}

type Holding = { desk: Desk; leg: Leg; ring: MutableRing; ear?: Ear; scope: Scope };

async function handle(holding: Holding, gestures: readonly Gesture[]): Promise<void> {
  try {
    for (const gesture of gestures) await make(holding, gesture);
  } catch (error) {
    // The call ended during a gesture, or somebody else took the phone.
    if (!(error instanceof Interrupted)) throw error;
  }
}

async function make(holding: Holding, gesture: Gesture): Promise<void> {
  const { desk, leg, ear, scope } = holding;
  switch (gesture.kind) {
    case 'wait':
      return wait(desk.clock, scope, gesture.seconds);
    case 'listen':
      return ear && within(scope, ear.listen());
    case 'press':
      for (const digit of gesture.digits) {
        await wait(desk.clock, scope, FINGER);
        keyDown(holding, digit);
      }
      return;
    case 'hang-up':
      return end(desk, leg, 'completed', leg.record.direction === 'inbound' ? 'caller' : 'callee');
  }
}

function keyDown({ desk, leg, ring, ear }: Omit<Holding, 'scope'>, digit: string): void {
  ring.pressed += digit;
  if (leg.keys.length > 0) ear?.interrupt();
  press(desk, leg, digit);
}
