/** Which alerts are named in one call: nobody remembers more than three. */
import type { AlertDetails } from '../escalation';
import type { Briefing } from './speech';

export type RollCall = {
  readonly count: number;
  /** Described in full; null if nothing is known of it. */
  readonly worst: AlertDetails | null;
  /** Named after it. */
  readonly others: readonly AlertDetails[];
  /** How many are left. */
  readonly rest: number;
};

const OTHERS_NAMED = 2;

export function rollCall({ alerts }: Pick<Briefing, 'alerts'>): RollCall {
  const [first, ...behind] = alerts;
  const worst = first && (first.status || first.message || isNamed(first)) ? first : null;
  const others = behind.filter(isNamed).slice(0, OTHERS_NAMED);
  return { count: alerts.length, worst, others, rest: alerts.length - others.length - (worst ? 1 : 0) };
}

/** The same, with fewer and fewer of the others by name. */
export function withFewer(roll: RollCall): readonly RollCall[] {
  const { others, rest } = roll;
  return others.map((_, dropped) => ({
    ...roll,
    others: others.slice(0, others.length - dropped),
    rest: rest + dropped,
  }));
}

const isNamed = ({ monitor, target }: AlertDetails) => Boolean(monitor || target);

/** The worst alert that came after the message had begun; null if it is not clear which alerts those are. */
export function worstNewcomer({ alerts, joinedSince }: Briefing): AlertDetails | null {
  const newcomers = alerts.filter(({ isNewcomer }) => isNewcomer);
  return newcomers.length < joinedSince ? null : (newcomers.find(isNamed) ?? null);
}
