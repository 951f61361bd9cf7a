/**
 * What happened in the room, in order: plain values that go over the wire to a page as they are. Everything on a page
 * follows from these (`view.ts`), so a reload loses nothing. Members are named by their places; there is no phone
 * number in here. Times are virtual milliseconds since the epoch.
 */
import type { CallStatus, MonitorType, NeighbourName, OpenStatus, SlackMessage } from '..';

/** A phone: `m0`, `m1` … of the members by their places, numbers A and B, and the phone of the person in the room. */
export type Place = string;
export const OWN: Place = 'own';
export const NUMBER_A: Place = 'a';
export const NUMBER_B: Place = 'b';

export type Habit = 'by-hand' | 'ignores' | 'voicemail' | 'busy' | 'switched-off' | 'takes' | 'passes';

export type MemberSeen = {
  readonly name: string;
  readonly language: string;
  readonly ringSeconds: number;
  /** Several members may share a phone. */
  readonly phone: Place;
  readonly slackUserId?: string;
};

export type RoomFacts = {
  readonly members: readonly MemberSeen[];
  readonly language: 'ja' | 'en';
  readonly timeZone: string;
  /** Members' places in the order in which a page would ring them now. */
  readonly order: readonly number[];
  readonly rounds: number;
  readonly answer: 'keypress' | 'pickup';
  readonly start: 'call' | 'webhook';
  readonly startedAt: number;
};

export type AlertSeen = {
  readonly id: string;
  readonly monitorName: string;
  readonly type: MonitorType;
  readonly status: OpenStatus | 'OK';
  readonly openedAt: number;
  readonly closedAt?: number;
  readonly reason?: string;
  /** What it is about, in a few words. */
  readonly about: string;
  readonly group?: string;
};

export type Asker = 'functions' | NeighbourName;

export type RequestSeen = {
  readonly id: string;
  readonly to: Asker;
  readonly method: string;
  readonly path: string;
  /** Absent as long as there is no answer. */
  readonly status?: number;
  /** Virtual milliseconds. */
  readonly ms?: number;
  /** The Function's run that it is, or that made the request. */
  readonly run?: number;
  /** The requests that a webhook made. */
  readonly requestCounts?: Partial<Record<NeighbourName, number>>;
  /** A fault that was switched on and hit it. */
  readonly fault?: string;
  readonly at: number;
};

/** The page as Sync remembers it. */
export type PageSeen = {
  readonly id: string;
  readonly startedAt: number;
  /** Members' places, in the order of ringing. */
  readonly order: readonly number[];
  readonly attempt: number;
  readonly leg: string;
  readonly alerts: readonly string[];
  readonly isTest: boolean;
  readonly way: string;
  readonly end?: { readonly kind: string; readonly at: number; readonly by?: number };
};

export type Settings = {
  readonly speed: number;
  readonly isPaused: boolean;
  readonly habits: Readonly<Record<Place, Habit>>;
  readonly faults: Readonly<Record<string, string>>;
  readonly isPlaying: boolean;
};

export type Happening =
  | { readonly kind: 'opened'; readonly room: RoomFacts }
  | {
      readonly kind: 'call';
      readonly call: string;
      readonly parent?: string;
      readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial';
      readonly from: Place;
      readonly to: Place;
    }
  /** `most` = seconds that it may ring. */
  | { readonly kind: 'ringing'; readonly call: string; readonly most: number }
  | { readonly kind: 'answered'; readonly call: string; readonly by: 'person' | 'voicemail' | 'number' }
  | {
      readonly kind: 'says';
      readonly call: string;
      readonly text: string;
      readonly language: string;
      readonly seconds: number;
    }
  | { readonly kind: 'plays'; readonly call: string; readonly what: string }
  | { readonly kind: 'pressed'; readonly call: string; readonly digit: string; readonly taken: boolean }
  | { readonly kind: 'bridged'; readonly call: string }
  | { readonly kind: 'ended'; readonly call: string; readonly who: string; readonly status: CallStatus }
  | { readonly kind: 'alert'; readonly alert: AlertSeen }
  | { readonly kind: 'group'; readonly id: string; readonly name: string }
  | { readonly kind: 'notified'; readonly about: string; readonly by: 'call' | 'webhook' }
  | { readonly kind: 'slack'; readonly message: SlackMessage }
  | { readonly kind: 'request'; readonly request: RequestSeen }
  | { readonly kind: 'trouble'; readonly code: number; readonly message: string }
  | { readonly kind: 'page'; readonly page: PageSeen | null }
  | { readonly kind: 'settings'; readonly settings: Settings };

/** `n` goes on counting as long as the room exists, over clean states too. */
export type Entry = Happening & { readonly n: number; readonly at: number };

export type Journal = {
  write(at: number, happening: Happening): void;
  /** Drops everything: a clean state begins. */
  clear(): void;
  after(n: number): readonly Entry[];
  on(listener: (entry: Entry) => void): () => void;
};

export function openJournal(): Journal {
  let entries: Entry[] = [];
  let count = 0;
  const listeners = new Set<(entry: Entry) => void>();
  return {
    write(at, happening) {
      count += 1;
      const entry = { ...happening, n: count, at };
      entries.push(entry);
      for (const listener of listeners) listener(entry);
    },
    clear() {
      entries = [];
    },
    after(n) {
      const first = entries[0]?.n ?? 0;
      return entries.slice(Math.max(0, n + 1 - first));
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
