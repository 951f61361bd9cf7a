/** Whether Twilio lets the members' countries be called. docs/voice/api/dialingpermissions-country-resource */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { text } from '../../text';
import { change, type Setup, type Step } from '../setup';

export const permissionsStep: Step = { title: text('Calls abroad and at home', '発信先の国'), run };

async function run(setup: Setup): Promise<void> {
  const { list, tell, todo } = setup;
  const permissions = setup.twilio().voice.v1.dialingPermissions;
  const countries = new Set(
    list.members.flatMap(({ phone }) => parsePhoneNumberFromString(phone)?.country ?? []),
  );
  for (const country of countries) {
    const now = await permissions.countries(country).fetch();
    if (now.lowRiskNumbersEnabled) {
      tell.right(text(`${country} may be called`, `${country} への発信は許可されています`));
      continue;
    }
    // All three have to be written, as strings: the other two stay as they are.
    const update = {
      iso_code: country,
      low_risk_numbers_enabled: 'true',
      high_risk_special_numbers_enabled: String(now.highRiskSpecialNumbersEnabled),
      high_risk_tollfraud_numbers_enabled: String(now.highRiskTollfraudNumbersEnabled),
    };
    const isDone = await change(
      setup,
      {
        may: text(`Permit calls to ${country}?`, `${country} への発信を許可しますか？`),
        done: text(`calls to ${country} are permitted`, `${country} への発信を許可`),
      },
      () => permissions.bulkCountryUpdates.create({ updateRequest: JSON.stringify([update]) }),
    );
    if (!isDone)
      todo.push(
        text(
          `Permit calls to ${country}: https://console.twilio.com/us1/develop/voice/settings/geo-permissions`,
          `${country} への発信を許可する: https://console.twilio.com/us1/develop/voice/settings/geo-permissions`,
        ),
      );
  }
}
