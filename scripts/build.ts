/**
 * Builds what gets deployed: `npm run build`.
 *
 * Everything in the two folders is uploaded and, unless its name says otherwise, public. So they are emptied first,
 * and only what is named here gets in: no source maps, no declarations, no schema.
 */
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { build, type Plugin, type TransformFailure, transform } from 'esbuild';
import pc from 'picocolors';
import { configFaults, readConfig } from '../src/config';
import { type Checked, checkDialList } from '../src/core/dial-list-check';

const root = join(__dirname, '..');
const out = join(root, '.twilioserverless');
const dialListFile = 'src/assets/dial-list.private.json';

async function main(): Promise<number> {
  const startedAt = performance.now();
  const checked = await readDialList();
  if (!checked.ok) {
    printFaults(checked.faults);
    return 1;
  }
  await Promise.all(
    ['functions', 'assets'].map((folder) => rm(join(out, folder), { recursive: true, force: true })),
  );
  await Promise.all([
    bundle(await sourcesIn('src/functions'), join(out, 'functions')),
    bundle(await sourcesIn('src/assets'), join(out, 'assets')),
  ]);
  await mkdir(join(out, 'assets'), { recursive: true });
  await writeFile(join(out, 'assets', basename(dialListFile)), JSON.stringify(checked.list));
  await cp(join(root, 'src/assets/hold-music.wav'), join(out, 'assets/hold-music.wav'));
  const files = await sizes();
  const took = Math.round(performance.now() - startedAt);
  if (!process.argv.includes('--brief')) printTable(files);
  const members = checked.list.members.length;
  console.log(`${pc.green('✓')} Built ${files.length} files for ${members} members in ${took} ms`);
  await sayHowItIsSet();
  return 0;
}

/** What the user's own .env comes to, if there is one yet: said before it is run or deployed. */
async function sayHowItIsSet(): Promise<void> {
  const text = await readFile(join(root, '.env'), 'utf8').catch(() => null);
  if (text === null) return;
  const env = parseEnv(text);
  for (const fault of configFaults(env)) console.warn(`${pc.yellow('!')} .env: ${fault}`);
  if (!readConfig(env).slack) {
    console.warn(`${pc.yellow('!')} .env: no Slack is set up, so only Twilio's log tells what happens`);
  }
}

async function readDialList(): Promise<Checked> {
  const text = await readFile(join(root, dialListFile), 'utf8');
  try {
    return checkDialList(JSON.parse(text));
  } catch {
    return { ok: false, faults: [{ path: [], place: 'dial list', message: await whyNoJson(text) }] };
  }
}

/** Where it goes wrong. Node's own message quotes the text around, and that may be a phone number. */
async function whyNoJson(text: string): Promise<string> {
  const { errors } = await transform(text, { loader: 'json', logLevel: 'silent' }).then(
    () => ({ errors: [] }),
    (failure: TransformFailure) => failure,
  );
  const { line, column } = errors[0]?.location ?? {};
  return line === undefined
    ? 'is not JSON'
    : `is not JSON: look at line ${line}, column ${(column ?? 0) + 1}`;
}

async function sourcesIn(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder));
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(root, folder, name));
}

/** One self-contained file each: Twilio renames what is deployed, so one could not require another. */
async function bundle(entryPoints: string[], outdir: string): Promise<void> {
  await build({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Node 20 knows \p{…}, of which esbuild is not sure: it would keep expressions that nobody uses, built at each start.
    supported: { 'regexp-unicode-property-escapes': true },
    format: 'cjs',
    // Twilio installs it in the cloud; two copies would not know each other's classes.
    external: ['twilio'],
    // A cold Function reads its file before the phone rings.
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'error',
    plugins: [onePolyfill],
  });
}

/** temporal-polyfill brings its functions twice, once for a Node with `Temporal`, which Twilio has none of. */
const onePolyfill: Plugin = {
  name: 'one-polyfill',
  setup({ onResolve }) {
    onResolve({ filter: /\/funcApi-native\.js$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, dirname(path), 'funcApi-shim.js'),
    }));
  },
};

type Size = { readonly file: string; readonly bytes: number };

async function sizes(): Promise<Size[]> {
  const folders = ['functions', 'assets'];
  const listed = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(out, folder))).sort().map((name) => `${folder}/${name}`),
    ),
  );
  return Promise.all(
    listed.flat().map(async (file) => ({ file, bytes: (await stat(join(out, file))).size })),
  );
}

function printTable(files: readonly Size[]): void {
  const width = Math.max(...files.map(({ file }) => file.length));
  for (const { file, bytes } of files) {
    console.log(`  ${file.padEnd(width)}  ${pc.dim(`${(bytes / 1024).toFixed(1).padStart(7)} KB`)}`);
  }
}

function printFaults(faults: readonly { place: string; message: string }[]): void {
  console.error(
    `${pc.red('✗')} ${dialListFile} has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}:`,
  );
  for (const { place, message } of faults) console.error(`  ${pc.bold(place)}: ${message}`);
}

main().then((code) => {
  process.exitCode = code;
});
