/** The real tool, on Twilio's Serverless API as the switchboard stands in for it: twilio.com/docs/labs/serverless-toolkit/deploying */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, accountInOrder, createAccount, type Deployed } from '../../switchboard/account';
import { type Gateway, openGateway } from '../../switchboard/account/gateway';
import { type ProjectCopy, projectCopy } from '../support/project-copy';

const SID = `AC${'0123456789abcdef'.repeat(2)}`;
const TOKEN = 'fedcba9876543210'.repeat(2);

let project: ProjectCopy;
let account: Account;
let gateway: Gateway;
const deployed: Deployed[] = [];

beforeAll(async () => {
  project = await projectCopy();
  await project.build('--brief');
  account = createAccount(accountInOrder(SID, TOKEN, ['+815000000101']), (made) => deployed.push(made));
  gateway = await openGateway(account);
  await writeFile(
    join(project.folder, '.env'),
    `ACCOUNT_SID=${SID}\nAUTH_TOKEN=${TOKEN}\nSLACK_BOT_TOKEN=xoxb-switchboard\nSLACK_CHANNEL=C0KADEN\nCALLER_ID=\n`,
  );
});
afterAll(async () => {
  gateway?.close();
  await project?.remove();
});

function twilioRun(...args: string[]) {
  return promisify(execFile)(process.execPath, [require.resolve('twilio-run/bin/twilio-run'), ...args], {
    cwd: project.folder,
    env: { PATH: process.env.PATH, HOME: project.folder, ...gateway.env },
  });
}

const visible = ({ path, visibility }: { path: string; visibility: string }) => `${visibility} ${path}`;

test('a deploy uploads what was built, and nothing else', async () => {
  await twilioRun('deploy');
  const { build, domain } = deployed.at(-1) as Deployed;
  expect(domain).toBe('mackerel-kaden-1234-dev.twil.io');
  for (const { kind, path, content, visibility } of build.versions) {
    const name = path.slice(1).replace(/(\.\w+)?$/, (ending) => {
      const access = visibility === 'public' ? '' : `.${visibility}`;
      return kind === 'functions' ? `${access}.js` : `${access}${ending}`;
    });
    const built = await readFile(join(project.folder, '.twilioserverless', kind, name));
    expect(Buffer.compare(content, built)).toBe(0);
  }
  expect(build.versions).toHaveLength((await project.built()).length);
});

test('what nobody needs to reach is private or protected', () => {
  const { build } = deployed.at(-1) as Deployed;
  const open = build.versions.filter(({ visibility }) => visibility === 'public').map(visible);
  expect(open.sort()).toEqual([
    'public /health',
    'public /hold-music',
    'public /hold-music.wav',
    'public /mackerel-webhook',
  ]);
});

test('variables go up without the account’s own credentials, and without what is empty', () => {
  expect(deployed.at(-1)?.variables).toEqual({
    SLACK_BOT_TOKEN: 'xoxb-switchboard',
    SLACK_CHANNEL: 'C0KADEN',
  });
});

test('a build has the runtime of .twilioserverlessrc, without a flag that asks for it, and the two dependencies that Twilio installs', () => {
  const { build } = deployed.at(-1) as Deployed;
  expect(build).toMatchObject({ runtime: 'node22', isRuntimeAsked: true });
  expect(build.dependencies.map(({ name }) => name).sort()).toEqual(['@twilio/runtime-handler', 'twilio']);
});

test('what was tried can be promoted to production, which has to be created the first time', async () => {
  const toProduction = ['promote', '--source-environment', 'dev', '--production'];
  await expect(twilioRun(...toProduction)).rejects.toThrow('Could not find environment');
  await twilioRun(...toProduction, '--create-environment');
  const { domain, build } = deployed.at(-1) as Deployed;
  expect(domain).toBe('mackerel-kaden-1234.twil.io');
  expect(build.sid).toBe(deployed.find((one) => one.domain.includes('-dev'))?.build.sid);
});

test('a second deploy from the same folder finds its service again', async () => {
  await twilioRun('deploy', '--override-existing-project');
  expect(account.services).toHaveLength(1);
});

test('wrong credentials are refused', async () => {
  await expect(twilioRun('deploy', '--username', SID, '--password', 'f'.repeat(32))).rejects.toThrow();
});
