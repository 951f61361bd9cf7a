/**
 * How many files one webhook enters, and how many functions it runs, by V8's own count, for one page on the switchboard.
 * The deployed code runs, except that its names are not shortened.
 */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ignores, passes, takes } from '../../switchboard';
import { bundle } from '../build/bundle';
import { openBoard, phoneOf } from './board';

const root = join(__dirname, '../..');

export type Entered = {
  /** The endpoint, and what it was about. */
  readonly webhook: string;
  readonly files: readonly string[];
  /** `file name`, one for each function with a name that ran. */
  readonly functions: readonly string[];
  /** Functions without a name: one reads them where they stand. */
  readonly closures: number;
};

/** Seconds: so late nothing else is at work. */
const APART = 0.5;
/** Neither has anything to do with the other. */
const APART_PAGES = 3 * 3_600;

/** A page that the first member lets ring, the second passes on and the third takes, in either way. */
export async function enteredByWebhooks(): Promise<Entered[]> {
  const project = await builtReadably();
  try {
    return [...(await pageIn(project, 'bridge')), ...(await pageIn(project, 'direct'))];
  } finally {
    await rm(project, { recursive: true });
  }
}

/** A build in which each function still says which file it came from. */
async function builtReadably(): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'bench-'));
  const out = join(project, '.twilioserverless');
  await Promise.all([
    bundle(join(root, 'src/functions'), join(out, 'functions'), { isReadable: true }),
    bundle(join(root, 'src/assets'), join(out, 'assets'), { isReadable: true }),
    symlink(join(root, 'node_modules'), join(project, 'node_modules')),
  ]);
  await writeFile(join(out, 'assets/hold-music.wav'), '');
  return project;
}

async function pageIn(project: string, way: 'bridge' | 'direct'): Promise<Entered[]> {
  const board = openBoard({
    project,
    ...(way === 'direct' ? { start: 'webhook' } : { mackerel: { statusCallback: true } }),
  });
  const counter = openCounter(project);
  const entered: Entered[] = [];
  board.functions.on(({ path, request }) => {
    const ran = counter.take(`${basename(path)}.`);
    const about = request.url.searchParams.get('attempt');
    const key = new URLSearchParams(request.body).get('Digits');
    const webhook = [path, about && `ring ${Number(about) + 1}`, key && `key ${key}`].filter(Boolean);
    if (ran.length > 0)
      entered.push({
        webhook: `${way}: ${webhook.join(', ')}`,
        files: filesOf(ran),
        functions: ran.filter((one) => !isClosure(one)),
        closures: ran.filter(isClosure).length,
      });
  });
  board.exchange.delivery = ({ kind }) => (kind === 'status' ? [APART] : [0]);
  const page = async (name: string) => {
    for (const [nth, reaction] of [ignores, passes, takes].entries())
      board.exchange.phone(phoneOf(nth)).next(reaction);
    board.mackerel.raise({ monitorName: name, host: { name } });
    await board.untilQuiet();
  };
  try {
    // The first page makes what Sync lacks, and loads what is loaded once.
    await page('first');
    await board.clock.run(APART_PAGES);
    entered.length = 0;
    await page('second');
    return entered;
  } finally {
    counter.close();
    board.close();
  }
}

const isClosure = (one: string) => one.includes(' anonymous@');
const filesOf = (functions: readonly string[]) => [
  ...new Set(functions.map((one) => one.split(' ')[0] ?? '')),
];

type Counted = {
  readonly result: readonly {
    readonly url: string;
    readonly scriptId: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
};

function openCounter(project: string) {
  const session = new Session();
  session.connect();
  const sources = new Map<string, string>();
  /** The inspector of this very thread answers before it returns. */
  const ask = <T>(method: string, params: object = {}): T => {
    let answer: T | undefined;
    session.post(method, params, (fault, given) => {
      if (fault) throw fault;
      answer = given as T;
    });
    return answer as T;
  };
  const sourceOf = (scriptId: string): string => {
    const known = sources.get(scriptId);
    if (known !== undefined) return known;
    const { scriptSource } = ask<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId });
    sources.set(scriptId, scriptSource);
    return scriptSource;
  };
  ask('Debugger.enable');
  ask('Profiler.enable');
  ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  return {
    /** What ran since it was asked last, of the Function's own file and of the Assets. */
    take(ownFile: string): string[] {
      const { result } = ask<Counted>('Profiler.takePreciseCoverage');
      const ours = result.filter(
        ({ url }) =>
          url.includes(basename(project)) && (url.includes('/assets/') || basename(url).startsWith(ownFile)),
      );
      const ran = ours.flatMap(({ scriptId, functions }) =>
        functions.flatMap(({ functionName, ranges: [range] }) => {
          const file = range && range.count > 0 ? fileAt(sourceOf(scriptId), range.startOffset) : null;
          return file ? [`${file} ${functionName || 'anonymous'}@${range?.startOffset}`] : [];
        }),
      );
      return [...new Set(ran)];
    },
    close() {
      ask('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}

/** esbuild writes above each file's code where it came from. */
function fileAt(source: string, offset: number): string | null {
  const [, file] = [...source.slice(0, offset).matchAll(/^ *\/\/ (\S+\.ts)$/gm)].at(-1) ?? [];
  const at = file?.indexOf('src/') ?? -1;
  return file && at >= 0 && !file.includes('node_modules') ? file.slice(at + 4) : null;
}
