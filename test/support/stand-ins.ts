/** The outside world of an adapter's test: virtual time, and stand-ins for Twilio, Sync and Slack behind the real clients. */
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import twilio from 'twilio';
import { type TwilioClient, twilioClient } from '../../src/platform/twilio-client';
import { type SyncService, syncService } from '../../src/store/sync-document';
import { type Clock, installClock } from '../../switchboard/clock';
import { type FaultRule, installNetwork, type Network } from '../../switchboard/network';
import { createSlack } from '../../switchboard/slack';
import { createSync, type Sync, type SyncOptions } from '../../switchboard/sync';
import type { Neighbour, WireRequest, WireResponse } from '../../switchboard/wire';
import { inTime } from '../switchboard/in-time';
import { EVENING } from './event';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'token';

export const SLACK = {
  token: 'xoxb-stand-in',
  channel: 'C0ONCALL',
  webhookUrl: 'https://hooks.slack.com/services/T0/B0/secret',
};

export type StandIns = {
  readonly clock: Clock;
  readonly network: Network;
  readonly sync: Sync;
  readonly slack: ReturnType<typeof createSlack>;
  /** The account's default service, as Functions ask for it. */
  readonly syncService: SyncService;
  /** As our Functions ask Twilio. */
  readonly twilio: TwilioClient;
  /** As a Function gets it from its context. */
  client(): ReturnType<Context['getTwilioClient']>;
  /** Lets time pass until the promise is settled. */
  soon<T>(promise: Promise<T>): Promise<T>;
  /** The same, with the virtual milliseconds that it took. */
  timed<T>(promise: Promise<T>): Promise<{ value: T; ms: number }>;
  close(): void;
};

type Options = {
  readonly sync?: Partial<SyncOptions>;
  /** Answers for api.twilio.com. */
  readonly twilio?: (request: WireRequest) => WireResponse;
};

const nothingThere = (): WireResponse => ({ status: 500, headers: {}, body: '' });

export function standIns({ sync: syncOptions, twilio: answer = nothingThere }: Options = {}): StandIns {
  const clock = installClock({ startAt: new Date(EVENING * 1000) });
  const sync = createSync({ clock, accountSid, authToken, ...syncOptions });
  const slack = createSlack({ clock, ...SLACK });
  const api: Neighbour = { name: 'twilio', handle: async (request) => answer(request) };
  const mackerel: Neighbour = { name: 'mackerel', handle: async () => nothingThere() };
  const network = installNetwork({ twilio: api, sync, slack, mackerel }, clock);
  const client = () => twilio(accountSid, authToken) as unknown as ReturnType<Context['getTwilioClient']>;
  const context = { ACCOUNT_SID: accountSid, getTwilioClient: client } as unknown as Context;
  const ours = twilioClient(context);
  const soon = <T>(promise: Promise<T>) => inTime(clock, promise);
  return {
    clock,
    network,
    sync,
    slack,
    soon,
    syncService: syncService(ours, 'default'),
    twilio: ours,
    client,
    async timed(promise) {
      const startedAt = clock.now();
      const value = await soon(promise);
      return { value, ms: clock.now() - startedAt };
    },
    close() {
      network.restore();
      clock.uninstall();
    },
  };
}

/** A fault of the first few requests only; `undefined` lets one pass. */
export function befalling(...faults: (ReturnType<FaultRule> | undefined)[]): FaultRule {
  return () => faults.shift();
}
