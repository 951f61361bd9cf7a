/** What a careful person looks up in Twilio's console: permissions, the debugger, prices, and kinds of numbers. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { AccountState, DebuggerAlert } from './account';
import { type Handlers, notFound, Refused, resource } from './described';
import { list, one } from './telephony';

export function consoleOf(account: AccountState): Handlers {
  const shownAlert = (alert: DebuggerAlert) =>
    resource('monitor.FetchAlert', {
      account_sid: account.sid,
      sid: alert.sid,
      error_code: alert.code,
      log_level: alert.level,
      alert_text: alert.text,
      request_url: alert.url,
      resource_sid: alert.resource,
      date_created: isoSeconds(alert.at),
      date_generated: isoSeconds(alert.at),
      date_updated: isoSeconds(alert.at),
      more_info: `https://www.twilio.com/docs/errors/${alert.code}`,
      url: `https://monitor.twilio.com/v1/Alerts/${alert.sid}`,
    });
  /** A list carries neither the bodies nor the variables: docs/usage/monitor-alert */
  const listedAlert = (alert: DebuggerAlert) => {
    const { request_variables, response_body, response_headers, request_headers, ...listed } =
      shownAlert(alert);
    return listed;
  };

  return {
    'voice.FetchDialingPermissionsCountry': ({ path, url }) => {
      const { low = false, high = false, tollFraud = false } = account.countries[path.IsoCode ?? ''] ?? {};
      const code = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(path.IsoCode ?? '');
      if (!code) throw notFound(url);
      return one(
        resource('voice.FetchDialingPermissionsCountry', {
          iso_code: path.IsoCode,
          name: code,
          low_risk_numbers_enabled: low,
          high_risk_special_numbers_enabled: high,
          high_risk_tollfraud_numbers_enabled: tollFraud,
          url: url.href,
        }),
      );
    },
    'voice.CreateDialingPermissionsCountryBulkUpdate': ({ form }) => {
      const updates = updatesIn(String(form.UpdateRequest));
      for (const { iso_code, ...given } of updates) {
        account.countries[String(iso_code)] = {
          low: given.low_risk_numbers_enabled === 'true',
          high: given.high_risk_special_numbers_enabled === 'true',
          tollFraud: given.high_risk_tollfraud_numbers_enabled === 'true',
        };
      }
      const body = { update_count: updates.length, update_request: String(form.UpdateRequest) };
      return one(resource('voice.CreateDialingPermissionsCountryBulkUpdate', body), 201);
    },
    'voice.FetchDialingPermissionsSettings': ({ url }) =>
      one(
        resource('voice.FetchDialingPermissionsSettings', {
          dialing_permissions_inheritance: account.inheritsPermissions,
          url: url.href,
        }),
      ),
    'monitor.ListAlert': ({ query }) => {
      const from = query.StartDate === undefined ? 0 : Date.parse(String(query.StartDate));
      const to = query.EndDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(String(query.EndDate));
      const within = account.alerts.filter(
        ({ at, level }) =>
          at >= from && at <= to && (query.LogLevel === undefined || level === query.LogLevel),
      );
      return list(within.toSorted((a, b) => b.at - a.at).map(listedAlert));
    },
    'monitor.FetchAlert': ({ path, url }) => {
      const found = account.alerts.find(({ sid }) => sid === path.Sid);
      if (!found) throw notFound(url);
      return one(shownAlert(found));
    },
    'trusthub.ListCustomerProfile': ({ query }) => {
      const isWanted = query.Status === undefined || query.Status === 'twilio-approved';
      return list(account.hasApprovedProfile && isWanted ? [profile(account)] : []);
    },
    'numbers.ListBundle': () => list([]),
    'routes.FetchPhoneNumber': ({ path, url }) => {
      const number = account.numbers.find((one) => one.number === path.PhoneNumber);
      if (!number) throw notFound(url);
      return one(
        resource('routes.FetchPhoneNumber', {
          account_sid: account.sid,
          phone_number: number.number,
          voice_region: number.region,
          url: url.href,
        }),
      );
    },
    'lookups.FetchPhoneNumber': ({ path, query, url }) => {
      const parsed = parsePhoneNumberFromString(path.PhoneNumber ?? '');
      const isPaidFor = String(query.Fields ?? '')
        .split(',')
        .includes('line_type_intelligence');
      return one(
        resource('lookups.FetchPhoneNumber', {
          phone_number: path.PhoneNumber,
          country_code: parsed?.country ?? null,
          calling_country_code: parsed?.countryCallingCode ?? null,
          national_format: parsed?.formatNational() ?? null,
          valid: parsed?.isPossible() ?? false,
          validation_errors: parsed?.isPossible() ? [] : ['TOO_SHORT'],
          line_type_intelligence: isPaidFor ? lineType(account.lineOf(path.PhoneNumber ?? '')) : null,
          url: url.href,
        }),
      );
    },
    'pricing.FetchVoiceNumber': ({ path, query, url }) =>
      one(
        resource('pricing.FetchVoiceNumber', {
          destination_number: path.DestinationNumber,
          origination_number: query.OriginationNumber ?? null,
          // An invented price: the switchboard's calls cost nothing, and Twilio's prices change.
          outbound_call_prices: [PRICE],
          url: url.href,
        }),
      ),
    'pricing.FetchVoiceCountry': ({ path, url }) =>
      one(
        resource('pricing.FetchVoiceCountry', {
          iso_country: path.IsoCountry,
          country: path.IsoCountry,
          outbound_prefix_prices: [
            { ...PRICE, destination_prefixes: ['ROW'], friendly_name: 'Made up by the switchboard' },
          ],
          inbound_call_prices: [{ base_price: '0.0100', current_price: '0.0100', number_type: 'local' }],
          url: url.href,
        }),
      ),
  };
}

/** docs/lookup/v2-api/line-type-intelligence, "Response properties" */
const lineType = ({ type, carrier }: ReturnType<AccountState['lineOf']>) => ({
  mobile_country_code: null,
  mobile_network_code: null,
  carrier_name: carrier,
  type,
  error_code: null,
});

const PRICE = { base_price: '0.1000', current_price: '0.1000', origination_prefixes: ['ALL'] };

const isoSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** A JSON array, all three permissions as strings: docs/voice/api/dialingpermissions-bulkcountryupdate-resource */
function updatesIn(text: string): readonly Record<string, string>[] {
  const parsed: unknown = JSON.parse(text);
  const names = [
    'iso_code',
    'low_risk_numbers_enabled',
    'high_risk_special_numbers_enabled',
    'high_risk_tollfraud_numbers_enabled',
  ];
  if (
    !Array.isArray(parsed) ||
    !parsed.every((update) => names.every((name) => typeof update[name] === 'string'))
  )
    throw new Refused(
      400,
      20001,
      'UpdateRequest has to be a JSON array of countries with all their permissions',
    );
  return parsed;
}

const profile = ({ sid }: AccountState) => ({
  sid: `BU${'0'.repeat(32)}`,
  account_sid: sid,
  policy_sid: `RN${'0'.repeat(32)}`,
  friendly_name: 'Primary customer profile',
  status: 'twilio-approved',
  email: 'operator@example.com',
  status_callback: 'https://example.com/',
  valid_until: '2030-01-01T00:00:00Z',
  date_created: '2026-01-01T00:00:00Z',
  date_updated: '2026-01-01T00:00:00Z',
  url: `https://trusthub.twilio.com/v1/CustomerProfiles/BU${'0'.repeat(32)}`,
  links: {},
  errors: null,
});
