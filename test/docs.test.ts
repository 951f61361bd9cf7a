/** The documentation keeps step: links lead somewhere, commands exist, every key of the list is described. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import schema from '../src/assets/dial-list.schema.json';
import { sourcesUnder } from './support/source';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);

const withoutCode = (text: string) => text.replace(/^\s*```[\s\S]*?^\s*```/gm, '');

/** As GitHub names a heading: docs.github.com/get-started/writing-on-github, "Section links". */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

function anchorsOf(path: string): string[] {
  const text = withoutCode(read(path));
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
  const marks = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return [...headings, ...marks];
}

function brokenLinks(path: string): string[] {
  const links = withoutCode(read(path)).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g);
  return [...links].flatMap(([link, file, anchor]) => {
    const target = file ? relative(root, join(root, dirname(path), file)) : path;
    if (!existsSync(join(root, target))) return [link];
    return anchor && !anchorsOf(target).includes(decodeURIComponent(anchor)) ? [link] : [];
  });
}

test.each(pages)('%s: every link leads somewhere', (path) => {
  expect(brokenLinks(path)).toEqual([]);
});

test.each(pages)('%s: every npm script exists', (path) => {
  const named = [...read(path).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !scripts.includes(`${name}`))).toEqual([]);
});

const FILE = /`((?:src|test|switchboard|operator|scripts|docs)\/[\w./-]+)`/g;
const filesNamedIn = (path: string) => [...read(path).matchAll(FILE)].map(([, file = '']) => file);

/** A decision that was replaced speaks of its own time, and so does the changelog. */
const presentPages = pages.filter((path) => path !== 'CHANGELOG.md' && !/Replaced by/.test(read(path)));

test.each(presentPages)('%s: every file of ours that it names is there', (path) => {
  expect(filesNamedIn(path).filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('CONTRIBUTING leads to files', () => {
  expect(filesNamedIn('CONTRIBUTING.md').length).toBeGreaterThan(15);
});

test('each decision has a number of its own, and its place in the list', () => {
  const decisions = pages.filter((path) => /^docs\/adr\/\d/.test(path));
  const numbers = decisions.map((path) => Number(path.match(/\d+/)?.[0]));
  expect(numbers).toEqual(decisions.map((_, nth) => nth + 1));
  const listed = [...read('docs/adr/README.md').matchAll(/^(\d+)\. .*\((\d+)-/gm)].map(([, ...both]) => both);
  expect(listed).toEqual(numbers.map((number) => [`${number}`, `${number}`.padStart(4, '0')]));
});

const translated = pages.filter((path) => path.endsWith('.ja.md'));

test.each(translated)('%s has as many headings, tables and commands as the English page', (path) => {
  const english = path.replace('.ja.md', '.md');
  const shapeOf = (text: string) => ({
    headings: [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, level]) => level),
    rows: [...text.matchAll(/^ *\|/gm)].length,
    blocks: [...text.matchAll(/^ *```\w*$/gm)].length,
  });
  expect(shapeOf(read(path))).toEqual(shapeOf(read(english)));
});

test.each([
  ['README.md', 700],
  ['docs/architecture.md', 1_200],
])('%s has no more than %i words', (path, most) => {
  expect(read(path).trim().split(/\s+/).length).toBeLessThanOrEqual(most);
});

test('the README says first that nothing has run on a live account', () => {
  const top = (path: string) => read(path).split('\n').slice(0, 10).join('\n');
  expect(top('README.md')).toContain('has not run on a live');
  expect(top('README.ja.md')).toContain('本物のアカウントではまだ');
});

describe.each(['docs/dial-list.md', 'docs/dial-list.ja.md'])('%s describes', (path) => {
  const rows = [...read(path).matchAll(/^\| (`\w+`(?:[,、] ?`\w+`)*) \| (.*?) \|/gm)];
  const described = new Map(
    rows.flatMap(([, names = '', usual = '']) =>
      [...names.matchAll(/\w+/g)].map(([name]) => [name, usual] as const),
    ),
  );
  const { properties } = schema;
  const { $schema: _, ...keys } = properties;

  test('every key of the list and of a member', () => {
    const all = [...Object.keys(keys), ...Object.keys(properties.members.items.properties)];
    expect(all.filter((key) => !described.has(key))).toEqual([]);
  });

  test('with its default', () => {
    const defaults = Object.entries(keys).flatMap(([key, rule]) =>
      'default' in rule && typeof rule.default !== 'object' ? [[key, rule.default] as const] : [],
    );
    // A member's own ring time and language are described after the list's.
    const own = new Set(['ringSeconds', 'language']);
    const said = new Map(rows.toReversed().map(([, name = '', usual = '']) => [name.slice(1, -1), usual]));
    expect(defaults.length).toBeGreaterThan(8);
    for (const [key, value] of defaults)
      expect([key, own.has(key) ? said.get(key) : described.get(key)]).toEqual([
        key,
        `\`${JSON.stringify(value)}\``,
      ]);
  });
});

/** Wording that has to be read twice, and what to write instead. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\blest\b/i, 'so that … not'],
  [/(?:^|[.:;] )Whoever\b/, 'name who it is: the webhook that …, the member who …'],
  [/(?:^|[.:;] )Whom\b/, 'the member that …'],
  [/(?:^|[.:;] )Of (?:an?|all|each|several|what|who|those|them)\b/, 'begin with the subject'],
  [/\bnor (?:is|are|does|do|has|can|may|where|what|to)\b/i, 'a sentence of its own'],
  [/\bwithout which\b/i, 'a sentence of its own'],
  [/\b(?:is|are|keeps|holds|has|knows|can) but\b/, 'only'],
  [/\bbut for\b/, 'except, without'],
  [/\bfor want of\b/, 'without'],
  [
    /, for (?:it|they|nobody|somebody|there|that|who|what|we|he) (?:is|are|has|have|had|may|can|could|would|will|must|was|were|does|do|knows?|needs?|wants?)\b/,
    'because, since',
  ],
];

/** A comment as one line: a block without its stars, or a line comment. */
function commentsOf(text: string): string[] {
  const code = text.replace(/\\./g, '  ').replace(/(['"])(?:(?!\1|\n).)*\1/g, '');
  return [...code.matchAll(/\/\*[\s\S]*?\*\/|(?<=^|[\s;])\/\/.*$/gm)].map(([comment]) =>
    comment
      .replace(/^\/\*+|\*+\/$|^\/\//g, '')
      .replace(/\s*\n\s*\*?\s*/g, ' ')
      .trim(),
  );
}

test('what counts as hard to read is found in a block and in a line', () => {
  const found = commentsOf('/**\n * A lock,\n * without which it fails.\n */\nconst a = 1; // lest it rings');
  expect(found).toEqual(['A lock, without which it fails.', 'lest it rings']);
});

test.each(['src', 'switchboard', 'operator', 'scripts', 'test'])(
  'comments in %s/ can be read once',
  (folder) => {
    const faults = sourcesUnder(folder)
      .filter(({ path }) => path !== 'test/docs.test.ts')
      .flatMap(({ path, text }) =>
        commentsOf(text).flatMap((comment) => {
          const banned = BANNED.find(([wording]) => wording.test(comment));
          return banned ? [`${path}: ${banned[1]}: ${comment}`] : [];
        }),
      );
    expect(faults).toEqual([]);
  },
);
