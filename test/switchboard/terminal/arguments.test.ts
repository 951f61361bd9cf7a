import { readArguments } from '../../../switchboard/terminal/arguments';
import { phrasesIn } from '../../../switchboard/terminal/phrases';

const usual = { port: 3000, speed: 20, once: false, verbose: false, help: false };

test.each([
  [[], {}],
  [['--port', '4000'], { port: 4000 }],
  [['--port=4000'], { port: 4000 }],
  [['--speed', '5'], { speed: 5 }],
  [['--speed', '0.5'], { speed: 0.5 }],
  [['--once', '--verbose'], { once: true, verbose: true }],
  [['--lang', 'ja'], {}],
  [['-h'], { help: true }],
])('%j', (args, changes) => {
  expect(readArguments(args, {})).toMatchObject({ ok: true, given: { ...usual, ...changes } });
});

test.each([
  [['--prot', '4000'], { kind: 'unknown', given: '--prot' }],
  [['once'], { kind: 'unknown', given: 'once' }],
  [['-x'], { kind: 'unknown', given: '-x' }],
  [['--once=yes'], { kind: 'unknown', given: '--once' }],
  [['--toString'], { kind: 'unknown', given: '--toString' }],
  [['--port'], { kind: 'value', name: 'port' }],
  [['--port', '0'], { kind: 'value', name: 'port' }],
  [['--port', '65535'], { kind: 'value', name: 'port' }],
  [['--port', 'http'], { kind: 'value', name: 'port' }],
  [['--port', '--once'], { kind: 'value', name: 'port' }],
  [['--speed', '0'], { kind: 'value', name: 'speed' }],
  [['--speed', 'fast'], { kind: 'value', name: 'speed' }],
  [['--speed=1001'], { kind: 'value', name: 'speed' }],
  [['--lang', 'fr'], { kind: 'value', name: 'lang' }],
] as const)('%j is refused, and said so in both languages', (args, fault) => {
  const reading = readArguments(args, {});
  expect(reading).toMatchObject({ ok: false, fault });
  const named = fault.kind === 'unknown' ? fault.given : fault.name;
  if (!reading.ok) {
    expect(phrasesIn('en').fault(reading.fault)).toContain(named);
    expect(phrasesIn('ja').fault(reading.fault)).toContain(named);
  }
});

test.each<[Record<string, string>, string[], string, string]>([
  [{}, [], 'en', 'nothing is set'],
  [{ LANG: 'ja_JP.UTF-8' }, [], 'ja', 'LANG'],
  [{ LANG: 'en_US.UTF-8' }, [], 'en', 'LANG'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'ja_JP.UTF-8' }, [], 'ja', 'LC_ALL goes before LANG'],
  [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, [], 'en', 'LC_ALL goes before LANG'],
  [{ LANG: 'ja_JP.UTF-8', LC_MESSAGES: 'en_US' }, [], 'en', 'so does LC_MESSAGES'],
  [{ LANG: 'ja_JP.UTF-8', LC_ALL: '' }, [], 'ja', 'an empty one is not set'],
  [{ LANG: 'ja_JP.UTF-8' }, ['--lang', 'en'], 'en', 'the argument goes before all'],
  [{ LANG: 'ja_JP.UTF-8' }, ['--wrong'], 'ja', 'a fault is told in it too'],
])('%j %j: %s, for %s', (env, args, language) => {
  expect(readArguments(args, env).language).toBe(language);
});
