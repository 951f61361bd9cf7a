/** A copy of the project to build in, so that a test neither disturbs what is built nor depends on it. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const COPIED = ['src', 'scripts', 'switchboard', 'package.json', 'tsconfig.json', '.twilioserverlessrc'];

export type Built = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type ProjectCopy = {
  readonly folder: string;
  /** `npm run build`. */
  build(...options: string[]): Promise<Built>;
  /** The files that a deploy uploads, as in `functions/dial-list.protected.js`. */
  built(): Promise<string[]>;
  writeDialList(text: string | Uint8Array): Promise<void>;
  /** Null: there is none, as in a bare clone. */
  writeEnv(text: string | null): Promise<void>;
  /** What the terminal speaks from now on: `ja_JP.UTF-8`, … */
  speak(locale: string): void;
  remove(): Promise<void>;
};

export async function projectCopy(): Promise<ProjectCopy> {
  const folder = await temporaryFolder();
  await Promise.all(COPIED.map((name) => cp(join(root, name), join(folder, name), { recursive: true })));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const env = join(folder, '.env');
  let locale = 'en_US.UTF-8';
  return {
    folder,
    build: (...options) => run(folder, locale, [require.resolve('tsx/cli'), 'scripts/build.ts', ...options]),
    async built() {
      const folders = ['functions', 'assets'];
      const names = folders.map(async (one) =>
        (await readdir(join(folder, '.twilioserverless', one))).map((name) => `${one}/${name}`),
      );
      return (await Promise.all(names)).flat();
    },
    writeDialList: (text) => writeFile(join(folder, 'src/assets/dial-list.private.json'), text),
    writeEnv: (text) => (text === null ? rm(env, { force: true }) : writeFile(env, text)),
    speak: (spoken) => {
      locale = spoken;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Its real path: what is required from it goes by that. */
export async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'project-copy-')));
}

function run(cwd: string, locale: string, args: string[]): Promise<Built> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, LC_ALL: locale };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (fault, stdout, stderr) =>
      resolve({ code: fault ? Number(fault.code) : 0, stdout, stderr }),
    );
  });
}
