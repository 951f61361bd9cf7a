/** A Twilio account, as far as somebody sees or changes it who sets up mackerel-kaden. */

export type AccountState = {
  readonly sid: string;
  readonly authToken: string;
  friendlyName: string;
  status: 'active' | 'suspended' | 'closed';
  type: 'Trial' | 'Full';
  /** Its own SID, unless it is a subaccount. */
  ownerSid: string;
  /** Null for a subaccount, which has none of its own. */
  balance: { amount: string; currency: string } | null;
  numbers: AccountNumber[];
  /** Verified numbers of other people, in E.164. */
  verifiedCallers: string[];
  /** By ISO code. A country that is missing may not be called. */
  countries: Record<string, Permissions>;
  inheritsPermissions: boolean;
  alerts: DebuggerAlert[];
  usage: Record<string, { count: string; price: string }>;
  /** Whether it has an approved customer profile: without one, few calls may be up at once (docs/api/errors/10004). */
  hasApprovedProfile: boolean;
  /**
   * What Lookup, which costs money, says of a number. Types in Twilio's words:
   * docs/lookup/v2-api/line-type-intelligence
   */
  lineOf: (number: string) => { readonly type: string; readonly carrier: string | null };
};

/** A number that the account owns. The exchange answers it by `voiceUrl` unless a trunk or an application is set. */
export type AccountNumber = {
  readonly sid: string;
  readonly number: string;
  voice: boolean;
  voiceUrl: string | null;
  voiceMethod: 'GET' | 'POST';
  statusCallback: string;
  trunkSid: string | null;
  applicationSid: string;
  receiveMode: 'voice' | 'fax';
  region: string;
  bundleSid: string | null;
};

/** Voice geographic permissions: docs/voice/api/dialingpermissions-country-resource */
export type Permissions = { low: boolean; high: boolean; tollFraud: boolean };

/** An entry of Twilio's debugger. */
export type DebuggerAlert = {
  readonly sid: string;
  /** ms since epoch. */
  readonly at: number;
  readonly code: string;
  readonly level: 'error' | 'warning';
  readonly text: string;
  readonly url: string;
  readonly resource: string;
};

export const accountNumber = (
  sid: string,
  number: string,
  more: Partial<AccountNumber> = {},
): AccountNumber => ({
  sid,
  number,
  voice: true,
  voiceUrl: null,
  voiceMethod: 'POST',
  statusCallback: '',
  trunkSid: null,
  applicationSid: '',
  receiveMode: 'voice',
  region: 'us1',
  bundleSid: null,
  ...more,
});
