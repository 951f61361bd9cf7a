/**
 * What the long run tells: each single fault of every night, and random histories by the thousand. These are numbered:
 * the same number is the same history in every run.
 */
import fc from 'fast-check';
import { broken, type PropertyName, promised } from './checks';
import { type History, historyIn, type RegimeName, regimeNames, regimes } from './history';
import { faultyCallbacks, faultyRequests, nights } from './single-faults';
import { type Transport, tell } from './world';

/** Every so manieth history of a regime is told over HTTP, with Express and the real clients. */
export const HTTP_EVERY = 1_000;

/** Every so manieth is held against what Twilio publishes, which takes a tenth of its time. */
const CHECKED_EVERY = 10;

/** A promise that was broken, and in what. */
export type Found = { readonly where: string; readonly what: readonly string[] };

/** What came of a stretch of histories. */
export type Tally = {
  /** How often each property was looked at. */
  readonly looked: Partial<Record<PropertyName, number>>;
  readonly histories: number;
  readonly overHttp: number;
  readonly rings: number;
  readonly found: readonly Found[];
};

export const nothingYet: Tally = { looked: {}, histories: 0, overHttp: 0, rings: 0, found: [] };

/** The regimes come in turn. */
export const regimeOf = (number: number): RegimeName =>
  regimeNames[number % regimeNames.length] as RegimeName;
export const transportOf = (number: number): Transport =>
  Math.floor(number / regimeNames.length) % HTTP_EVERY === HTTP_EVERY - 1 ? 'http' : 'direct';

export function historyOf(seed: number, number: number): History {
  const arbitrary: fc.Arbitrary<History> = historyIn(regimes[regimeOf(number)]);
  const [history] = fc.sample(arbitrary, { seed: seed * 1_000_003 + number, numRuns: 1 });
  return history as History;
}

export const nameOf = (number: number) => `history ${number} (${regimeOf(number)}, ${transportOf(number)})`;

export const soakOne = (tally: Tally, seed: number, number: number): Promise<Tally> =>
  toldAndJudged(
    tally,
    { where: nameOf(number), by: transportOf(number), isChecked: number % CHECKED_EVERY === 0 },
    historyOf(seed, number),
  );

/** Each single fault of a night: of every neighbour's requests, and of the callbacks. */
export async function soakNight(tally: Tally, name: string): Promise<Tally> {
  const night = nights[name] as History;
  const neighbours = ['sync', 'slack', 'mackerel', 'twilio'] as const;
  const faulty = [await faultyCallbacks(night)];
  for (const neighbour of neighbours) faulty.push(await faultyRequests(night, neighbour));
  let sofar = await toldAndJudged(tally, { where: name }, night);
  for (const { what, history } of faulty.flat()) {
    sofar = await toldAndJudged(sofar, { where: `${name}; ${what}` }, history);
  }
  return sofar;
}

type How = { readonly where: string; readonly by?: Transport; readonly isChecked?: boolean };

async function toldAndJudged(tally: Tally, how: How, history: History): Promise<Tally> {
  const { where, by = 'direct', isChecked = true } = how;
  const names = promised(history);
  let rings = 0;
  let what: string[];
  try {
    const outcome = await tell(history, by, isChecked);
    rings = outcome.rings.length;
    what = broken(outcome, names);
  } catch (fault) {
    what = [`it could not be told: ${(fault as Error).stack ?? fault}`];
  }
  const found: Found[] = what.length > 0 ? [{ where, what }] : [];
  return sum(tally, {
    looked: Object.fromEntries(names.map((name) => [name, 1])),
    histories: 1,
    overHttp: by === 'http' ? 1 : 0,
    rings,
    found,
  });
}

export function sum(one: Tally, other: Tally): Tally {
  const looked: Partial<Record<PropertyName, number>> = { ...one.looked };
  for (const [name, count] of Object.entries(other.looked)) {
    looked[name as PropertyName] = (looked[name as PropertyName] ?? 0) + count;
  }
  return {
    looked,
    histories: one.histories + other.histories,
    overHttp: one.overHttp + other.overHttp,
    rings: one.rings + other.rings,
    found: [...one.found, ...other.found],
  };
}
