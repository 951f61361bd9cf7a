/** Mackerel's external monitor of `/health`, as a story's clock. */
import type { StoryOptions } from './story';
import { openStory, type Story } from './story';

const [user, password] = ['clock', 'tick-tock'];
const env = { CLOCK_USER: user, CLOCK_PASSWORD: password, CALLER_ID: '+815000000101' };
const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

export type TickingStory = Story & {
  /** One call of the monitor's, or so many at the same moment. Gives the statuses. */
  tick(times?: number): Promise<number[]>;
  /** Once a minute, for so long. */
  ticking(minutes: number): Promise<void>;
  /** What a tick asks of whom. */
  costOfTick(): Promise<string[]>;
};

export function openTickingStory(options: StoryOptions = {}): TickingStory {
  const story = openStory({ ...options, env: { ...env, ...options.env } });

  async function tick(times = 1): Promise<number[]> {
    const url = new URL(`${story.publicUrl}/health`);
    const answers = Array.from({ length: times }, () =>
      story.functions.handle({ method: 'GET', url, headers: { authorization }, body: '' }),
    );
    await story.clock.run(10);
    return (await Promise.all(answers)).map(({ status }) => status);
  }

  async function ticking(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      await tick();
      await story.clock.run(50);
    }
  }

  async function costOfTick(): Promise<string[]> {
    const before = story.network.log.length;
    await tick();
    return story.network.log
      .slice(before)
      .map(({ request }) => `${request.method} ${request.url.host.split('.').slice(-2).join('.')}`);
  }

  return { ...story, tick, ticking, costOfTick };
}
