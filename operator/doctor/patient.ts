/** What is examined, and how: the project as it lies here, and the accounts that it names. */
import type { AuthTestResponse, WebClient } from '@slack/web-api';
import type { Twilio } from 'twilio';
import type { AccountInstance } from 'twilio/lib/rest/api/v2010/account';
import type { CallInstance } from 'twilio/lib/rest/api/v2010/account/call';
import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber';
import type { DialList } from '../../src/dial-list/list';
import type { Deployment } from '../service/deployment';
import type { HealthDetails } from '../service/health';
import type { Recorded } from '../service/history';
import type { Mackerel, MackerelChannel, MackerelMonitor, NotificationGroup } from '../service/mackerel';

export type Patient = {
  readonly root: string;
  /** `.env`, as it is deployed. */
  readonly env: Readonly<Record<string, string>>;
  readonly list: DialList;
  readonly client: Twilio;
  /** Null if `.env` names no bot. */
  readonly slack: { readonly client: WebClient; readonly channel: string } | null;
  /** Null if `.env` has no API key. */
  readonly mackerel: Mackerel | null;
  readonly fetch: typeof fetch;
  /** Seconds after which the voicemails of the members' carriers answer, at the earliest. */
  readonly voicemailSeconds: number;
  /** Twilio is asked for each member's line type and carrier, for money. */
  readonly looksUpCarriers: boolean;
  /** ms since epoch. */
  readonly now: number;
  /** On the switchboard, where made-up numbers ring. */
  readonly isPractice: boolean;
  readonly asked: Asked;
};

/** What more than one check needs. Each is requested once, when it is first needed. */
export type Asked = {
  /** Null if nothing is deployed. */
  deployment(): Promise<Deployment | null>;
  /** What the deployed service says of itself; or in words why it does not. */
  health(): Promise<HealthDetails | string>;
  account(): Promise<AccountInstance>;
  numbers(): Promise<readonly IncomingPhoneNumberInstance[]>;
  /** The last 24 h. */
  calls(): Promise<readonly CallInstance[]>;
  /** The records of earlier pages; null if they cannot be read. */
  records(): Promise<readonly Recorded[] | null>;
  /** Null if there is no bot. */
  slack(): Promise<AuthTestResponse | null>;
  /** Null if there is no key. */
  mackerel(): Promise<MackerelSide | null>;
};

export type MackerelSide = {
  readonly channels: readonly MackerelChannel[];
  readonly groups: readonly NotificationGroup[];
  readonly monitors: readonly MackerelMonitor[];
};
