/**
 * What a process of a Function remembers while Sync is silent: the page that it began last. Twilio may run several
 * processes of a Function and end them at any time, so nothing rests on it but how many phones ring at once.
 */
import { isGoingOn, type State } from '../escalation';

export type ProcessMemory = {
  /** The page begun here just now, with all that has joined it here; null where there is none. */
  begunJustNow(at: number): State | null;
  keep(state: State): void;
};

/**
 * Seconds. As long the first member's phone rings, or they are listening: nobody else need be woken for what comes with
 * it. What comes later rings on its own, for by then the page may be over.
 */
const JUST_NOW = 30;

const kept = new Map<string, State>();

/** @param name of the Function and the deployment that this process runs */
export const processMemory = (name: string): ProcessMemory => ({
  begunJustNow(at) {
    const state = kept.get(name);
    const page = state?.page ?? null;
    const isNew = isGoingOn(page) && at >= page.startedAt && at - page.startedAt <= JUST_NOW;
    return state && isNew ? state : null;
  },
  keep: (state) => void kept.set(name, state),
});
