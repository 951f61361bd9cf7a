/** The documentation keeps step: links lead somewhere, commands exist, every key of the list is described. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import schema from '../src/assets/dial-list.schema.json';

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

test('every file that CONTRIBUTING leads to is there', () => {
  const files = [...read('CONTRIBUTING.md').matchAll(/`((?:src|test|switchboard|docs)\/[\w./-]+)`/g)];
  expect(files.length).toBeGreaterThan(15);
  expect(files.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
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

test('the README can be read in three minutes, and says first that nothing has run on a live account', () => {
  expect(read('README.md').split(/\s+/).length).toBeLessThanOrEqual(700);
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
