/** Without an account: each of the three commands ends well on the switchboard, and leaves nothing behind. */
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
const tsx = require.resolve('tsx/cli');

/** As `npm run` runs it; what is built lies there already, and other tests read it. */
function run(command: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: '1', LC_ALL: 'en_US.UTF-8' };
  return new Promise((over) => {
    execFile(
      process.execPath,
      [tsx, join(root, 'operator', `${command}.ts`), '--practice', ...args],
      { cwd: root, env },
      (fault, stdout, stderr) => over({ code: fault ? Number(fault.code) : 0, said: stdout + stderr }),
    );
  });
}

/** The user's own files, with when they were last written. */
async function files(): Promise<string[]> {
  const names = (await readdir(root)).filter((name) => !['node_modules', '.git', 'coverage'].includes(name));
  return Promise.all(names.map(async (name) => `${name} ${(await stat(join(root, name))).mtimeMs}`));
}

test('setup, doctor and rehearse, one after the other', async () => {
  const before = await files();
  const setup = await run('setup', '--yes');
  expect([setup.code, setup.said]).toEqual([0, expect.stringContaining('it answers and is healthy')]);
  const doctor = await run('doctor');
  expect([doctor.code, doctor.said]).toEqual([0, expect.stringContaining('not to be known from here.')]);
  const rehearse = await run('rehearse');
  expect([rehearse.code, rehearse.said]).toEqual([0, expect.stringContaining('keys are heard')]);
  expect(await files()).toEqual(before);
});

test('a rehearsal of one member, and the order without ringing anybody', async () => {
  expect(await run('rehearse', '--to', '高橋', '--lang', 'ja')).toEqual({
    code: 0,
    said: expect.stringMatching(/高橋: 0 秒後に呼び出し、5 秒後に応答、1 を押して対応/),
  });
  expect(await run('rehearse', '--dry-run')).toEqual({
    code: 0,
    said: expect.stringMatching(/^Tonight: .+ → .+ → .+\n$/),
  });
  expect(await run('rehearse', '--to', 'Nobody')).toEqual({
    code: 2,
    said: expect.stringContaining('Take one of'),
  });
});

test('npm run --silent doctor -- --json prints JSON, and nothing else', async () => {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['run', '--silent', 'doctor', '--', '--practice', '--json'],
    { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
});

test('nobody is ever asked without a terminal', async () => {
  expect(await run('setup')).toEqual({
    code: 2,
    said: expect.stringContaining('Run it in a terminal, or with --yes.'),
  });
});
