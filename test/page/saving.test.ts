/** What Sync did not take: it is tried again for a while, and people are told what came of it then. */
import type { State } from '../../src/core/escalation/state';
import { toldAndSaved, untilSaved } from '../../src/page/saving';
import type { Services } from '../../src/services';
import type { Outcome } from '../../src/twilio/page-store';
import { EVENING, stateOf } from '../support/on-duty';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const over = stateOf({ end: { kind: 'unanswered', at: EVENING + 60 } });
const goesOn = stateOf({});
const outcomeOf = (state: State, revision: string | null): Outcome => ({
  state,
  revision,
  step: { kind: 'hang-up' },
  news: [],
});

/** Sync takes it at the nth try from now; `deadlineIn`: milliseconds. */
function opened(takesIt: number, deadlineIn = 9_000) {
  const startedAt = Date.now();
  const tries: number[] = [];
  const told: (string | null)[] = [];
  const services = {
    deadline: startedAt + deadlineIn,
    news: { tellOutcome: async ({ revision }: Outcome) => void told.push(revision) },
  } as unknown as Services;
  const again = async () => {
    tries.push(Date.now() - startedAt);
    return outcomeOf(over, tries.length >= takesIt ? '7' : null);
  };
  return { services, tries, told, again };
}

test.each<[string, number, number, string | null, readonly number[]]>([
  ['taken at once', 1, 9_000, '7', [400]],
  ['taken at the third try', 3, 9_000, '7', [400, 800, 1_200]],
  ['never taken', 99, 9_000, null, [400, 800, 1_200, 1_600, 2_000, 2_400, 2_800]],
  ['never taken, and the Function has been at it for long', 99, 3_000, null, [400, 800, 1_200]],
  ['there is no time left', 1, 2_000, null, []],
])('%s', async (_, takesIt, deadlineIn, revision, wanted) => {
  const { services, tries, again } = opened(takesIt, deadlineIn);
  const saving = untilSaved(services, again);
  await jest.advanceTimersByTimeAsync(10_000);
  expect((await saving)?.revision ?? null).toBe(revision);
  expect(tries).toEqual(wanted);
});

test.each<[string, Outcome, number, readonly (string | null)[], number]>([
  ['a page that goes on has its URL', outcomeOf(goesOn, null), 1, [null], 0],
  ['a page that is over, and Sync knows it', outcomeOf(over, '6'), 1, ['6'], 0],
  [
    'one that it does not know: told, saved, and told what it came to',
    outcomeOf(over, null),
    2,
    [null, '7'],
    2,
  ],
  ['Sync stays away', outcomeOf(over, null), 99, [null], 7],
])('%s', async (_, outcome, takesIt, wanted, count) => {
  const { services, tries, told, again } = opened(takesIt);
  const telling = toldAndSaved(services, outcome, again);
  await jest.advanceTimersByTimeAsync(10_000);
  await telling;
  expect([told, tries.length]).toEqual([wanted, count]);
});
