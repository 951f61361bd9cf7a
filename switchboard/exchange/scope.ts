import type { Clock } from '../clock';

/**
 * A stretch of time that can be cut short: a call, a document, a prompt. Every wait in the exchange belongs to one,
 * so a hang-up ends everything, wherever it is.
 */
export type Scope = {
  readonly over: boolean;
  onOver(what: (why: string) => void): () => void;
  end(why: string): void;
};

/** What a wait ends with if its scope is cut short. */
export class Interrupted extends Error {
  constructor(readonly why: string) {
    super(`interrupted: ${why}`);
  }
}

export function openScope(parent?: Scope): Scope {
  const listeners = new Set<(why: string) => void>();
  let over = false;
  const end = (why: string) => {
    if (over) return;
    over = true;
    leave?.();
    for (const listener of [...listeners]) listener(why);
    listeners.clear();
  };
  const leave = parent?.onOver(end);
  if (parent?.over) end('already over');
  return {
    get over() {
      return over;
    },
    onOver(what) {
      listeners.add(what);
      return () => void listeners.delete(what);
    },
    end,
  };
}

/** The promise's value, or `Interrupted` as soon as the scope is over. */
export function within<T>(scope: Scope, promise: Promise<T>): Promise<T> {
  if (scope.over) {
    promise.catch(() => undefined);
    return Promise.reject(new Interrupted('already over'));
  }
  return new Promise((resolve, reject) => {
    const leave = scope.onOver((why) => reject(new Interrupted(why)));
    promise.then(
      (value) => {
        leave();
        resolve(value);
      },
      (error) => {
        leave();
        reject(error);
      },
    );
  });
}

export function wait(clock: Clock, scope: Scope, seconds: number): Promise<void> {
  if (scope.over) return Promise.reject(new Interrupted('already over'));
  return new Promise((resolve, reject) => {
    const cancel = clock.after(seconds, () => {
      leave();
      resolve();
    });
    const leave = scope.onOver((why) => {
      cancel();
      reject(new Interrupted(why));
    });
  });
}
