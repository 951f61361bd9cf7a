import type { Desk } from './desk';
import { answer, end, isAnswered, type Leg, press, progress } from './leg';
import type { Gesture, MutableRing, PhoneInside, Reaction, RingOutcome } from './phone';
import { Interrupted, wait, within } from './scope';

/** Seconds: a busy tone, a carrier's announcement, a finger on its way to the key, and the usual patience. */
const SETUP = 1;
const FINGER = 0.3;
const USUAL = { refuse: 3, answer: 5, voicemail: 20, records: 60 };

/** Rings a phone and lets its owner do what was arranged. A phone that is already in use is busy. */
export function holdPhone(desk: Desk, leg: Leg, phone: PhoneInside): void {
  const engaged = phone.rings.some((ring) => ring.endedAt === undefined);
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
  const later = (seconds: number, what: () => void) => leg.scope.onOver(desk.clock.after(seconds, what));

  if (reaction.kind === 'busy') return void later(SETUP, () => end(desk, leg, 'busy', 'callee', 486));
  if (reaction.kind === 'switched-off')
    return void later(SETUP, () => end(desk, leg, 'failed', 'network', 480));
  desk.tell({ kind: 'ringing', callSid: leg.record.sid, phone: phone.number, from: ring.from });
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
        void handle(desk, leg, ring, ear, reaction.then);
      });
  }
}

type Ear = {
  /** Resolves when the message has been spoken that is heard now, or else the next one. */
  listen(): Promise<void>;
  /** A key cuts the message short: what is heard from here on is another one. */
  interrupt(): void;
};

function pickUp(desk: Desk, leg: Leg, ring: MutableRing, by: 'person' | 'voicemail'): Ear {
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
  ring.outcome = 'answered';
  answer(desk, leg, by);
  return {
    listen: () => new Promise((done) => void listeners.push({ began: hearing, done })),
    interrupt() {
      hearing = false;
    },
  };
}

async function handle(
  desk: Desk,
  leg: Leg,
  ring: MutableRing,
  ear: Ear,
  gestures: readonly Gesture[],
): Promise<void> {
  try {
    for (const gesture of gestures) await make(desk, leg, ring, ear, gesture);
  } catch (error) {
    // The call ended under the person's hands.
    if (!(error instanceof Interrupted)) throw error;
  }
}

async function make(desk: Desk, leg: Leg, ring: MutableRing, ear: Ear, gesture: Gesture): Promise<void> {
  switch (gesture.kind) {
    case 'wait':
      return wait(desk.clock, leg.scope, gesture.seconds);
    case 'listen':
      return within(leg.scope, ear.listen());
    case 'press':
      for (const digit of gesture.digits) {
        await wait(desk.clock, leg.scope, FINGER);
        ring.pressed += digit;
        if (leg.keys.length > 0) ear.interrupt();
        press(desk, leg, digit);
      }
      return;
    case 'hang-up':
      return end(desk, leg, 'completed', 'callee');
  }
}
