/** Imports point one way: functions → http, services, twilio, slack, mackerel → core. Each rule is first seen to fail. */
import { importsOf, type Source, sourcesUnder, withoutComments } from './support/source';

type Rule = { readonly says: string; broken(source: Source): readonly string[] };

const isIn =
  (...folders: string[]) =>
  ({ path }: Source) =>
    folders.some((folder) => path.startsWith(`src/${folder}/`));
const isCore = isIn('core');
const isFunction = isIn('functions');
const isVendor = isIn('twilio', 'slack', 'mackerel');
const folderOf = (path: string) => path.split('/').slice(0, 2).join('/');

const imports =
  (applies: (source: Source) => boolean, isAllowed: (imported: string, source: Source) => boolean) =>
  (source: Source) =>
    applies(source) ? importsOf(source).filter((imported) => !isAllowed(imported, source)) : [];

const words = (applies: (source: Source) => boolean, forbidden: RegExp) => (source: Source) =>
  applies(source) ? [...withoutComments(source.text).matchAll(forbidden)].map(([word]) => word) : [];

/** Of Node and of the platform: what the core would have to be given. */
const OUTSIDE =
  /\b(process|console|fetch|performance|setTimeout|setInterval|setImmediate|require|Runtime|Twilio|globalThis)\b\s*[.(]/g;

/** `new Date('2026-11-22')` reads no clock; nor is `Date.UTC` one. */
const CLOCK =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()|(?<![.\w]|new )\bDate\(|\bTemporal\.Now\b|\bperformance\.now\b|\bMath\.random\b/g;

const isAtBuildOnly = (path: string) =>
  /^src\/core\/(dial-list-(check|words)|phone-number|spelling)\.ts$/.test(path);

const MOST_LINES = 40;

const rules: Rule[] = [
  {
    says: 'the core imports nothing but itself, temporal-polyfill and valibot',
    broken: imports(
      (source) => isCore(source) && !isAtBuildOnly(source.path),
      (name) => /^src\/core\/|^temporal-polyfill(\/|$)|^valibot$/.test(name),
    ),
  },
  {
    says: 'what judges a dial list at build time is not deployed: the world’s numbering plans take 150 KB',
    broken: imports(
      ({ path }) => !isAtBuildOnly(path),
      (name) => !isAtBuildOnly(`${name}.ts`) && !/^(libphonenumber-js|fastest-levenshtein)/.test(name),
    ),
  },
  { says: 'the core reads no clock and throws no dice', broken: words(isCore, CLOCK) },
  { says: 'the core asks nothing of the world', broken: words(isCore, OUTSIDE) },
  {
    says: 'nothing in src knows the switchboard, the tests or the scripts',
    broken: imports(
      () => true,
      (name) => !/^(switchboard|test|scripts)(\/|$)/.test(name),
    ),
  },
  {
    says: 'a vendor’s folder knows neither the endpoints nor what is built from the vendors',
    broken: imports(
      isVendor,
      (name) =>
        !name.startsWith('src/') || /^src\/(core|http|twilio|slack|mackerel)\/|^src\/config$/.test(name),
    ),
  },
  {
    says: 'one vendor’s folder does not know another’s',
    broken: imports(isVendor, (name, { path }) => {
      const folder = folderOf(name);
      return folder === folderOf(path) || !/^src\/(twilio|slack|mackerel)$/.test(folder);
    }),
  },
  {
    says: 'nothing imports an endpoint, not even another one: Twilio renames what is deployed',
    broken: imports(
      () => true,
      (name) => !name.startsWith('src/functions/'),
    ),
  },
  {
    says: 'the calendar is loaded with the Asset that holds it',
    broken: imports(
      (source) => !isCore(source) && !isIn('assets')(source),
      (name, { text }) => !/^src\/core\/(rotation|calendar)$/.test(name) || isTypeOnly(text, name),
    ),
  },
  {
    says: 'Slack’s client is loaded with the Asset that holds it, not before',
    broken: imports(
      (source) => !isIn('slack', 'assets')(source) && source.path !== 'src/page/newsroom.ts',
      (name, { text }) =>
        !name.startsWith('@slack/') &&
        (!/^src\/(slack(\/|$)|page\/newsroom)/.test(name) || isTypeOnly(text, name)),
    ),
  },
  {
    says: `an endpoint has no more than ${MOST_LINES} lines`,
    broken: (source) => {
      const lines = source.text.trimEnd().split('\n').length;
      return isFunction(source) && lines > MOST_LINES ? [`${lines} lines`] : [];
    },
  },
];

/** Types leave nothing behind in a bundle. */
function isTypeOnly(text: string, name: string): boolean {
  const file = name.split('/').at(-1);
  const code = withoutComments(text);
  return new RegExp(
    `import type [^;]*['"][./]*[^'"]*${file}['"]|typeof import\\(['"][^'"]*${file}['"]\\)`,
  ).test(code);
}

const faultsIn = (sources: readonly Source[], { broken }: Rule) =>
  sources.flatMap((source) => broken(source).map((fault) => `${source.path}: ${fault}`));

const sources = sourcesUnder('src');

describe.each(rules)('$says', (rule) => {
  test('holds', () => {
    expect(faultsIn(sources, rule)).toEqual([]);
  });
});

describe('the rules can be broken', () => {
  const broken = (path: string, text: string) =>
    rules.filter((rule) => rule.broken({ path, text }).length > 0).map(({ says }) => says);

  test.each([
    ['the core imports nothing but', 'src/core/a.ts', `import twilio from 'twilio';`],
    ['what judges a dial list', 'src/page/a.ts', `import { x } from '../core/dial-list-check';`],
    ['what judges a dial list', 'src/page/a.ts', `import { x } from 'libphonenumber-js/max';`],
    ['the core imports nothing but', 'src/core/a.ts', `import { x } from '../config';`],
    [
      'the core imports nothing but',
      'src/core/deep/a.ts',
      `import type { Params } from '../../http/params';`,
    ],
    ['the core imports nothing but', 'src/core/a.ts', `import { readFileSync } from 'node:fs';`],
    ['the core imports nothing but', 'src/core/a.ts', `const x = await import("node:fs");`],
    ['the core imports nothing but', 'src/core/a.ts', `export * from '../twilio/voice';`],
    ['the core reads no clock', 'src/core/a.ts', 'const now = Date.now();'],
    ['the core reads no clock', 'src/core/a.ts', 'const now = new Date();'],
    ['the core reads no clock', 'src/core/a.ts', 'const now = new Date;'],
    ['the core reads no clock', 'src/core/a.ts', 'const now = Date();'],
    ['the core reads no clock', 'src/core/a.ts', 'const wait = Math.random() * 9;'],
    ['the core asks nothing', 'src/core/a.ts', 'const zone = process.env.TZ;'],
    ['the core asks nothing', 'src/core/a.ts', 'console.log(1);'],
    ['the core asks nothing', 'src/core/a.ts', `fetch('https://example.com');`],
    [
      'nothing in src knows the switchboard',
      'src/services.ts',
      `import { installClock } from '../switchboard/clock';`,
    ],
    [
      'nothing in src knows the switchboard',
      'src/core/a.ts',
      `import { onDuty } from '../../test/support/on-duty';`,
    ],
    ['a vendor’s folder', 'src/twilio/a.ts', `import { servicesOf } from '../services';`],
    ['a vendor’s folder', 'src/slack/a.ts', `import type { Newsdesk } from '../newsdesk';`],
    ['a vendor’s folder', 'src/mackerel/a.ts', `import { handler } from '../functions/answered.protected';`],
    ['one vendor’s folder', 'src/slack/a.ts', `import { toQuery } from '../twilio/continuation';`],
    ['nothing imports an endpoint', 'src/functions/a.ts', `import { handler } from './hold-music';`],
    ['the calendar', 'src/page/notified.ts', `import { turnByDate } from '../core/rotation';`],
    ['Slack’s client', 'src/services.ts', `import { slackOf } from './slack';`],
    ['Slack’s client', 'src/services.ts', `import { newsroom } from './page/newsroom';`],
    ['Slack’s client', 'src/newsdesk.ts', `import { WebClient } from '@slack/web-api';`],
    ['an endpoint has no more', 'src/functions/a.ts', 'x();\n'.repeat(41)],
  ])('%s: %s, %s', (says, path, text) => {
    expect(broken(path, text)).toContainEqual(expect.stringContaining(says));
  });

  test.each([
    [
      'src/core/a.ts',
      `import * as v from 'valibot';\nimport * as Instant from 'temporal-polyfill/fns/Instant';`,
    ],
    ['src/core/a.ts', `const then = new Date(at * 1000); const day = new Date(\`\${date}T00:00:00Z\`);`],
    ['src/core/a.ts', `// not Date.now(), and no import of 'twilio'\nexport const x = 1;`],
    ['src/core/escalation/a.ts', `import type { Alert } from '../alert';`],
    ['src/newsdesk.ts', `import type { Poster } from './slack/poster';`],
    ['src/mackerel/a.ts', `import type { Params } from '../http/params';`],
    ['src/functions/a.ts', 'x();\n'.repeat(40)],
  ])('what is allowed is allowed: %s, %s', (path, text) => {
    expect(broken(path, text)).toEqual([]);
  });

  test('there is something to judge', () => {
    expect(sources.filter(isCore).length).toBeGreaterThan(10);
    expect(sources.filter(isFunction).length).toBeGreaterThan(4);
    expect(sources.filter(isVendor).length).toBeGreaterThan(8);
    const voice = sources.find(({ path }) => path === 'src/twilio/voice.ts');
    expect(voice && importsOf(voice)).toEqual(
      expect.arrayContaining(['twilio/lib/twiml/VoiceResponse', 'src/core/dial-list', 'src/twilio/caller']),
    );
  });
});
