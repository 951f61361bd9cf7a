/** What gets deployed, made by esbuild: one self-contained file for each Function and each Asset that is code. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Each source file of a folder becomes a file of its own: Twilio renames deployed files, so that none could require
 * another.
 *
 * @param isReadable for a look at what runs: nothing is shortened, and each part says which file it came from
 */
export async function bundle(folder: string, outdir: string, { isReadable = false } = {}): Promise<void> {
  const names = await readdir(folder);
  const entryPoints = names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  await build({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Node 20 knows \p{…}. esbuild is not sure of that, and would keep unused expressions, which are compiled at each
    // start.
    supported: { 'regexp-unicode-property-escapes': true },
    format: 'cjs',
    // Twilio installs it in the cloud; two copies would not know each other's classes.
    external: ['twilio'],
    // A cold Function reads its file before the phone rings.
    minify: !isReadable,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'error',
  });
}
