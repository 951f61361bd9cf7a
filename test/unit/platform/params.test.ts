/** How a Function's event is made: twilio.com/docs/serverless/functions-assets/functions/invocation. */
import { readParams } from '../../../src/platform/params';

const request = { headers: { 'user-agent': 'TwilioProxy/1.1' }, cookies: {} };

test.each([
  ['query and body in one', { page: 'p1', CallSid: 'CA1' }, { page: 'p1', CallSid: 'CA1' }],
  ['the request beside them is none of them', { page: 'p1', request }, { page: 'p1' }],
  ['of a repeated one the first counts', { page: ['p1', 'p2'] }, { page: 'p1' }],
  ['an empty one is there', { alertId: '' }, { alertId: '' }],
  ['an empty list is not', { page: [] }, {}],
  ['what is no text is not', { a: 1, b: null, c: undefined, d: true, e: { f: 'g' }, h: [1] }, {}],
  ['nothing', {}, {}],
])('%s', (_, event, params) => {
  expect(readParams(event)).toEqual(params);
});

test('a name that every object has is a parameter only where it was sent', () => {
  expect(Object.keys(readParams({}))).toEqual([]);
  expect(readParams(JSON.parse('{"__proto__":"x","page":"p1"}'))).toMatchObject({ page: 'p1' });
});
