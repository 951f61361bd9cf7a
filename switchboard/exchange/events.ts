import type { CallStatus, Direction, FinalStatus } from './calls';

/**
 * The kind of a request to the Functions: `twiml` is a call's own URL, `gather` and `action` are what a verb asks
 * for.
 */
export type HookKind = 'twiml' | 'action' | 'whisper' | 'gather' | 'status';

export type Hook = {
  readonly kind: HookKind;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
};

/**
 * The seconds after which copies of a request arrive: `[0]` normal, `[]` lost, `[0, 3]` twice and late. The first
 * answer counts.
 */
export type Delivery = (hook: Hook) => readonly number[] | Unheard;

/** The Functions do their work, and the answers get lost, as behind a gateway that answers 504. */
export type Unheard = { readonly unheard: readonly number[] };

/** Who ended a call: the far end, the other leg, a document (`twiml`), REST, a limit, or the network. */
export type Ender = 'callee' | 'caller' | 'twiml' | 'rest' | 'timeout' | 'network';

/** What happened on the line, as an observer would describe it. `at` = milliseconds since the epoch. */
export type ExchangeEvent = { readonly at: number } & (
  | {
      kind: 'call-created';
      callSid: string;
      parentCallSid?: string;
      direction: Direction;
      from: string;
      to: string;
    }
  | { kind: 'ringing'; callSid: string; phone: string; from: string }
  | { kind: 'answered'; callSid: string; phone: string; by: 'person' | 'voicemail' | 'number' }
  | { kind: 'says'; callSid: string; phone: string; text: string; language: string; voice?: string }
  | { kind: 'plays'; callSid: string; phone: string; url: string; loop: number }
  /** `taken` is false if nothing was listening for keys. */
  | { kind: 'pressed'; callSid: string; phone: string; digit: string; taken: boolean }
  | { kind: 'bridged'; callSid: string; parentCallSid: string; phone: string }
  | { kind: 'hung-up'; callSid: string; phone: string; who: Ender; status: FinalStatus; sipCode: number }
  /** Requested; one `webhook-answered` follows for every copy that arrived. */
  | {
      kind: 'webhook';
      callSid: string;
      hook: Hook;
      method: string;
      delays: readonly number[];
      isUnheard?: true;
    }
  | { kind: 'webhook-answered'; callSid: string; hook: Hook; status: number; body: string }
  | { kind: 'rest'; method: string; path: string; status: number; code?: number }
  | { kind: 'redirected'; callSid: string; phone: string; status: CallStatus }
  /** `code` is Twilio's error number (twilio.com/docs/api/errors). */
  | { kind: 'fault'; callSid?: string; code: number; message: string; url?: string }
);

type Undated<T> = T extends unknown ? Omit<T, 'at'> : never;
export type News = Undated<ExchangeEvent>;
