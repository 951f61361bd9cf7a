/**
 * The conformance suite of the switchboard: one test for each documented behaviour that the product leans on. Every
 * `describe` names the page it is taken from: `docs/…` is twilio.com/docs/….
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands at the left margin of a test file: `describe` or `test`, and its title. */
const OUTERMOST = /^(describe|test)[\w.]*\(\s*(['"`])(.*?)\2/gms;
const SOURCE = /\bdocs\/[a-z]|^twilio-oai |^twilio\/lib\/|^@slack\/web-api\/dist\/types/;

const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts') && name !== 'pages.test.ts');

test.each(files)('%s names the page of every behaviour', (file) => {
  const found = [...readFileSync(join(__dirname, file), 'utf8').matchAll(OUTERMOST)];
  expect(found.length).toBeGreaterThan(0);
  for (const [, kind, , title] of found) {
    expect(kind).toBe('describe');
    expect(title).toMatch(SOURCE);
  }
});
