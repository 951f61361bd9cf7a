/** The product at work on the switchboard, told in the terminal as it happens. */
import type { DialList } from '../../src/dial-list/list';
import { openRoom, serveRoom } from '../room';
import type { Arguments } from './arguments';
import { captureLog } from './captured-log';
import { type Drills, drillsOn } from './drills';
import { howToGoOn, opening } from './opening';
import type { Phrases } from './phrases';
import type { Ports } from './ports';
import type { Screen } from './screen';
import { startTime } from './start-time';
import { stopSignal } from './stop-signal';
import { type Storyteller, storyteller } from './storyteller';

/** Wall-clock milliseconds between two updates of the moving line. */
const FRAME = 80;

/** Everything that Mackerel offers, so that all that is known of an alert is spoken. */
const connected = { webhook: true, apiKey: 'write', statusCallback: true, notifiesGroups: true } as const;

export type DrillOptions = {
  readonly list: DialList;
  readonly given: Arguments;
  readonly phrases: Phrases;
  readonly screen: Screen;
  readonly ports: Ports;
};

/** Drills once, or until the person has seen enough. Returns the exit code. */
export async function runDrill({ list, given, phrases, screen, ports }: DrillOptions): Promise<number> {
  const { once, port, speed, verbose } = given;
  const urls = { functions: `http://localhost:${port}`, room: `http://localhost:${port + 1}` };
  // The switchboard's clock replaces the global timers.
  const wall = { setInterval, clearInterval };
  const night = startTime(list.timeZone);
  let teller: Storyteller | undefined;
  let drills: Drills | undefined;
  const captured = captureLog((line) => verbose && teller?.logLine(line));
  const room = openRoom({ list, startAt: night.at, speed, settings: { mackerel: connected }, from: 'build' });
  room.onSlack((message, kind) => teller?.slack(message, kind));
  room.onOpen(({ board, list: members }) => {
    teller = storyteller(board, { list: members, phrases, screen, verbose });
    drills = drillsOn(board, {
      list: members,
      phrases,
      screen,
      make: room.make,
      hands: () => room.hands,
      afterFirst: (alert) => (once ? [] : howToGoOn(phrases, urls.room, alert)),
      logLines: captured.lines,
    });
  });
  const next = () => drills?.next() ?? '';
  const stop = stopSignal({ hasKeys: !once && screen.isTTY && process.stdin.isTTY, onEnter: next });

  ports.functions((request, response) => room.now.board.functions.app(request, response));
  ports.room(serveRoom(room, next));
  screen.print(...opening(phrases, { ...urls, members: list.members, from: night.written, speed }));
  const frames = wall.setInterval(() => teller?.frame(stop.hasKeys), FRAME);
  try {
    next();
    const first = drills?.first ?? Promise.resolve(false);
    const asked = stop.asked.then(() => (once ? 1 : 0));
    return await (once ? Promise.race([first.then((isGood) => (isGood ? 0 : 1)), asked]) : asked);
  } finally {
    wall.clearInterval(frames);
    screen.close();
    stop.release();
    ports.close();
    room.close();
    captured.restore();
  }
}
