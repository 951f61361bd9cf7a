import type { DialList } from '../../src/core/dial-list';
import type { Switchboard } from '..';
import { type Drill, startDrill } from './drill';
import { endingRows } from './ending';
import { planRow } from './opening';
import type { Phrases } from './phrases';
import { planFor } from './plan';
import { blank, type Row } from './row';
import type { Screen } from './screen';

export type Drills = {
  /** Raises an alert: a drill of its own, or one more alert for the page that is going on. Gives its id. */
  next(): string;
  /** Whether the first drill ended as it should. */
  readonly first: Promise<boolean>;
};

/** One drill after the other, each with its plan before it and its verdict behind. */
export function drillsOn(
  board: Switchboard,
  setup: {
    readonly list: DialList;
    readonly phrases: Phrases;
    readonly screen: Screen;
    readonly raise: () => string;
    readonly logLines: readonly string[];
    /** What is said when the first is over. */
    readonly afterFirst: (alert: string) => readonly Row[];
  },
): Drills {
  const { list, phrases, screen, raise, logLines, afterFirst } = setup;
  let count = 0;
  let isGoing = false;
  let tellFirst: (isGood: boolean) => void = () => undefined;
  const first = new Promise<boolean>((resolve) => {
    tellFirst = resolve;
  });

  async function follow({ alert, over }: Drill): Promise<void> {
    const facts = await over;
    isGoing = false;
    const isClosed = board.mackerel.alert(alert)?.closedAt !== undefined;
    const now = board.clock.now();
    const ending = endingRows(facts, { list, phrases, alert, isClosed, now, logLines });
    screen.print(...ending.rows, ...(count === 1 ? afterFirst(alert) : []));
    tellFirst(ending.isGood);
  }

  return {
    first,
    next() {
      if (isGoing) return raise();
      isGoing = true;
      const plan = planFor(list, count);
      count += 1;
      screen.print(blank, planRow(phrases, list.members.length, plan), blank);
      const drill = startDrill(board, list, plan, raise);
      void follow(drill);
      return drill.alert;
    },
  };
}
