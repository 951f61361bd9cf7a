/** Lets several webhooks run at once, and says at each of their requests whose turn it is. */
import { underWayUntil } from '../support/cut-off';

/** Which of so many that wait goes on: a number from 0. */
export type Choose = (waiting: number) => number;

export type Scheduler = {
  /** A request to a neighbour: done in one piece, when its turn comes. */
  turn<T>(work: () => T): Promise<T>;
  /** Starts them all at once, and gives what each came to. */
  run<T>(webhooks: readonly (() => Promise<T>)[]): Promise<T[]>;
};

/** Milliseconds. No webhook lasts longer: what is put off for so long is a limit, and nothing here takes long. */
const NEVER = 10_000;

/** What was cut off does not go on beside the next test. */
const NEVER_AGAIN = new Promise<never>(() => {});

type Waiting = { readonly goOn: () => void; readonly isMoment: boolean; readonly since: number };

/**
 * @param isPatient whoever waits a moment lets somebody else do something first: where they wait by looking again and
 *   again, there would be no end of orders in which they see nothing new
 */
export function scheduler(choose: Choose, { isPatient = false } = {}): Scheduler {
  let waiting: Waiting[] = [];
  let turns = 0;
  const wait = (goOn: () => void, isMoment = false) => void waiting.push({ goOn, isMoment, since: turns });
  const isReady = ({ isMoment, since }: Waiting) => !isPatient || !isMoment || turns > since;
  const real = { setTimeout: globalThis.setTimeout, setImmediate: globalThis.setImmediate, now: Date.now };
  const quiet = () => new Promise<void>((over) => void real.setImmediate(over));

  return {
    turn: (work) =>
      new Promise((resolve, reject) => {
        wait(() => {
          try {
            resolve(work());
          } catch (fault) {
            reject(fault);
          }
        });
      }),
    async run(webhooks) {
      // A wait before another try is a turn as well: it may be of any length.
      const moment = (what: () => void, ms = 0) => (ms < NEVER ? wait(what, true) : undefined);
      Object.assign(globalThis, { setTimeout: moment });
      const startedAt = real.now();
      Date.now = () => startedAt;
      let isEnded = false;
      const end = underWayUntil(() => {
        isEnded = true;
        Object.assign(globalThis, { setTimeout: real.setTimeout });
        Date.now = real.now;
      });
      try {
        let isOver = false;
        const all = Promise.all(webhooks.map((webhook) => webhook())).finally(() => {
          isOver = true;
        });
        all.catch(() => {});
        for (await quiet(); !isOver; await quiet()) {
          if (isEnded) await NEVER_AGAIN;
          const ready = waiting.some(isReady) ? waiting.filter(isReady) : waiting;
          const next = ready[ready.length > 1 ? choose(ready.length) : 0];
          if (!next) throw new Error('Everybody waits, and nobody is waited for');
          waiting = waiting.filter((one) => one !== next);
          turns += 1;
          next.goOn();
        }
        return await all;
      } finally {
        end();
      }
    },
  };
}

/** Every order, or so many of them by chance if there are more. */
export async function inOrders(most: number, run: (choose: Choose) => Promise<void>): Promise<void> {
  try {
    await everyOrder(most, run);
  } catch (fault) {
    if (!/more than/.test(String(fault))) throw fault;
    const choose = byChance(1);
    for (let nth = 0; nth < most; nth++) await run(choose);
  }
}

/** The same chance for the same seed. */
export function byChance(seed: number): Choose {
  let last = seed;
  return (of) => {
    last = (last * 16_807) % 2_147_483_647;
    return last % of;
  };
}

/** Every order in which turns can be given: runs once for each. Gives how many there were. */
export async function everyOrder(most: number, run: (choose: Choose) => Promise<void>): Promise<number> {
  let path: { choice: number; of: number }[] = [];
  for (let runs = 1; ; runs++) {
    if (runs > most) throw new Error(`There are more than ${most} orders`);
    let depth = 0;
    const taken = path;
    await run((of) => {
      const step = taken[depth] ?? { choice: 0, of };
      taken[depth] = step;
      depth += 1;
      return step.choice;
    });
    path = taken.slice(0, depth);
    while (path.length > 0 && (path.at(-1)?.choice ?? 0) + 1 >= (path.at(-1)?.of ?? 0))
      path = path.slice(0, -1);
    const last = path.at(-1);
    if (!last) return runs;
    path = [...path.slice(0, -1), { ...last, choice: last.choice + 1 }];
  }
}
