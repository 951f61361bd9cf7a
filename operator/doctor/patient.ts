/** All that is examined, and by what: the project as it lies here, and the accounts that it names. */
import type { WebClient } from '@slack/web-api';
import type { Twilio } from 'twilio';
import type { DialList } from '../../src/dial-list/list';
import type { Deployment } from '../service/deployment';
import type { HealthDetails } from '../service/health';
import type { Mackerel } from '../service/mackerel';
import type { Finding } from './finding';

export type Patient = {
  readonly root: string;
  /** `.env`, as it is deployed. */
  readonly env: Readonly<Record<string, string>>;
  readonly list: DialList;
  readonly client: Twilio;
  /** Null where `.env` names no bot. */
  readonly slack: { readonly client: WebClient; readonly channel: string } | null;
  /** Null where `.env` has no API key. */
  readonly mackerel: Mackerel | null;
  /** Null where nothing is deployed. */
  readonly deployment: Deployment | null;
  /** What the deployed service says of itself; in words why it does not. */
  readonly health: HealthDetails | string;
  readonly fetch: typeof fetch;
  /** Seconds after which the voicemails of the members' carriers answer, at the earliest. */
  readonly voicemailSeconds: number;
  /** ms since epoch. */
  readonly now: number;
  /** On the switchboard, where made-up numbers ring. */
  readonly isPractice: boolean;
};

export type Check = (patient: Patient) => Promise<readonly Finding[]>;
