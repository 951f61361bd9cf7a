/** Everything that the checks need, from a project and its `.env`. Nothing is requested before a check wants it. */
import twilio from 'twilio';
import { SERVICE } from '../project';
import { findDeployment } from '../service/deployment';
import { askHealth } from '../service/health';
import { records } from '../service/history';
import { mackerelOf } from '../service/mackerel';
import { slackOf } from '../service/slack';
import { within } from '../service/time-limit';
import type { Asked, Patient } from './patient';

type Wanted = Pick<
  Patient,
  'root' | 'env' | 'list' | 'voicemailSeconds' | 'looksUpCarriers' | 'isPractice'
> & {
  /** Suffix of the environment: `dev`, or nothing for production. */
  readonly environment: string;
};

const DAY_MS = 24 * 60 * 60 * 1000;
/** Shorter than each line's limit: a line that can do without the history still says the rest. */
const RECORDS_LIMIT_MS = 7_000;

export function openPatient({ environment, ...given }: Wanted): Patient {
  const { ACCOUNT_SID = '', AUTH_TOKEN, SLACK_BOT_TOKEN, SLACK_CHANNEL, MACKEREL_API_KEY } = given.env;
  const client = twilio(ACCOUNT_SID, AUTH_TOKEN);
  const slack =
    SLACK_BOT_TOKEN && SLACK_CHANNEL ? { client: slackOf(SLACK_BOT_TOKEN), channel: SLACK_CHANNEL } : null;
  const opened = {
    ...given,
    client,
    slack,
    mackerel: MACKEREL_API_KEY ? mackerelOf(MACKEREL_API_KEY) : null,
    fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
    now: Date.now(),
  };
  return { ...opened, asked: askedOf(opened, environment) };
}

function askedOf(patient: Omit<Patient, 'asked'>, environment: string): Asked {
  const { client, env, now, slack } = patient;
  const deployment = once(() => findDeployment(client, SERVICE, environment));
  return {
    deployment,
    health: once(async () => {
      const found = await deployment();
      return found ? askHealth(patient, found.domain) : 'nothing is deployed';
    }),
    account: once(() => client.api.v2010.accounts(env.ACCOUNT_SID ?? '').fetch()),
    numbers: once(() => client.incomingPhoneNumbers.list()),
    calls: once(() => client.calls.list({ startTimeAfter: new Date(now - DAY_MS), limit: 500 })),
    records: once(() =>
      within(RECORDS_LIMIT_MS, 'Sync', records(client, env.SYNC_SERVICE_SID)).catch(() => null),
    ),
    slack: once(async () => (slack ? slack.client.auth.test() : null)),
    mackerel: once(async () => {
      const { mackerel: api } = patient;
      if (!api) return null;
      const [channels, groups, monitors] = await Promise.all([api.channels(), api.groups(), api.monitors()]);
      return { channels, groups, monitors };
    }),
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
