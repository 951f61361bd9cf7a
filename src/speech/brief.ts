/** What a member hears after picking up, in the time that there is: the most important things first. */
import type { Language } from '../dial-list/list';
import type { AlertDetails } from '../escalation';
import { measured, messageOf, named, namesOf, openFor } from './alert';
import { secondsOf, within } from './pace';
import { type RollCall, rollCall, withFewer } from './roll-call';
import type { Brief, Briefing } from './speech';
import type { Vocabulary } from './vocabulary';

/**
 * Shares of the time: for one alert's names, for its target, and for its message if other alerts are named after it.
 */
const SHARE = { names: 0.5, target: 0.25, message: 0.4 };

/** Seconds. */
const LONGEST_READING = 4;

const UNKNOWN: AlertDetails = { id: '', heardAt: 0 };

/** As much of it as can be said in so many seconds. */
export function briefIn(words: Vocabulary, briefing: Briefing, seconds: number): Brief {
  const { language, signs } = words;
  const reading = within(briefing.reading, LONGEST_READING, language);
  if (briefing.isTest) return { text: words.test(reading), isWhole: true };
  const roll = rollCall(briefing);
  const [first = UNKNOWN] = briefing.alerts;
  const worst = shortened(first, seconds, language);
  const others = roll.others.map((alert) => shortened(alert, seconds / 2, language));
  const time = stopwatch(seconds, words);
  // The most important parts take their time first; they are spoken in another order.
  const greeting = time.longest([words.greeting(reading, roll.count, roll.worst !== null)]);
  const names = time.longest([namesOf(words, worst)]);
  const value = time.longest(measured(words, worst));
  const since = time.longest([openFor(words, worst, briefing.now)]);
  const most = others.length > 0 ? seconds * SHARE.message : seconds;
  const message = time.beginning(messageOf(words, worst), most);
  const rest = time.longest(withFewer({ ...roll, others }).map((fewer) => othersIn(words, fewer)));
  return {
    text: [greeting, names, value, since, message, rest].filter(Boolean).join(signs.between),
    isWhole:
      time.isAllSaid() && [worst, ...others].every((alert, nth) => alert === [first, ...roll.others][nth]),
  };
}

function othersIn(words: Vocabulary, { worst, others, rest }: RollCall): string {
  const { sentenceEnd, between } = words.signs;
  const names = others.map((alert) => `${named(words, alert)}${sentenceEnd}`).join(between);
  return words.others(names, worst !== null, rest);
}

/** The alert itself if its names are short enough. */
export function shortened(alert: AlertDetails, seconds: number, language: Language): AlertDetails {
  const target = alert.target && within(alert.target, seconds * SHARE.target, language);
  const left = seconds * SHARE.names - secondsOf(target ?? '', language);
  const monitor = alert.monitor && within(alert.monitor, left, language);
  const isShort = target === alert.target && monitor === alert.monitor;
  return isShort ? alert : { ...alert, target, monitor };
}

/** Counts what has been said, and whether that was all. */
function stopwatch(seconds: number, { language, signs }: Vocabulary) {
  let left = seconds;
  let isAllSaid = true;
  const said = (text: string, all: string): string => {
    left -= secondsOf(text && `${text}${signs.between}`, language);
    isAllSaid &&= text === all;
    return text;
  };
  return {
    isAllSaid: () => isAllSaid,
    /** The first of several versions that there is time for. */
    longest: ([all = '', ...shorter]: readonly string[]) =>
      said([all, ...shorter].find((text) => secondsOf(text, language) <= left) ?? '', all),
    beginning: (text: string, most: number) => said(within(text, Math.min(left, most), language), text),
  };
}
