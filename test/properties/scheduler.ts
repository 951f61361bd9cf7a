/** Lets several webhooks run at once, and says at each of their requests whose turn it is. */

/** Who goes on, of so many that wait: a number from 0. */
export type Choose = (waiting: number) => number;

export type Scheduler = {
  /** A request to a neighbour: done in one piece, when its turn comes. */
  turn<T>(work: () => T): Promise<T>;
  /** Starts them all at once, and gives what each came to. */
  run<T>(webhooks: readonly (() => Promise<T>)[]): Promise<T[]>;
};

export function scheduler(choose: Choose): Scheduler {
  let waiting: (() => void)[] = [];
  const real = { setTimeout: globalThis.setTimeout, setImmediate: globalThis.setImmediate, now: Date.now };
  const quiet = () => new Promise<void>((over) => void real.setImmediate(over));

  return {
    turn: (work) =>
      new Promise((resolve, reject) => {
        waiting.push(() => {
          try {
            resolve(work());
          } catch (fault) {
            reject(fault);
          }
        });
      }),
    async run(webhooks) {
      // Whoever waits a moment before trying again waits for a turn too: a moment may be of any length.
      Object.assign(globalThis, { setTimeout: (what: () => void) => void waiting.push(what) });
      const startedAt = real.now();
      Date.now = () => startedAt;
      try {
        let isOver = false;
        const all = Promise.all(webhooks.map((webhook) => webhook())).finally(() => {
          isOver = true;
        });
        all.catch(() => {});
        for (await quiet(); !isOver; await quiet()) {
          const index = waiting.length > 1 ? choose(waiting.length) : 0;
          const next = waiting[index];
          if (!next) throw new Error('Everybody waits, and nobody is waited for');
          waiting = waiting.filter((_, place) => place !== index);
          next();
        }
        return await all;
      } finally {
        Object.assign(globalThis, { setTimeout: real.setTimeout });
        Date.now = real.now;
      }
    },
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
