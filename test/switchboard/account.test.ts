/** The account as `twilio`'s own client sees it. Every request and answer is held against Twilio's description on the way. */
import twilio from 'twilio';
import { type AccountState, accountInOrder, accountNumber, createAccount } from '../../switchboard/account';
import { type Clock, installClock } from '../../switchboard/clock';
import { installNetwork, type Network } from '../../switchboard/network';
import { createSync } from '../../switchboard/sync';
import type { Neighbour } from '../../switchboard/wire';
import { inTime } from './in-time';

const SID = `AC${'a'.repeat(32)}`;
const TOKEN = 'a'.repeat(32);
const [A, B] = ['+815000000101', '+815000000102'];

let clock: Clock;
let network: Network;
let state: AccountState;
const nobody: Neighbour = { name: 'nobody', handle: async () => ({ status: 404, headers: {}, body: '' }) };
const client = () => twilio(SID, TOKEN);

beforeEach(() => {
  clock = installClock({ startAt: new Date('2026-11-22T03:00:00Z') });
  state = accountInOrder(SID, TOKEN, [A, B]);
  const sync = createSync({ clock, accountSid: SID, authToken: TOKEN, defaultService: 'once-fetched' });
  network = installNetwork({ twilio: createAccount(state), sync, slack: nobody, mackerel: nobody }, clock);
});
afterEach(() => {
  expect(network.violations).toEqual([]);
  network.restore();
  clock.uninstall();
});

const soon = <T>(work: Promise<T>): Promise<T> => inTime(clock, work);

test('the account, its balance and its numbers', async () => {
  const account = await soon(client().api.v2010.accounts(SID).fetch());
  expect(account).toMatchObject({ sid: SID, type: 'Full', status: 'active', ownerAccountSid: SID });
  expect(await soon(client().balance.fetch())).toMatchObject({ balance: '50.00', currency: 'USD' });
  const found = await soon(client().incomingPhoneNumbers.list({ phoneNumber: A }));
  expect(found.map(({ phoneNumber, voiceUrl }) => [phoneNumber, voiceUrl])).toEqual([[A, null]]);
});

test('a voice URL that is set is kept', async () => {
  const [number] = state.numbers;
  const voiceUrl = 'https://mackerel-kaden-1234-dev.twil.io/call-in';
  await soon(
    client()
      .incomingPhoneNumbers(number?.sid ?? '')
      .update({ voiceUrl, voiceMethod: 'POST' }),
  );
  expect(state.numbers[0]).toMatchObject({ voiceUrl, voiceMethod: 'POST' });
});

test('a subaccount has no balance of its own', async () => {
  state.balance = null;
  await expect(soon(client().balance.fetch())).rejects.toMatchObject({ status: 404 });
});

test('a list of many pages is read to its end, by paths and by URLs', async () => {
  state.numbers = Array.from({ length: 120 }, (_, index) =>
    accountNumber(`PN${String(index).padStart(32, '0')}`, `+8150000${String(index).padStart(5, '0')}`),
  );
  expect(await soon(client().incomingPhoneNumbers.list({ pageSize: 50 }))).toHaveLength(120);
  state.alerts = Array.from({ length: 120 }, (_, index) => ({
    sid: `NO${String(index).padStart(32, '0')}`,
    at: clock.now(),
    code: '11200',
    level: 'error' as const,
    text: 'HTTP retrieval failure',
    url: 'https://mackerel-kaden-1234-dev.twil.io/dial-list',
    resource: `CA${'0'.repeat(32)}`,
  }));
  expect(await soon(client().monitor.v1.alerts.list({ pageSize: 50 }))).toHaveLength(120);
});

test('permissions of a country are all set together', async () => {
  const jp = () => soon(client().voice.v1.dialingPermissions.countries('JP').fetch());
  const us = () => soon(client().voice.v1.dialingPermissions.countries('US').fetch());
  expect([(await jp()).lowRiskNumbersEnabled, (await us()).lowRiskNumbersEnabled]).toEqual([true, false]);
  const update = {
    iso_code: 'US',
    low_risk_numbers_enabled: 'true',
    high_risk_special_numbers_enabled: 'false',
    high_risk_tollfraud_numbers_enabled: 'false',
  };
  const bulk = client().voice.v1.dialingPermissions.bulkCountryUpdates;
  await soon(bulk.create({ updateRequest: JSON.stringify([update]) }));
  expect((await us()).lowRiskNumbersEnabled).toBe(true);
  const half = JSON.stringify([{ iso_code: 'US', low_risk_numbers_enabled: 'true' }]);
  await expect(soon(bulk.create({ updateRequest: half }))).rejects.toMatchObject({ status: 400 });
});

test('what is looked up of a number, and what a call to it costs', async () => {
  const looked = await soon(client().lookups.v2.phoneNumbers(A).fetch());
  expect(looked).toMatchObject({ valid: true, countryCode: 'JP' });
  const price = await soon(client().pricing.v2.voice.numbers(A).fetch());
  expect(price.outboundCallPrices).toHaveLength(1);
});

test('Sync’s default service is there once it has been fetched', async () => {
  const documents = client().sync.v1.services('default').documents;
  await expect(soon(documents.create({ uniqueName: 'page' }))).rejects.toMatchObject({ status: 404 });
  const { sid, uniqueName } = await soon(client().sync.v1.services('default').fetch());
  expect([sid, uniqueName]).toEqual([expect.stringMatching(/^IS/), 'default']);
  await soon(documents.create({ uniqueName: 'page' }));
});

test('wrong credentials are refused', async () => {
  await expect(soon(twilio(SID, 'f'.repeat(32)).balance.fetch())).rejects.toMatchObject({ code: 20003 });
});
