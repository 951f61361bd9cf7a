/** The words of a call's status (docs/voice/api/call-resource#call-status-values). */
export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

export type FinalStatus = 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

export type Direction = 'inbound' | 'outbound-api' | 'outbound-dial';

/** One leg of a telephone call, as the Calls REST API knows it. Times in milliseconds since the epoch. */
export type CallRecord = {
  readonly sid: string;
  readonly accountSid: string;
  readonly parentCallSid?: string;
  readonly from: string;
  readonly to: string;
  readonly direction: Direction;
  readonly status: CallStatus;
  readonly createdAt: number;
  /** Milliseconds that the call was to wait when it was made. */
  readonly queueTime: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  readonly endedAt?: number;
  /** True once a dialed leg has been connected with its parent. */
  readonly bridged: boolean;
};

/** The call as it was at an earlier moment; as it was made, if it did not exist then. */
export function asItWas(call: CallRecord, at: number): CallRecord {
  const { ringingAt = Infinity, answeredAt = Infinity, endedAt = Infinity } = call;
  if (endedAt <= at) return call;
  const status = answeredAt <= at ? 'in-progress' : ringingAt <= at ? 'ringing' : 'queued';
  return {
    ...call,
    status,
    ringingAt: ringingAt <= at ? ringingAt : undefined,
    answeredAt: answeredAt <= at ? answeredAt : undefined,
    endedAt: undefined,
  };
}

/** Whole seconds from pick-up to the end; 0 for a call that nobody answered. */
export function durationOf(call: Pick<CallRecord, 'answeredAt' | 'endedAt'>): number {
  if (call.answeredAt === undefined || call.endedAt === undefined) return 0;
  return Math.ceil((call.endedAt - call.answeredAt) / 1000);
}

export type Account = { readonly sid: string; readonly authToken: string };
