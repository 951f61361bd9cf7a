/** What Twilio's own tools make of `.twilioserverlessrc` and `.env`, by their own code. */
import { join } from 'node:path';
import { cliInfo } from 'twilio-run/dist/commands/deploy';
import { getConfigFromFlags } from 'twilio-run/dist/config/deploy';

const root = join(__dirname, '../..');

/** What yargs hands over where the command line says nothing: `twilio-run deploy`, `twilio serverless:deploy`. */
const noFlags = Object.fromEntries(
  Object.entries(cliInfo.options).map(([name, option]) => [
    name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()),
    (option as { default?: unknown }).default,
  ]),
);

test('without a flag, Node 22 is asked for, and what the build made is taken', async () => {
  const flags = { ...noFlags, cwd: root } as unknown as Parameters<typeof getConfigFromFlags>[0];
  expect(await getConfigFromFlags(flags)).toMatchObject({
    runtime: 'node22',
    functionsFolderName: '.twilioserverless/functions',
    assetsFolderName: '.twilioserverless/assets',
  });
});
