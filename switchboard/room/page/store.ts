/** The switchboard's messages, folded into a view; and its clock, which goes on between two messages. */
import { useEffect, useState } from 'preact/hooks';
import type { Entry } from '../journal';
import { emptyView, fold, type View } from '../view';

export type Connection = 'connecting' | 'open' | 'lost';

let view = emptyView();
/** Counts the changes of the view. */
let version = 0;
let connection: Connection = 'connecting';
let clock = { now: 0, speed: 1, isPaused: true, heardAt: 0 };
let isDrawing = false;

const watchers = new Set<() => void>();
const listeners = new Set<(entry: Entry) => void>();

/** Once a frame, however much comes in; in a hidden window at once. */
function draw(): void {
  if (isDrawing) return;
  isDrawing = true;
  const go = () => {
    isDrawing = false;
    for (const watcher of watchers) watcher();
  };
  if (document.hidden) setTimeout(go);
  else requestAnimationFrame(go);
}

export function connect(): void {
  const source = new EventSource('/api/events');
  source.addEventListener('open', () => {
    connection = 'open';
    draw();
  });
  source.addEventListener('error', () => {
    connection = 'lost';
    draw();
  });
  source.addEventListener('message', ({ data }) => {
    for (const entry of JSON.parse(data) as Entry[]) {
      view = fold(view, entry);
      version += 1;
      for (const listener of listeners) listener(entry);
    }
    draw();
  });
  source.addEventListener('clock', ({ data }) => {
    const before = clock;
    clock = { ...JSON.parse(data), heardAt: performance.now() };
    // Time alone changes only what shows it, and that reads the clock itself.
    if (before.isPaused !== clock.isPaused || before.speed !== clock.speed) draw();
  });
}

/** Virtual milliseconds since the epoch. */
export function virtualNow(): number {
  if (clock.isPaused) return clock.now;
  return clock.now + (performance.now() - clock.heardAt) * clock.speed;
}

/** Hears each entry; `isOld` for entries from before the page. */
export function onEntry(listener: (entry: Entry, isOld: boolean) => void): () => void {
  const hear = (entry: Entry) => listener(entry, entry.at < virtualNow() - 3000 * Math.max(1, clock.speed));
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

export function useRoom(): {
  readonly view: View;
  readonly version: number;
  readonly connection: Connection;
} {
  const [, redraw] = useState(0);
  useEffect(() => {
    const watcher = () => redraw((count) => count + 1);
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  }, []);
  return { view, version, connection };
}

/** The switchboard's time, read every so many milliseconds as long as it is needed. */
export function useNow(everyMs: number, isNeeded = true): number {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (!isNeeded) return;
    const timer = setInterval(() => redraw((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isNeeded]);
  return virtualNow();
}
