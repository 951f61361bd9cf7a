import type { ReadStream } from 'node:tty';

export type StopSignal = {
  readonly hasKeys: boolean;
  readonly asked: Promise<void>;
  /** Releases keyboard and signals. */
  release(): void;
};

const ENTER = ['\r', '\n'];
/** q, and the keys that a terminal in raw mode does not turn into a signal: Ctrl-C and Ctrl-D. */
const QUIT = ['q', 'Q', '\x03', '\x04'];
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Waits until a person, or the parent process, ends it. Reads the keyboard if there is one. */
export function stopSignal({ hasKeys, onEnter }: { hasKeys: boolean; onEnter: () => void }): StopSignal {
  const leave: (() => void)[] = [];
  const asked = new Promise<void>((resolve) => {
    const quit = () => resolve();
    for (const signal of SIGNALS) {
      process.once(signal, quit);
      leave.push(() => void process.off(signal, quit));
    }
    if (hasKeys) leave.push(readKeys(process.stdin, onEnter, quit));
  });
  return {
    hasKeys,
    asked,
    release() {
      for (const one of leave) one();
    },
  };
}

function readKeys(keyboard: ReadStream, onEnter: () => void, onQuit: () => void): () => void {
  const read = (data: Buffer) => {
    for (const key of data.toString('utf8')) {
      if (ENTER.includes(key)) onEnter();
      if (QUIT.includes(key)) onQuit();
    }
  };
  keyboard.setRawMode(true);
  keyboard.on('data', read);
  keyboard.resume();
  return () => {
    keyboard.off('data', read);
    keyboard.setRawMode(false);
    keyboard.pause();
  };
}
