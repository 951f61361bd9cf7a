/** A test that the hang guard cuts off: what it was telling ends there, and the next test knows nothing of it. */
import { endAllThatIsUnderWay } from '../support/cut-off';
import { openStory, takes } from '../support/story';
import { broken } from './checks';
import { nights } from './single-faults';
import { tell } from './world';

const [night] = Object.values(nights);
if (!night) throw new Error('There is no night');

const real = { log: console.log, random: Math.random, setTimeout: globalThis.setTimeout, now: Date.now };
const isReal = () =>
  console.log === real.log &&
  Math.random === real.random &&
  globalThis.setTimeout === real.setTimeout &&
  Date.now === real.now;
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((over) => setImmediate(over));
};

test('a history that is cut off goes no further, and the one behind it comes to what it should', async () => {
  let wentOn = false;
  void tell(night).then(() => {
    wentOn = true;
  });
  await turns(20);
  expect(isReal()).toBe(false);
  endAllThatIsUnderWay();
  expect(isReal()).toBe(true);
  expect(broken(await tell(night))).toEqual([]);
  await turns(20);
  expect(wentOn).toBe(false);
  expect(isReal()).toBe(true);
});

test('a story that is cut off says so, goes no further, and puts everything back', async () => {
  const cutOff = openStory();
  let wentOn = false;
  void cutOff.alert().then(() => {
    wentOn = true;
  });
  await turns(20);
  expect(() => cutOff.close()).toThrow('The story was cut off');
  expect(isReal()).toBe(true);

  const story = openStory();
  story.members({ 佐藤: takes });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 佐藤 answered pressed 1']);
  expect(story.slackShows().length).toBeGreaterThan(0);
  story.close();
  await turns(20);
  expect(wentOn).toBe(false);
});
