/** The two folders that get deployed. Everything in them is uploaded and, unless its name says otherwise, public. */
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDERS = ['functions', 'assets'] as const;

export async function emptied(out: string): Promise<void> {
  await Promise.all(
    FOLDERS.map(async (folder) => {
      await rm(join(out, folder), { recursive: true, force: true });
      await mkdir(join(out, folder), { recursive: true });
    }),
  );
}

/**
 * Two empty folders would be deployed as they are: a service without a Function instead of one that rings. Twilio's
 * tools refuse a name with a comma before they ask for anything.
 */
export const SIGN = 'the-build-failed,run-npm-run-build.js';

export async function leaveNothing(out: string): Promise<void> {
  await emptied(out);
  await writeFile(
    join(out, 'functions', SIGN),
    '// The last build failed, so there is nothing to deploy. `npm run build` says why.\n',
  );
}

export type Size = { readonly file: string; readonly bytes: number };

export async function sizes(out: string): Promise<Size[]> {
  const listed = await Promise.all(
    FOLDERS.map(async (folder) =>
      (await readdir(join(out, folder))).sort().map((name) => `${folder}/${name}`),
    ),
  );
  return Promise.all(
    listed.flat().map(async (file) => ({ file, bytes: (await stat(join(out, file))).size })),
  );
}
