/**
 * Builds what gets deployed: `npm run build`. What people have written is checked first, all of it, and a build that
 * fails leaves nothing to deploy. Only what is named here gets in: no source maps, no declarations, no schema.
 */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import pc from 'picocolors';
import type { DialList } from '../src/dial-list/list';
import { languageOf } from '../switchboard/terminal/language';
import { bundle } from './build/bundle';
import type { Finding } from './build/finding';
import { ENV_FILE, judge, LIST_FILE } from './build/judge';
import { emptied, leaveNothing, type Size, sizes } from './build/output';
import { buildPhrases } from './build/phrases';

const root = join(__dirname, '..');
const out = join(root, '.twilioserverless');
const phrases = buildPhrases[languageOf(process.env)];

async function main(): Promise<number> {
  const startedAt = performance.now();
  const env = await readFile(join(root, ENV_FILE), 'utf8').catch(() => null);
  const { list, faults, warnings } = judge(
    await readFile(join(root, LIST_FILE)),
    env,
    languageOf(process.env),
  );
  if (!list || faults.length > 0) {
    await leaveNothing(out);
    printFaults(faults);
    return 1;
  }
  await made(list);
  const files = await sizes(out);
  const took = Math.round(performance.now() - startedAt);
  if (!process.argv.includes('--brief')) printTable(files);
  console.log(`${pc.green('✓')} ${phrases.built(files.length, list.members.length, took)}`);
  for (const warning of warnings) console.warn(`${pc.yellow('!')} ${warning.file}: ${inWords(warning)}`);
  return 0;
}

async function made(list: DialList): Promise<void> {
  await emptied(out);
  // Everything comes to an end before a failure is reported: a step that went on would write into a folder that is
  // being emptied.
  const parts = await Promise.allSettled([
    bundle(join(root, 'src/functions'), join(out, 'functions')),
    bundle(join(root, 'src/assets'), join(out, 'assets')),
    writeFile(join(out, 'assets', basename(LIST_FILE)), JSON.stringify(list)),
    cp(join(root, 'src/assets/hold-music.wav'), join(out, 'assets/hold-music.wav')),
  ]);
  const failed = parts.find((part) => part.status === 'rejected');
  if (failed) throw failed.reason;
}

function printTable(files: readonly Size[]): void {
  const width = Math.max(...files.map(({ file }) => file.length));
  for (const { file, bytes } of files) {
    console.log(`  ${file.padEnd(width)}  ${pc.dim(`${(bytes / 1024).toFixed(1).padStart(7)} KB`)}`);
  }
}

function printFaults(faults: readonly Finding[]): void {
  for (const file of new Set(faults.map((fault) => fault.file))) {
    const ofFile = faults.filter((fault) => fault.file === file);
    console.error(`${pc.red('✗')} ${phrases.faultsIn(file, ofFile.length)}`);
    for (const fault of ofFile) console.error(`  ${inWords(fault)}`);
  }
  console.error(phrases.nothingBuilt);
}

function inWords({ line, place, message }: Finding): string {
  const at = phrases.at(line, place);
  return at ? `${pc.bold(at)}: ${message}` : message;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  async (fault: Error) => {
    await leaveNothing(out);
    console.error(`${pc.red('✗')} ${fault.message}\n${phrases.nothingBuilt}`);
    process.exitCode = 1;
  },
);
