import { log, plain, warn, withoutNumbers } from '../../../src/platform/log';

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

test('of several entries the later one counts, unless it does not know', () => {
  const line = jest.spyOn(console, 'log').mockImplementation();
  log({ page: 'p1', step: 'none' }, undefined, { page: undefined, step: 'ring' });
  expect(line.mock.calls).toEqual([['{"page":"p1","step":"ring"}']]);
});

test('no text holds a number, or is longer than anybody would read', () => {
  const line = jest.spyOn(console, 'log').mockImplementation();
  log({ error: `no call to +815000000001: ${'x'.repeat(999)}`, event: '%2B815000000001' });
  const [said] = line.mock.calls.map(([text]) => JSON.parse(text));
  expect(said).toEqual({ error: expect.stringMatching(/^no call to \(number\): x+$/), event: '(number)' });
  expect(said.error).toHaveLength(300);
});

test.each([
  ['thp8m0-000001', 'thp8m0-000001'],
  ['in-progress', 'in-progress'],
  ['x'.repeat(40), 'x'.repeat(40)],
  ['x'.repeat(41), undefined],
  ['+815000000001', undefined],
  ['disk is full', undefined],
  ['line\nbreak', undefined],
  ['', undefined],
  [undefined, undefined],
])('from outside comes a plain word, or nothing: %s', (text, word) => {
  expect(plain(text)).toBe(word);
});

test('a warning is one line, too, and holds no number', () => {
  const line = jest.spyOn(console, 'warn').mockImplementation();
  warn('Sync: 400\n+815000000001');
  expect(line.mock.calls).toEqual([['{"level":"warn","message":"Sync: 400\\n(number)"}']]);
});
