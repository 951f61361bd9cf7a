/** TwiML as this exchange carries it out. Durations in seconds; URLs as written, not yet resolved. */
export type Verb = Say | Play | Pause | Gather | Dial | Redirect | Hangup | Reject;

export type Say = {
  readonly kind: 'say';
  readonly text: string;
  readonly language: string;
  readonly voice?: string;
  /** 0 = without end. */
  readonly loop: number;
};

export type Play = {
  readonly kind: 'play';
  readonly url: string;
  /** 0 = until hang-up, or 1000 times (docs/voice/twiml/play). */
  readonly loop: number;
};

export type Pause = { readonly kind: 'pause'; readonly length: number };

export type Gather = {
  readonly kind: 'gather';
  readonly action?: string;
  readonly method: Method;
  readonly timeout: number;
  readonly numDigits?: number;
  readonly finishOnKey: string;
  readonly actionOnEmptyResult: boolean;
  readonly prompts: readonly (Say | Play | Pause)[];
};

export type Dial = {
  readonly kind: 'dial';
  readonly action?: string;
  readonly method: Method;
  readonly timeout: number;
  readonly timeLimit: number;
  readonly answerOnBridge: boolean;
  readonly hangupOnStar: boolean;
  readonly sequential: boolean;
  readonly callerId?: string;
  readonly numbers: readonly NumberNoun[];
};

export type NumberNoun = {
  readonly number: string;
  readonly url?: string;
  readonly method: Method;
  readonly statusCallback?: string;
  readonly statusCallbackMethod: Method;
  readonly statusCallbackEvents: readonly CallEvent[];
};

export type Redirect = { readonly kind: 'redirect'; readonly url: string; readonly method: Method };
export type Hangup = { readonly kind: 'hangup' };
export type Reject = { readonly kind: 'reject'; readonly reason: 'rejected' | 'busy' };

export type Method = 'GET' | 'POST';
/** The words of `statusCallbackEvent` (docs/voice/twiml/number). */
export type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed';
export const CALL_EVENTS: readonly CallEvent[] = ['initiated', 'ringing', 'answered', 'completed'];

/** Why a document is refused, with Twilio's error number (twilio.com/docs/api/errors). */
export class TwimlFault extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
