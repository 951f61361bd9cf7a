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
  /** The one whose verdict is still to come. */
  let current: Drill | undefined;
  /** The phone that rang last, for a page that was taken the taker's. */
  let awake: string | undefined;
  let tellFirst: (isGood: boolean) => void = () => undefined;
  const first = new Promise<boolean>((resolve) => {
    tellFirst = resolve;
  });

  async function follow(drill: Drill, isFirst: boolean): Promise<void> {
    const told = await drill.over;
    if (current === drill) current = undefined;
    if (told === null) return;
    const facts = { ...told, awake };
    awake = told.rings.at(-1)?.phone;
    const { alert } = drill;
    const isClosed = board.mackerel.alert(alert)?.closedAt !== undefined;
    const now = board.clock.now();
    const ending = endingRows(facts, { list, phrases, alert, isClosed, now, logLines });
    screen.print(...ending.rows, ...(isFirst ? afterFirst(alert) : []));
    if (isFirst) tellFirst(ending.isGood);
  }

  function begin(isBehind: boolean): string {
    const plan = planFor(list, count);
    const tellPlan = () => {
      count += 1;
      screen.print(blank, planRow(phrases, list.members.length, plan), blank);
    };
    const isFirst = count === 0;
    if (!isBehind) tellPlan();
    const drill = startDrill(board, list, plan, raise, isBehind ? { onFirstRing: tellPlan } : {});
    current = drill;
    void follow(drill, isFirst);
    return drill.alert;
  }

  return {
    first,
    next() {
      if (!current) return begin(false);
      if (!current.isTaken()) return raise();
      // Between the taking and the verdict: it joins what somebody has, or rings people anew.
      current.handOver();
      return begin(true);
    },
  };
}
