/** The product at work on the switchboard, told in the terminal as it happens. */
import type { DialList } from '../../src/dial-list/list';
import { openRoom, serveRoom } from '../room';
import type { Arguments } from './arguments';
import { collectAsides } from './asides';
import type { Doors } from './doors';
import { type Drills, drillsOn } from './drills';
import { whenEnough } from './enough';
import { tonight } from './night';
import { howToGoOn, opening } from './opening';
import type { Phrases } from './phrases';
import type { Screen } from './screen';
import { type Storyteller, storyteller } from './storyteller';

/** Wall-clock milliseconds between two updates of the moving line. */
const FRAME = 80;

/** Everything that Mackerel offers, so that all that is known of an alert is spoken. */
const connected = { webhook: true, apiKey: 'write', statusCallback: true, notifiesGroups: true } as const;

export type Show = {
  readonly list: DialList;
  readonly given: Arguments;
  readonly phrases: Phrases;
  readonly screen: Screen;
  readonly doors: Doors;
};

/** Drills once, or until the person has seen enough. Returns the exit code. */
export async function show({ list, given, phrases, screen, doors }: Show): Promise<number> {
  const { once, port, speed, verbose } = given;
  const urls = { functions: `http://localhost:${port}`, room: `http://localhost:${port + 1}` };
  // The switchboard's clock replaces the global timers.
  const wall = { setInterval, clearInterval };
  const night = tonight(list.timeZone);
  let teller: Storyteller | undefined;
  let drills: Drills | undefined;
  const asides = collectAsides((line) => verbose && teller?.aside(line));
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
      logLines: asides.lines,
    });
  });
  const next = () => drills?.next() ?? '';
  const enough = whenEnough({ hasKeys: !once && screen.isTTY && process.stdin.isTTY, onEnter: next });

  doors.functions((request, response) => room.now.board.functions.app(request, response));
  doors.room(serveRoom(room, next));
  screen.print(...opening(phrases, { ...urls, members: list.members, from: night.written, speed }));
  const frames = wall.setInterval(() => teller?.frame(enough.hasKeys), FRAME);
  try {
    next();
    const first = drills?.first ?? Promise.resolve(false);
    const asked = enough.asked.then(() => (once ? 1 : 0));
    return await (once ? Promise.race([first.then((isGood) => (isGood ? 0 : 1)), asked]) : asked);
  } finally {
    wall.clearInterval(frames);
    screen.close();
    enough.forget();
    doors.close();
    room.close();
    asides.restore();
  }
}
