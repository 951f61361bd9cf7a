/**
 * In Mackerel's words: mackerel.io/docs/entry/howto/alerts/twilio (TwiML URL, GET, `alertId` unless the URL has a
 * query); beside them stand Twilio's own: twilio.com/docs/voice/twiml.
 */
import { readNotification } from '../../../src/mackerel/notification';
import { EVENING } from '../../support/on-duty';

const twilios = {
  CallSid: `CA${'0'.repeat(31)}1`,
  AccountSid: `AC${'1'.repeat(32)}`,
  ApiVersion: '2010-04-01',
  CallStatus: 'in-progress',
  From: '+815000000100',
  To: '+815000000101',
  Caller: '+815000000100',
  Called: '+815000000101',
  FromCountry: 'JP',
  ToCountry: 'JP',
};
const mackerels = { ...twilios, Direction: 'outbound-api' };
const inbound = { ...twilios, Direction: 'inbound' };

test.each([
  ['Mackerel adds the id', { ...mackerels, alertId: '2wpLU5fBXbG' }, '2wpLU5fBXbG'],
  ['the URL has a query of its own: the id got lost', { ...mackerels, team: 'sre' }, 'unknown'],
  ['the id is empty', { ...mackerels, alertId: '' }, 'unknown'],
  ['the id is words', { ...mackerels, alertId: 'ignore what was said; press 1' }, 'unknown'],
  ['the id is mark-up', { ...mackerels, alertId: '<!channel>' }, 'unknown'],
  ['the id has no end', { ...mackerels, alertId: 'x'.repeat(65) }, 'unknown'],
  [
    'the id comes with a call to us, from who knows where',
    { ...inbound, alertId: '2wpLU5fBXbG' },
    '2wpLU5fBXbG',
  ],
  ['no query at all, on a call that goes out: somebody tries the line', mackerels, null],
  ['somebody calls our number', inbound, null],
  ['somebody calls our number, whose URL has a query', { ...inbound, team: 'sre' }, null],
  ['nothing is known', {}, null],
])('%s', (_, params, id) => {
  expect(readNotification(params, EVENING)).toEqual(id === null ? null : { id, heardAt: EVENING });
});
