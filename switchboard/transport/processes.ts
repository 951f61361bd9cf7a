/**
 * The processes that run a deployment at Twilio. Each serves one request at a time, and its modules' memory is its
 * own; which idle one comes next is unknown. Whether Functions share a process is not documented: here each bundle
 * keeps to itself.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

type Exports = Record<string, unknown>;
type Compiled = (exports: Exports, require: NodeJS.Require, module: { exports: Exports }) => void;

export type Process = { load(file: string): Exports };

export type Processes = {
  /** An idle one, or a new one. */
  take(): Process;
  giveBack(process: Process): void;
  /** How many were needed. */
  readonly count: number;
};

/** @param folder of what is deployed: each process loads its modules anew */
export function openProcesses(folder: string): Processes {
  const idle: Process[] = [];
  let count = 0;
  return {
    take() {
      const [found] = idle.splice(Math.floor(Math.random() * idle.length), 1);
      if (found) return found;
      count += 1;
      return startProcess(folder);
    },
    giveBack: (process) => void idle.push(process),
    get count() {
      return count;
    },
  };
}

function startProcess(folder: string): Process {
  const loaded = new Map<string, { exports: Exports }>();
  /** Code that is not ours, above all `twilio`, is shared: it remembers nothing. */
  const requireFrom = ((name: string) =>
    name.startsWith(folder) ? load(name) : require(name)) as NodeJS.Require;
  function load(file: string): Exports {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    compiled(file)(module.exports, requireFrom, module);
    return module.exports;
  }
  return { load };
}

const sources = new Map<string, Compiled>();

function compiled(file: string): Compiled {
  const known = sources.get(file);
  if (known) return known;
  // In this realm, whose clock is ours; under jest, `node:vm` would run it in another.
  const made = new Function(
    'exports',
    'require',
    'module',
    `${readFileSync(file, 'utf8')}\n//# sourceURL=${dirname(file)}`,
  ) as Compiled;
  sources.set(file, made);
  return made;
}
