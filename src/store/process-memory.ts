/**
 * What a Function's process remembers while Sync is silent: the page that it began last. Twilio may run several
 * processes of a Function and end them at any time, so this only lowers the number of phones that ring at once.
 */
import { isGoingOn, type State } from '../escalation';
import { CROWD } from '../platform/budget';

export type ProcessMemory = {
  /** The page that began here just now, with all that has joined it here; null if there is none. */
  begunJustNow(at: number): State | null;
  keep(state: State): void;
};

const kept = new Map<string, State>();

/** @param name of the Function and the deployment that this process runs */
export const processMemory = (name: string): ProcessMemory => ({
  begunJustNow(at) {
    const state = kept.get(name);
    const page = state?.page ?? null;
    const isNew = isGoingOn(page) && at >= page.startedAt && at - page.startedAt <= CROWD.begunSeconds;
    return state && isNew ? state : null;
  },
  keep: (state) => void kept.set(name, state),
});
