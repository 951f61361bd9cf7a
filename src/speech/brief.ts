/** What is said to whoever picks up, in the time that there is: what matters most before all else. */

import type { Language } from '../dial-list/list';
import type { AlertDetails } from '../escalation';
import { secondsOf, within } from './pace';
import { type RollCall, rollCall, withFewer } from './roll-call';
import type { Brief, Briefing } from './speech';

/** How one language tells of alerts, in sentences; an empty one where nothing is known. */
export type Telling = {
  readonly language: Language;
  /** Between two sentences. */
  readonly between: string;
  test(reading: string): string;
  greeting(reading: string, roll: RollCall): string;
  /** How bad it is, and what it is about. */
  names(alert: AlertDetails): string;
  /** What was measured, the fullest sentence first. */
  measured(alert: AlertDetails): readonly string[];
  since(alert: AlertDetails, now: number): string;
  message(alert: AlertDetails): string;
  others(roll: RollCall): string;
};

/** Of all the time: so much for the names of one alert, and for its own words where others wait to be named. */
const SHARE = { names: 0.5, target: 0.25, message: 0.4 };

/** Seconds. */
const LONGEST_READING = 4;

const UNKNOWN: AlertDetails = { id: '', heardAt: 0 };

/** As much of it as can be said in so many seconds. */
export function told(telling: Telling, briefing: Briefing, seconds: number): Brief {
  const { language, between } = telling;
  const reading = within(briefing.reading, LONGEST_READING, language);
  if (briefing.isTest) return { text: telling.test(reading), isWhole: true };
  const roll = rollCall(briefing);
  const [first = UNKNOWN] = briefing.alerts;
  const worst = shortened(first, seconds, language);
  const others = roll.others.map((alert) => shortened(alert, seconds / 2, language));
  const time = stopwatch(seconds, telling);
  // In the order of their weight; they are heard in another.
  const greeting = time.longest([telling.greeting(reading, roll)]);
  const names = time.longest([telling.names(worst)]);
  const measured = time.longest(telling.measured(worst));
  const since = time.longest([telling.since(worst, briefing.now)]);
  const most = others.length > 0 ? seconds * SHARE.message : seconds;
  const message = time.beginning(telling.message(worst), most);
  const rest = time.longest(withFewer({ ...roll, others }).map(telling.others));
  return {
    text: [greeting, names, measured, since, message, rest].filter(Boolean).join(between),
    isWhole:
      time.isAllSaid() && [worst, ...others].every((alert, nth) => alert === [first, ...roll.others][nth]),
  };
}

/** The alert itself where its names are short enough. */
export function shortened(alert: AlertDetails, seconds: number, language: Language): AlertDetails {
  const target = alert.target && within(alert.target, seconds * SHARE.target, language);
  const left = seconds * SHARE.names - secondsOf(target ?? '', language);
  const monitor = alert.monitor && within(alert.monitor, left, language);
  const isShort = target === alert.target && monitor === alert.monitor;
  return isShort ? alert : { ...alert, target, monitor };
}

/** Counts what has been said, and whether that was all. */
function stopwatch(seconds: number, { language, between }: Telling) {
  let left = seconds;
  let isAllSaid = true;
  const said = (text: string, all: string): string => {
    left -= secondsOf(text && `${text}${between}`, language);
    isAllSaid &&= text === all;
    return text;
  };
  return {
    isAllSaid: () => isAllSaid,
    /** The first of some versions that there is time for. */
    longest: ([all = '', ...shorter]: readonly string[]) =>
      said([all, ...shorter].find((text) => secondsOf(text, language) <= left) ?? '', all),
    beginning: (text: string, most: number) => said(within(text, Math.min(left, most), language), text),
  };
}
