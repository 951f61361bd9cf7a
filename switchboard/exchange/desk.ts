import type { Clock } from '../clock';
import type { WireRequest, WireResponse } from '../wire';
import type { Account } from './calls';
import type { Delivery, News } from './events';
import type { Leg } from './leg';
import type { PhoneInside } from './phone';
import type { Limits, Queue } from './queue';

/** A telephone number that belongs to Twilio, in our account or another. */
export type OwnedNumber = {
  readonly number: string;
  readonly voiceUrl?: string;
  readonly account?: Account;
  /** What happens to callers of this number; its document is fetched if left out. */
  readonly line?: 'busy' | 'unanswered' | 'out-of-order';
};

/** What every part of the exchange works with. */
export type Desk = {
  readonly clock: Clock;
  readonly account: Account;
  readonly owned: readonly OwnedNumber[];
  readonly functions: { handle(request: WireRequest): Promise<WireResponse> };
  readonly publicUrl: URL;
  readonly actionAfterParentEnds: boolean;
  readonly whisperFailure: 'bridge' | 'hang-up';
  readonly unbridged: 'completed' | 'no-answer';
  readonly staleFetch: number;
  readonly callbackQueue?: number;
  readonly queue: Queue;
  readonly limits: Limits;
  readonly beyondLimit: 'refused' | 'failed';
  readonly legs: Map<string, Leg>;
  delivery: Delivery;
  phone(number: string): PhoneInside;
  newSid(prefix: 'CA'): string;
  tell(news: News): void;
};
