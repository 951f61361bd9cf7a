/**
 * A Twilio account as its REST API shows it, beside its calls (`exchange/`) and Sync (`sync/`): what somebody sees
 * and changes who puts mackerel-kaden into service.
 */
import { createHash } from 'node:crypto';
import type { Neighbour, WireRequest, WireResponse } from '../wire';
import { type AccountState, accountNumber } from './account';
import { consoleOf } from './console';
import { answerDescribed, json, Refused } from './described';
import { serverless } from './serverless';
import type { Deployed, Service } from './serverless-state';
import { telephony } from './telephony';
import { readUpload } from './upload';

export { type AccountNumber, type AccountState, accountNumber, type DebuggerAlert } from './account';
export { type SeededFile, seedDeployment } from './seed';
export type { Build, Deployed, Service, Version } from './serverless-state';

/** Where uploads go; every other host is in Twilio's description. */
export const UPLOADS = 'serverless-upload.twilio.com';

export type Account = Neighbour & {
  readonly state: AccountState;
  readonly services: Service[];
  /** Whether it shows the credentials of this account. */
  letsIn(request: WireRequest): boolean;
};

/** A paid account in good order, with these two numbers and no deployment. */
export const accountInOrder = (sid: string, authToken: string, numbers: readonly string[]): AccountState => ({
  sid,
  authToken,
  friendlyName: 'Switchboard',
  status: 'active',
  type: 'Full',
  ownerSid: sid,
  balance: { amount: '50.00', currency: 'USD' },
  numbers: numbers.map((number, index) => accountNumber(`PN${String(index).padStart(32, '0')}`, number)),
  verifiedCallers: [],
  countries: { JP: { low: true, high: false, tollFraud: false } },
  inheritsPermissions: true,
  alerts: [],
  usage: {},
  hasApprovedProfile: true,
  lineOf: () => ({ type: 'mobile', carrier: 'Switchboard Mobile' }),
});

export function createAccount(
  state: AccountState,
  onDeployed: (deployed: Deployed) => void = () => {},
): Account {
  let sids = 0;
  const newSid = (prefix: string) => {
    sids += 1;
    return prefix + createHash('md5').update(`${prefix} ${sids}`).digest('hex');
  };
  const { services, handlers, upload } = serverless(state.sid, newSid, onDeployed);
  const all = { ...telephony(state), ...consoleOf(state), ...handlers };
  const credentials = `Basic ${Buffer.from(`${state.sid}:${state.authToken}`).toString('base64')}`;

  const letsIn = ({ headers }: WireRequest) => headers.authorization === credentials;

  async function answer(request: WireRequest): Promise<WireResponse> {
    if (!letsIn(request)) throw new Refused(401, 20003, 'Authenticate');
    if (request.url.host !== UPLOADS) return answerDescribed(all, request);
    return json(201, upload(request.url, await readUpload(request.body, request.headers['content-type'])));
  }

  return {
    name: 'twilio',
    state,
    services,
    letsIn,
    handle: (request) =>
      answer(request).catch((fault) => {
        if (!(fault instanceof Refused)) throw fault;
        const { code, message, status } = fault;
        return json(status, {
          code,
          message,
          more_info: `https://www.twilio.com/docs/errors/${code}`,
          status,
        });
      }),
  };
}
