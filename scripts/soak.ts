/**
 * The long run, over all cores: each single fault of a few nights, then random histories by the hundred thousand.
 *
 *   npm run soak -- --histories 1000 --seed 7      so many, of another chance
 *   npm run soak -- --from 40000                   goes on from history 40000
 *   npm run soak -- --only 4711                    tells that one again, shrinks it and prints it
 *   npm run soak -- --cores 1
 *
 * A history's number and the seed are all that it takes to tell it again.
 *
 * Here the sources are only compiled, into node_modules/.cache, and the run is started there: what compiles modules as
 * they are loaded keeps the name of each function that is ever made, which costs a sixth of the time.
 */
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(__dirname, '..');
const outdir = join(root, 'node_modules/.cache/mackerel-kaden-soak');

const files = ['src', 'switchboard', 'test', 'scripts']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name));
const isPlayed = (file: string) => /\.ts$/.test(file) && !/\.test\.ts$|room\/page\//.test(file);

rmSync(outdir, { recursive: true, force: true });
buildSync({
  entryPoints: files.filter(isPlayed),
  outdir,
  outbase: root,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
});
for (const file of files.filter((one) => /\.(json|wav)$/.test(one))) {
  cpSync(file, join(outdir, relative(root, file)));
}
spawn(process.execPath, [join(outdir, 'scripts/soak/lead.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
}).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
