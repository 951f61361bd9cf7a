/** What Twilio's own tools make of `.twilioserverlessrc` and `.env`, by their own code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { cliInfo } from 'twilio-run/dist/commands/deploy';
import { getConfigFromFlags } from 'twilio-run/dist/config/deploy';
import { projectCopy } from '../support/project-copy';

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

test('a failed build leaves what Twilio’s tool refuses to deploy, before it asks Twilio for anything', async () => {
  const project = await projectCopy();
  await project.writeDialList('{ "members": [] }');
  expect(await project.build()).toMatchObject({ code: 1 });
  const env = join(project.folder, 'account.env');
  await writeFile(env, `ACCOUNT_SID=AC${SID}\nAUTH_TOKEN=${SID}\n`);
  const { code, said, requests } = await deployed(project.folder, env);
  await project.remove();
  expect(said).toContain('the-build-failed,run-npm-run-build');
  expect(code).toBe(1);
  expect(requests).toBe(0);
});

const SID = '0123456789abcdef'.repeat(2);

/** `twilio-run deploy`, with a proxy that counts who wants to go out and lets nobody. */
async function deployed(cwd: string, env: string): Promise<{ code: number; said: string; requests: number }> {
  let requests = 0;
  const proxy = createServer((socket) => {
    requests += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const args = [require.resolve('twilio-run/bin/twilio-run'), 'deploy', '--env', env];
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, HTTP_PROXY: url, HTTPS_PROXY: url },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  proxy.close();
  return { code, said, requests };
}
