/** All that is looked at, from a project and what its `.env` says. */
import { LogLevel, WebClient } from '@slack/web-api';
import twilio from 'twilio';
import { SERVICE } from '../project';
import { findDeployment } from '../service/deployment';
import { askHealth } from '../service/health';
import { mackerelOf } from '../service/mackerel';
import type { Patient } from './patient';

type Wanted = Pick<Patient, 'root' | 'env' | 'list' | 'voicemailSeconds' | 'isPractice'> & {
  /** Suffix of the environment: `dev`, or nothing for production. */
  readonly environment: string;
};

export async function openPatient({ environment, ...given }: Wanted): Promise<Patient> {
  const { ACCOUNT_SID, AUTH_TOKEN, SLACK_BOT_TOKEN, SLACK_CHANNEL, MACKEREL_API_KEY } = given.env;
  const client = twilio(ACCOUNT_SID, AUTH_TOKEN);
  const asked: typeof fetch = (...request) => fetch(...request);
  const deployment = await findDeployment(client, SERVICE, environment);
  return {
    ...given,
    client,
    slack:
      SLACK_BOT_TOKEN && SLACK_CHANNEL
        ? {
            client: new WebClient(SLACK_BOT_TOKEN, {
              logLevel: LogLevel.ERROR,
              retryConfig: { retries: 0 },
            }),
            channel: SLACK_CHANNEL,
          }
        : null,
    mackerel: MACKEREL_API_KEY ? mackerelOf(MACKEREL_API_KEY) : null,
    deployment,
    health: deployment
      ? await askHealth({ env: given.env, fetch: asked }, deployment.domain)
      : 'nothing is deployed',
    fetch: asked,
    now: Date.now(),
  };
}
