/** Storms at full size, of the worst chance that was found: alerts at random moments, somebody acting in the middle. */
import { type Storm, tellStorm } from './storm';

const minute = { alerts: 1_000, seconds: 60, seed: 3 };

test.each<Storm>([
  { ...minute, setup: 'Twilio channel', course: 'taken at the first ring' },
  { ...minute, setup: 'Twilio channel', course: 'taken at the second ring' },
  { ...minute, setup: 'direct', course: 'taken at the first ring' },
  { ...minute, setup: 'direct', course: 'taken at the second ring' },
  { ...minute, setup: 'direct', course: 'closed midway' },
  { ...minute, setup: 'direct', course: 'passed by everybody' },
  { setup: 'direct', course: 'taken at the first ring', alerts: 1_500, seconds: 60, seed: 2 },
  { setup: 'direct', course: 'taken at the first ring', alerts: 2_000, seconds: 120, seed: 3 },
])('$setup, $course, $alerts in $seconds s: none is lost, one phone rings at a time', async (storm) => {
  expect(await tellStorm(storm)).toMatchObject({
    lost: [],
    toldTwice: [],
    rungAtOnce: [],
    postedTwice: [],
    faults: [],
    unheard: 0,
    refusedByPlatform: {},
  });
});

test.each<Storm>([
  { ...minute, setup: 'direct', course: 'closed midway' },
  { ...minute, setup: 'direct', course: 'closed midway', seed: 1 },
  { ...minute, setup: 'channel, webhook and API', course: 'closed midway' },
])(
  '$setup, each of $alerts alerts closes, seed $seed: the phone stops at the last closing',
  async (storm) => {
    const { rings } = await tellStorm(storm);
    expect(rings.at(-1)).toMatch(/canceled$/);
  },
);
