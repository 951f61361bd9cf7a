/** The door to the switchboard: the documented example runs, and nobody reaches past it who need not. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dialList, openSwitchboard } from '../../switchboard';
import { importsOf, sourcesUnder } from '../support/source';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const example = read('switchboard/example.ts').trimEnd();

test('the example has 15 lines, and the documentation shows it as it is', () => {
  expect(example.split('\n')).toHaveLength(15);
  expect(read('docs/switchboard.md')).toContain(`\`\`\`ts\n${example}\n\`\`\``);
});

test('the example rings Sato in vain, then Suzuki, who takes it', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'switchboard/example.ts'],
    { cwd: root },
  );
  const lines = stdout.split('\n').filter((line) => !line.startsWith('{'));
  const story = [/Sato: no answer/, /Suzuki picked up/, /Suzuki took it/];
  const places = story.map((words) => lines.findIndex((line) => words.test(line)));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
});

test('what is broken from the start, is', async () => {
  const quiet = [jest.spyOn(console, 'log'), jest.spyOn(console, 'warn')];
  for (const spy of quiet) spy.mockImplementation(() => undefined);
  const board = openSwitchboard({
    list: dialList({ members: [{ name: 'Sato', phone: '+815000000001' }], rounds: 1 }),
    startAt: new Date('2026-11-22T18:00:00Z'),
    faults: { slack: { kind: 'down' }, callbacks: ({ kind }) => (kind === 'status' ? [] : [0]) },
  });
  board.mackerel.raise();
  await board.untilQuiet();
  for (const spy of quiet) spy.mockRestore();
  board.close();
  expect(board.person('Sato').rings).toHaveLength(1);
  expect(board.slack.messages).toEqual([]);
  expect(board.functions.invocations.map(({ path }) => path)).not.toContain('/dial-status');
  expect(board.twiml().map(({ path }) => path)).toEqual(['/hold-music', '/dial-list', '/dial-ended']);
  expect(() => board.person('Nobody')).toThrow('nobody called Nobody');
});

/** Tests of one stand-in, or of one client against one stand-in, need not load the rest. */
const BEHIND = [
  /^test\/(switchboard|conformance|unit)\//,
  /^test\/support\/stand-ins\.ts$/,
  /^test\/build\/deploy/,
];

/** What is played on the switchboard, and no stand-in: these have doors of their own. */
const isBehind = (name: string) => /^switchboard\/(?!(terminal|drill|room)(\/|$))/.test(name);
const pastTheDoor = (...folders: string[]) =>
  folders
    .flatMap(sourcesUnder)
    .filter(({ path }) => !BEHIND.some((place) => place.test(path)))
    .flatMap((source) =>
      importsOf(source)
        .filter(isBehind)
        .map((name) => `${source.path}: ${name}`),
    );

test('tests, scripts and the terminal come in by the door', () => {
  expect(
    pastTheDoor('test', 'scripts', 'switchboard/terminal', 'switchboard/drill', 'switchboard/room'),
  ).toEqual([]);
});
