/** Nights that were saved in the phone room: played again, the same phones ring, and Slack says what the file names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Night, playNight } from '../../switchboard/room';

const folder = join(__dirname, '../nights');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

beforeEach(() => {
  for (const kind of ['log', 'warn'] as const) jest.spyOn(console, kind).mockImplementation(() => undefined);
});

test.each(files)('%s', async (file) => {
  const night = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Night;
  const { rings, slack } = await playNight(night, 'source');
  const named = new Set(night.happened.slack);
  expect({ rings, slack: slack.filter((line) => named.has(line)) }).toEqual(night.happened);
});
