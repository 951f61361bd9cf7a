import { planFor } from '../../../switchboard/drill/scripted-people';
import { member } from '../../support/on-duty';

const list = (count: number, answer: 'keypress' | 'pickup' = 'keypress') => ({
  members: Array.from({ length: count }, (_, place) => member(`${place + 1}`)),
  answer,
});

test.each([
  [1, 0, ['take']],
  [1, 1, ['take']],
  [2, 0, ['ignore', 'take']],
  [2, 1, ['voicemail', 'take']],
  [3, 0, ['ignore', 'pass', 'take']],
  [3, 1, ['voicemail', 'busy', 'take']],
  [3, 2, ['ignore', 'pass', 'take']],
  [40, 0, ['ignore', 'pass', 'take']],
])('%i members, drill %i: %j', (count, drill, acts) => {
  expect(planFor(list(count), drill)).toEqual(acts);
});

test.each([0, 1])('where picking up takes a page, nobody picks up before the last (drill %i)', (drill) => {
  const plan = planFor(list(3, 'pickup'), drill);
  expect(plan).toHaveLength(3);
  expect(plan.at(-1)).toBe('pick-up');
  expect(plan.slice(0, -1).every((act) => act === 'ignore' || act === 'busy')).toBe(true);
});
