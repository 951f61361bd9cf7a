import type { DialList } from '../../src/dial-list/list';
import type { Switchboard } from '..';
import { sampleAlerts } from '../drill/alerts';
import type { Drill } from '../drill/drill';
import { planFor } from '../drill/scripted-people';
import type { Room } from '../room';
import { endingRows } from './ending';
import { planRow } from './opening';
import type { Phrases } from './phrases';
import { blank, type Row, span } from './row';
import type { Screen } from './screen';

export type Drills = {
  /** Raises an alert: a drill of its own, or one more alert for the present page. Returns its id. */
  next(): string;
  /** Whether the first drill ended as it should. */
  readonly first: Promise<boolean>;
};

/** One drill after another, each with its script before it and its verdict after it. */
export function drillsOn(
  board: Switchboard,
  setup: {
    readonly list: DialList;
    readonly phrases: Phrases;
    readonly screen: Screen;
    readonly make: Room['make'];
    /** How often somebody has had a phone in hand: then the script was not kept. */
    readonly hands: () => number;
    readonly logLines: readonly string[];
    /** Said when the first is over. */
    readonly afterFirst: (alert: string) => readonly Row[];
  },
): Drills {
  const { list, phrases, screen, make, hands, logLines, afterFirst } = setup;
  let count = 0;
  let raised = 0;
  /** The drill whose verdict is still to come. */
  let current: Drill | undefined;
  /** The phone that rang last; after a take, the taker's. */
  let awake: string | undefined;
  let tellFirst: (isGood: boolean) => void = () => undefined;
  const first = new Promise<boolean>((resolve) => {
    tellFirst = resolve;
  });

  async function follow(drill: Drill, isFirst: boolean): Promise<void> {
    const before = hands();
    const told = await drill.over;
    if (current === drill) current = undefined;
    if (told === null) return;
    const facts = { ...told, awake };
    awake = told.rings.at(-1)?.phone;
    const { alert } = drill;
    const isClosed = board.mackerel.alert(alert)?.closedAt !== undefined;
    const now = board.clock.now();
    if (hands() > before) {
      screen.print(blank, { at: now, spans: [span(phrases.offPlan, 'faint')] }, blank);
      if (isFirst) tellFirst(true);
      return;
    }
    const ending = endingRows(facts, { list, phrases, alert, isClosed, now, logLines });
    screen.print(...ending.rows, ...(isFirst ? afterFirst(alert) : []));
    if (isFirst) tellFirst(ending.isGood);
  }

  const nextAlert = () => sampleAlerts[raised++ % sampleAlerts.length] ?? {};

  function begin(isBehind: boolean): string {
    const plan = planFor(list, count);
    const tellPlan = () => {
      count += 1;
      screen.print(blank, planRow(phrases, list.members.length, plan), blank);
    };
    const isFirst = count === 0;
    if (!isBehind) tellPlan();
    const options = isBehind ? { onFirstRing: tellPlan } : {};
    const { ids, drill } = make({ do: 'drill', alert: nextAlert(), plan }, options);
    current = drill;
    if (drill) void follow(drill, isFirst);
    return ids[0] ?? '';
  }

  return {
    first,
    next() {
      if (!current) return begin(false);
      if (!current.isTaken()) return make({ do: 'raise', alert: nextAlert() }).ids[0] ?? '';
      // Between the take and the verdict: it joins the taken page, or rings people again.
      return begin(true);
    },
  };
}
