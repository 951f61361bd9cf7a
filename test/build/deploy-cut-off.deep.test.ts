/** `twilio-run deploy` cut off at each thing that it creates, uploads or changes, and run again: the same is deployed. */
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, accountInOrder, createAccount } from '../../switchboard/account';
import { type Gateway, openGateway } from '../../switchboard/account/gateway';
import type { WireRequest } from '../../switchboard/wire';
import { type ProjectCopy, projectCopy } from '../support/project-copy';

const SID = `AC${'0123456789abcdef'.repeat(2)}`;
const TOKEN = 'fedcba9876543210'.repeat(2);

let project: ProjectCopy;
let account: Account;
let gateway: Gateway;
beforeAll(async () => {
  project = await projectCopy();
  await project.build('--brief');
  await writeFile(
    join(project.folder, '.env'),
    `ACCOUNT_SID=${SID}\nAUTH_TOKEN=${TOKEN}\nSLACK_BOT_TOKEN=xoxb-switchboard\nSLACK_CHANNEL=C0KADEN\n`,
  );
});
beforeEach(() => {
  account = createAccount(accountInOrder(SID, TOKEN, ['+815000000101']));
});
afterEach(() => gateway?.close());
afterAll(() => project?.remove());

/** @param letsThrough false: from here on the line is dead, until the next deploy */
async function deploy(letsThrough: (request: WireRequest) => boolean = () => true): Promise<number> {
  gateway = await openGateway({
    name: 'twilio',
    handle: async (request) => {
      if (!letsThrough(request)) throw new Error('cut off');
      return account.handle(request);
    },
  });
  const tool = [require.resolve('twilio-run/bin/twilio-run'), 'deploy', '--override-existing-project'];
  const env = { PATH: process.env.PATH, HOME: project.folder, ...gateway.env };
  const code = await new Promise<number>((over) => {
    execFile(process.execPath, tool, { cwd: project.folder, env }, (fault) => over(fault ? 1 : 0));
  });
  gateway.close();
  return code;
}

const endState = () =>
  account.services.map(({ uniqueName, environments, resources }) => ({
    uniqueName,
    resources: resources.map(({ kind, name }) => `${kind} ${name}`).sort(),
    environments: environments.map(({ suffix, build, variables }) => ({
      suffix,
      files: build?.versions
        .map(({ visibility, path, content }) => `${visibility} ${path} ${content.toString('base64')}`)
        .sort(),
      variables: variables.map(({ key, value }) => `${key}=${value}`).sort(),
    })),
  }));

/** What it is about, for SIDs are new each time. An upload has its path in its form. */
function nameOf({ method, url, body }: WireRequest): string {
  const path = url.pathname.replace(/\b[A-Z]{2}[0-9a-f]{32}\b/g, '…');
  const about =
    /name="Path"\s+(\S+)/.exec(body)?.[1] ?? /(?:FriendlyName|UniqueName|Key)=[^&]*/.exec(body)?.[0];
  return `${method} ${path} ${about ?? ''}`;
}

test('at each of them, one after the other', async () => {
  expect(await deploy()).toBe(0);
  const whole = endState();
  account = createAccount(accountInOrder(SID, TOKEN, ['+815000000101']));
  // In it the tool remembers the service that it deployed to.
  await rm(join(project.folder, '.twiliodeployinfo'));
  const cutAt: string[] = [];
  let isCut = true;
  for (let runs = 0; isCut && runs < 120; runs++) {
    isCut = false;
    const code = await deploy((request) => {
      const name = nameOf(request);
      if (!isCut && (request.method === 'GET' || cutAt.includes(name))) return true;
      if (!isCut) cutAt.push(name);
      isCut = true;
      return false;
    });
    expect(code).toBe(isCut ? 1 : 0);
  }
  // Each Function and Asset is created and uploaded; then come a build, the variables and the deployment.
  const files = await project.built();
  expect(cutAt.filter((name) => name.includes('/Versions'))).toHaveLength(files.length);
  expect(cutAt.length).toBeGreaterThan(2 * files.length + 4);
  expect(endState()).toEqual(whole);
});
