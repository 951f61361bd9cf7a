import { log, warn, withoutNumbers } from '../../src/http/log';

afterEach(() => jest.restoreAllMocks());

test.each([
  ['The number +815000000001 is not valid', 'The number (number) is not valid'],
  ['To=%2B815000000001&From=%2b15550100', 'To=(number)&From=(number)'],
  ['+815000000001,+815000000002', '(number),(number)'],
  ['status 429, code 54009, after 1400 ms', 'status 429, code 54009, after 1400 ms'],
  ['page thp8m0-000001, 2026-11-22T18:00:00+09:00', 'page thp8m0-000001, 2026-11-22T18:00:00+09:00'],
])('%s', (message, expected) => {
  expect(withoutNumbers(message)).toBe(expected);
});

test('one line of JSON, what is not known left out', () => {
  const line = jest.spyOn(console, 'log').mockImplementation();
  log({ path: '/dial-ended', page: undefined, remembered: true, ms: 12 });
  expect(line.mock.calls).toEqual([['{"path":"/dial-ended","remembered":true,"ms":12}']]);
});

test('a warning is one line, too, and holds no number', () => {
  const line = jest.spyOn(console, 'warn').mockImplementation();
  warn('Sync: 400\n+815000000001');
  expect(line.mock.calls).toEqual([['{"level":"warn","message":"Sync: 400\\n(number)"}']]);
});
