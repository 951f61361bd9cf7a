/**
 * Imports point one way: functions → webhooks → store, voice, slack, mackerel, news → escalation, speech, dial-list. Each
 * rule is first seen to fail.
 */
import { importsOf, type Source, sourcesUnder, withoutComments } from './support/source';

type Rule = { readonly says: string; broken(source: Source): readonly string[] };

const isIn =
  (...folders: string[]) =>
  ({ path }: Source) =>
    folders.some((folder) => path.startsWith(`src/${folder}/`));
const isPure = isIn('escalation', 'dial-list', 'speech');
const isFunction = isIn('functions');
const roomOf = (path: string) => path.split('/')[1] ?? '';

/** The rooms that each may know besides itself. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  escalation: ['dial-list'],
  'dial-list': [],
  speech: ['escalation', 'dial-list'],
  mackerel: ['escalation', 'platform'],
  slack: ['escalation', 'dial-list', 'platform'],
  store: ['escalation', 'dial-list', 'platform'],
  voice: ['escalation', 'dial-list', 'speech', 'platform', 'store'],
  news: ['escalation', 'dial-list', 'platform', 'store', 'slack', 'mackerel'],
  platform: ['dial-list', 'store', 'voice', 'mackerel', 'news'],
  webhooks: ['escalation', 'dial-list', 'platform', 'store', 'voice', 'mackerel'],
  functions: ['platform', 'store', 'voice', 'mackerel', 'webhooks'],
  assets: ['mackerel', 'news'],
};

const isKnownTo = (name: string, { path }: Source) =>
  !name.startsWith('src/') ||
  roomOf(name) === roomOf(path) ||
  name === 'src/platform/budget' ||
  ROOMS[roomOf(path)]?.includes(roomOf(name)) === true;

const imports =
  (applies: (source: Source) => boolean, isAllowed: (imported: string, source: Source) => boolean) =>
  (source: Source) =>
    applies(source) ? importsOf(source).filter((imported) => !isAllowed(imported, source)) : [];

const words = (applies: (source: Source) => boolean, forbidden: RegExp) => (source: Source) =>
  applies(source) ? [...withoutComments(source.text).matchAll(forbidden)].map(([word]) => word) : [];

/** Of Node and of the platform: what pure code would have to be given. */
const OUTSIDE =
  /\b(process|console|fetch|performance|setTimeout|setInterval|setImmediate|require|Runtime|Twilio|globalThis)\b\s*[.(]/g;

/** `new Date('2026-11-22')` and `Date.UTC` read no clock. */
const CLOCK =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()|(?<![.\w]|new )\bDate\(|\bTemporal\.Now\b|\bperformance\.now\b|\bMath\.random\b/g;

const isAtBuildOnly = (path: string) =>
  /^src\/dial-list\/(check|schema|values|calendar|words|phone-number|spelling)\.ts$/.test(path);

const MOST_LINES = 40;

const rules: Rule[] = [
  {
    says: 'a room knows only the rooms below it',
    broken: imports(() => true, isKnownTo),
  },
  {
    says: 'what is pure imports nothing but valibot',
    broken: imports(
      (source) => isPure(source) && !isAtBuildOnly(source.path),
      (name) => /^src\/|^valibot$/.test(name),
    ),
  },
  {
    says: 'the brain has one door',
    broken: imports(
      (source) => !isIn('escalation')(source),
      (name) => !/^src\/escalation\/./.test(name),
    ),
  },
  {
    says: 'only what puts the services together knows who they are',
    broken: imports(
      (source) => isIn('platform')(source) && source.path !== 'src/platform/services.ts',
      (name) => !name.startsWith('src/') || /^src\/(platform|dial-list)\//.test(name),
    ),
  },
  {
    says: 'what judges a dial list at build time is not deployed: numbering plans and time zones take 170 KB',
    broken: imports(
      ({ path }) => !isAtBuildOnly(path),
      (name) =>
        !isAtBuildOnly(`${name}.ts`) &&
        !/^(libphonenumber-js|fastest-levenshtein|temporal-polyfill)/.test(name),
    ),
  },
  { says: 'what is pure reads no clock and throws no dice', broken: words(isPure, CLOCK) },
  { says: 'what is pure asks nothing of the world', broken: words(isPure, OUTSIDE) },
  {
    says: 'nothing in src knows the switchboard, the tests or the scripts',
    broken: imports(
      () => true,
      (name) => !/^(switchboard|test|scripts)(\/|$)/.test(name),
    ),
  },
  {
    says: 'a step that several webhooks share knows none of them',
    broken: imports(isIn('webhooks/steps'), (name) => !/^src\/webhooks\/[^/]+$/.test(name)),
  },
  {
    says: 'nothing imports an endpoint, not even another one: Twilio renames what is deployed',
    broken: imports(
      () => true,
      (name) => !name.startsWith('src/functions/'),
    ),
  },
  {
    says: 'what asks Mackerel is loaded with the Asset that holds it, not before',
    broken: imports(
      (source) => !isIn('mackerel', 'news', 'assets')(source),
      (name, { text }) => !/^src\/mackerel\/(api|client|graph)$/.test(name) || isTypeOnly(text, name),
    ),
  },
  {
    says: 'Slack’s client is loaded with the Asset that holds it, not before',
    broken: imports(
      (source) => !isIn('slack', 'news', 'assets')(source),
      (name, { text }) =>
        !name.startsWith('@slack/') && (!/^src\/(slack|news)(\/|$)/.test(name) || isTypeOnly(text, name)),
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

test('the brain’s door opens for what somebody outside needs, and for nothing else', () => {
  const door = sources.find(({ path }) => path === 'src/escalation/index.ts')?.text ?? '';
  const offered = namesIn(/export (?:type )?\{([^}]*)\} from/g, door);
  const all = ['src', 'switchboard', 'operator', 'scripts', 'test'].flatMap(sourcesUnder);
  const needed = all.flatMap(({ text }) =>
    namesIn(/import (?:type )?\{([^}]*)\} from '[^']*\/escalation'/g, text),
  );
  expect(offered.length).toBeGreaterThan(30);
  expect(offered.filter((name) => !needed.includes(name))).toEqual([]);
});

const namesIn = (list: RegExp, text: string) =>
  [...text.matchAll(list)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(' ')[0] ?? '',
      )
      .filter((name) => name !== ''),
  );

test('there are no circles, not even of types', () => {
  expect(circlesAmong(sources)).toEqual([]);
});

/** Every file that imports itself by way of others. */
function circlesAmong(all: readonly Source[]): readonly string[] {
  const fileOf = (name: string) =>
    [`${name}.ts`, `${name}/index.ts`].find((path) => all.some((source) => source.path === path));
  const next = new Map(
    all.map((source) => [source.path, importsOf(source).flatMap((name) => fileOf(name) ?? [])] as const),
  );
  const reached = (from: string) => {
    const seen = new Set<string>();
    const left = [...(next.get(from) ?? [])];
    for (let path = left.pop(); path; path = left.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      left.push(...(next.get(path) ?? []));
    }
    return seen;
  };
  return all.map(({ path }) => path).filter((path) => reached(path).has(path));
}

describe('the rules can be broken', () => {
  const broken = (path: string, text: string) =>
    rules.filter((rule) => rule.broken({ path, text }).length > 0).map(({ says }) => says);

  test.each([
    ['what is pure imports nothing but', 'src/escalation/a.ts', `import twilio from 'twilio';`],
    ['what judges a dial list', 'src/webhooks/a.ts', `import { x } from '../dial-list/schema';`],
    ['what judges a dial list', 'src/webhooks/a.ts', `import { x } from 'libphonenumber-js/max';`],
    ['what judges a dial list', 'src/dial-list/a.ts', `import { x } from 'temporal-polyfill/fns/Instant';`],
    ['a room knows only', 'src/escalation/a.ts', `import { x } from '../platform/config';`],
    ['a room knows only', 'src/escalation/deep/a.ts', `import type { Params } from '../../platform/params';`],
    ['what is pure imports nothing but', 'src/speech/a.ts', `import { readFileSync } from 'node:fs';`],
    ['what is pure imports nothing but', 'src/speech/a.ts', `const x = await import("node:fs");`],
    ['a room knows only', 'src/dial-list/a.ts', `export * from '../voice/twiml';`],
    ['a room knows only', 'src/store/a.ts', `import type { Params } from '../voice/params';`],
    ['a room knows only', 'src/slack/a.ts', `import type { NewsDelivery } from '../news/deliver';`],
    ['a room knows only', 'src/mackerel/a.ts', `import { handler } from '../webhooks/answered';`],
    ['a room knows only', 'src/slack/a.ts', `import { toQuery } from '../store/continuation';`],
    ['a room knows only', 'src/mackerel/a.ts', `import type { Slack } from '../slack/poster';`],
    ['a room knows only', 'src/webhooks/a.ts', `import { handler } from '../functions/hold-music';`],
    ['the brain has one door', 'src/store/a.ts', `import { isGoingOn } from '../escalation/page';`],
    ['the brain has one door', 'src/webhooks/a.ts', `import type { Take } from '../escalation/decide/take';`],
    ['only what puts the services', 'src/platform/a.ts', `import { callsApi } from '../voice/calls';`],
    ['what is pure reads no clock', 'src/escalation/a.ts', 'const now = Date.now();'],
    ['what is pure reads no clock', 'src/escalation/a.ts', 'const now = new Date();'],
    ['what is pure reads no clock', 'src/escalation/a.ts', 'const now = new Date;'],
    ['what is pure reads no clock', 'src/dial-list/a.ts', 'const now = Date();'],
    ['what is pure reads no clock', 'src/speech/a.ts', 'const wait = Math.random() * 9;'],
    ['what is pure asks nothing', 'src/escalation/a.ts', 'const zone = process.env.TZ;'],
    ['what is pure asks nothing', 'src/escalation/a.ts', 'console.log(1);'],
    ['what is pure asks nothing', 'src/escalation/a.ts', `fetch('https://example.com');`],
    [
      'nothing in src knows the switchboard',
      'src/platform/services.ts',
      `import { installClock } from '../../switchboard/clock';`,
    ],
    [
      'nothing in src knows the switchboard',
      'src/escalation/a.ts',
      `import { onDuty } from '../../test/support/on-duty';`,
    ],
    ['nothing imports an endpoint', 'src/functions/a.ts', `import { handler } from './hold-music';`],
    ['a step that several', 'src/webhooks/steps/a.ts', `import { opened } from '../mackerel-webhook';`],
    ['what asks Mackerel', 'src/webhooks/a.ts', `import { mackerelApiOf } from '../mackerel/api';`],
    ['Slack’s client', 'src/platform/services.ts', `import { slackOf } from '../slack';`],
    ['Slack’s client', 'src/platform/services.ts', `import { newsroom } from '../news/open-news';`],
    ['Slack’s client', 'src/webhooks/a.ts', `import { WebClient } from '@slack/web-api';`],
    ['an endpoint has no more', 'src/functions/a.ts', 'x();\n'.repeat(41)],
  ])('%s: %s, %s', (says, path, text) => {
    expect(broken(path, text)).toContainEqual(expect.stringContaining(says));
  });

  test.each([
    ['src/dial-list/a.ts', `import * as v from 'valibot';`],
    ['src/dial-list/calendar.ts', `import * as Instant from 'temporal-polyfill/fns/Instant';`],
    ['src/speech/a.ts', `const then = new Date(at * 1000); const day = new Date(\`\${date}T00:00:00Z\`);`],
    ['src/escalation/a.ts', `// not Date.now(), and no import of 'twilio'\nexport const x = 1;`],
    ['src/escalation/decide/a.ts', `import type { Alert } from '../alert';`],
    ['src/escalation/a.ts', `import { PAGE } from '../platform/budget';`],
    ['src/news/a.ts', `import type { Poster } from '../slack/poster';`],
    ['src/mackerel/a.ts', `import type { Params } from '../platform/params';`],
    ['src/platform/services.ts', `import { callsApi } from '../voice/calls';`],
    ['src/functions/a.ts', 'x();\n'.repeat(40)],
  ])('what is allowed is allowed: %s, %s', (path, text) => {
    expect(broken(path, text)).toEqual([]);
  });

  test('a circle is seen', () => {
    const a = { path: 'src/store/a.ts', text: `import type { B } from './b';` };
    const b = { path: 'src/store/b.ts', text: `import { a } from './a';` };
    const c = { path: 'src/store/c.ts', text: `import { a } from './a';` };
    expect(circlesAmong([a, b, c])).toEqual([a.path, b.path]);
  });

  test('there is something to judge', () => {
    expect(sources.filter(isPure).length).toBeGreaterThan(30);
    expect(sources.filter(isFunction).length).toBeGreaterThan(4);
    const twiml = sources.find(({ path }) => path === 'src/voice/twiml.ts');
    expect(twiml && importsOf(twiml)).toEqual(
      expect.arrayContaining(['twilio/lib/twiml/VoiceResponse', 'src/dial-list/list', 'src/voice/caller']),
    );
  });
});
