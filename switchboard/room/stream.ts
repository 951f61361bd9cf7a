/**
 * The journal as server-sent events: all entries so far, then each new one, in bundles; and the clock once a second.
 */
import type { ServerResponse } from 'node:http';
import type { Room } from './room';

/** The switchboard fakes the timers while it is open; these are the real ones. */
const wall = { setInterval, clearInterval, setImmediate };
const TICK_MS = 1000;
/** Entries in one message: few enough for a page to take in without delay. */
const MOST = 400;

/** `boot` tells pages of an earlier room that their numbers mean nothing here. */
export function stream(
  room: Room,
  boot: string,
  lastEventId: string | undefined,
  response: ServerResponse,
): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const [lastBoot, lastN] = (lastEventId ?? '').split(':');
  let sent = lastBoot === boot ? Number(lastN) || 0 : 0;
  let isDue = false;

  function send(): void {
    isDue = false;
    for (let entries = room.journal.after(sent); entries.length > 0; entries = entries.slice(MOST)) {
      const bundle = entries.slice(0, MOST);
      sent = bundle.at(-1)?.n ?? sent;
      response.write(`id: ${boot}:${sent}\ndata: ${JSON.stringify(bundle)}\n\n`);
    }
  }

  function tick(): void {
    const { speed, isPaused, now } = room;
    const data = JSON.stringify({ now: now.board.clock.now(), speed, isPaused });
    response.write(`event: clock\ndata: ${data}\n\n`);
  }

  const leave = room.journal.on(() => {
    if (isDue) return;
    isDue = true;
    // Entries of the same moment go together.
    wall.setImmediate(send);
  });
  tick();
  send();
  const ticking = wall.setInterval(tick, TICK_MS);
  response.on('close', () => {
    leave();
    wall.clearInterval(ticking);
  });
}
