/** What the person with the phone does, one after another, once the phone is at the ear. */
export type Gesture =
  | { readonly kind: 'wait'; readonly seconds: number }
  /** Until the present message, or else the next one, has been spoken. */
  | { readonly kind: 'listen' }
  | { readonly kind: 'press'; readonly digits: string }
  | { readonly kind: 'hang-up' };

/** What happens when the phone rings. `after` = seconds of ringing before it. */
export type Reaction =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'busy' }
  /** Default 3 s. */
  | { readonly kind: 'refuse'; readonly after?: number }
  | { readonly kind: 'switched-off' }
  /** Picks up after 20 s and hangs up after 60 s of recording, unless told otherwise. */
  | { readonly kind: 'voicemail'; readonly after?: number; readonly records?: number }
  /** Default 5 s. After the gestures the person stays on the line in silence. */
  | { readonly kind: 'answer'; readonly after?: number; readonly then: readonly Gesture[] };

/** Picks up after so many seconds and does this. */
export function answers(gestures: readonly Gesture[], after?: number): Reaction {
  // biome-ignore lint/suspicious/noThenProperty: a list of gestures, which nobody takes for a promise
  return { kind: 'answer', after, then: gestures };
}

/** Listens to the message, then presses keys, as most people do. */
export const listenAndPress = (digits: string): readonly Gesture[] => [
  { kind: 'listen' },
  { kind: 'press', digits },
];

export type RingOutcome = 'ringing' | 'answered' | 'no-answer' | 'busy' | 'failed' | 'canceled';

export type Ring = {
  readonly at: number;
  readonly endedAt?: number;
  /** The number on the display. */
  readonly from: string;
  readonly outcome: RingOutcome;
  /** Who picked up. */
  readonly by?: 'person' | 'voicemail';
  /** The texts spoken, and `♪ url` for what was played. */
  readonly heard: readonly string[];
  readonly pressed: string;
  readonly callSid: string;
};

/**
 * A phone in somebody's hand: each gesture is made immediately, instead of what was arranged for this ring. False if
 * there is no call for it.
 */
export type Hand = {
  pickUp(): boolean;
  refuse(): boolean;
  press(digits: string): boolean;
  hangUp(): boolean;
};

const EMPTY: Hand = { pickUp: () => false, refuse: () => false, press: () => false, hangUp: () => false };

export type Phone = {
  readonly number: string;
  /** Queues what happens at the next ring; after the queue, `always` decides (at first: ignore). */
  readonly next: (reaction: Reaction) => void;
  readonly always: (reaction: Reaction) => void;
  readonly rings: readonly Ring[];
  /** Those made from this phone. */
  readonly calls: readonly Ring[];
  /** For the phone's present call. */
  readonly hand: Hand;
};

export type MutableRing = {
  -readonly [key in keyof Ring]: key extends 'heard' ? string[] : Ring[key];
};

export type PhoneInside = Phone & {
  readonly rings: MutableRing[];
  readonly calls: MutableRing[];
  react(): Reaction;
  hold(hand: Hand): void;
};

export function createPhone(number: string): PhoneInside {
  const queue: Reaction[] = [];
  let usual: Reaction = { kind: 'ignore' };
  let hand = EMPTY;
  return {
    number,
    next: (reaction) => void queue.push(reaction),
    always(reaction) {
      usual = reaction;
    },
    rings: [],
    calls: [],
    get hand() {
      return hand;
    },
    hold(other) {
      hand = other;
    },
    react: () => queue.shift() ?? usual,
  };
}
