/** The product at work on the switchboard, told in the terminal as it happens. */
import type { DialList } from '../../src/core/dial-list';
import { openSwitchboard } from '..';
import type { Arguments } from './arguments';
import { collectAsides } from './asides';
import { controlOf } from './control';
import type { Doors } from './doors';
import { drillsOn } from './drills';
import { whenEnough } from './enough';
import { tonight } from './night';
import { howToGoOn, opening } from './opening';
import type { Phrases } from './phrases';
import type { Screen } from './screen';
import { type Storyteller, storyteller } from './storyteller';

/** Wall-clock milliseconds between two looks at the line that moves. */
const FRAME = 80;

/** All that Mackerel offers, so that all that is known of an alert is spoken. */
const connected = { webhook: true, apiKey: 'write', statusCallback: true } as const;

export type Show = {
  readonly list: DialList;
  readonly given: Arguments;
  readonly phrases: Phrases;
  readonly screen: Screen;
  readonly doors: Doors;
};

/** Drills once, or until the person has seen enough. Gives the exit code. */
export async function show({ list, given, phrases, screen, doors }: Show): Promise<number> {
  const { once, port, speed, verbose } = given;
  const urls = { functions: `http://localhost:${port}`, control: `http://localhost:${port + 1}` };
  // The switchboard's clock takes the place of the global timers.
  const wall = { setInterval, clearInterval };
  const night = tonight(list.timeZone);
  let teller: Storyteller | undefined;
  const asides = collectAsides((line) => verbose && teller?.aside(line));
  const onSlack: Storyteller['slack'] = (message, kind) => teller?.slack(message, kind);
  const board = openSwitchboard({ startAt: night.at, list, from: 'build', onSlack, mackerel: connected });
  teller = storyteller(board, { list, phrases, screen, verbose });
  const { raise, close, frame } = teller;
  const afterFirst = (alert: string) => (once ? [] : howToGoOn(phrases, urls.control, alert));
  const drills = drillsOn(board, { list, phrases, screen, raise, afterFirst, logLines: asides.lines });
  const enough = whenEnough({ hasKeys: !once && screen.isTTY && process.stdin.isTTY, onEnter: drills.next });

  doors.functions(board.functions.app);
  doors.control(controlOf({ about: phrases.waysOfControl(urls.control), raise: drills.next, close }));
  screen.print(...opening(phrases, { ...urls, members: list.members, from: night.written, speed }));
  const frames = wall.setInterval(() => frame(enough.hasKeys), FRAME);
  const stopTime = board.clock.pace(speed);
  try {
    drills.next();
    const asked = enough.asked.then(() => (once ? 1 : 0));
    return await (once ? Promise.race([drills.first.then((isGood) => (isGood ? 0 : 1)), asked]) : asked);
  } finally {
    stopTime();
    wall.clearInterval(frames);
    screen.close();
    enough.forget();
    doors.close();
    board.close();
    asides.restore();
  }
}
