/**
 * What is deployed is a single file each, under another name: a Function is /var/task/handlers/ZN….js, a private Asset
 * /var/task/files/ZN…, without an extension (twilio.com/docs/serverless/functions-assets/client). Beside them are the
 * installed `dependencies`, and nothing of ours.
 */
import { fork } from 'node:child_process';
import { cp, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dependencies } from '../../package.json';
import { type ProjectCopy, projectCopy, temporaryFolder } from '../support/project-copy';
import { elementsIn, parseXml } from '../support/xml';

type Ran = {
  /** The files that are loaded until it has answered. */
  readonly loads: readonly string[];
  /** What it made of `Intl` until then. */
  readonly formatters: readonly string[];
  readonly exports: readonly string[];
  readonly answer: { readonly fault: string | null; readonly status: number; readonly body: string } | null;
};

let project: ProjectCopy;
const folders: string[] = [];
beforeAll(async () => {
  project = await projectCopy();
  expect(await project.build('--brief')).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await project.remove();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

const SID = '0123456789abcdef'.repeat(2);
const ASSET = `files/ZN${SID}`;

/** A file of the build, alone in a folder with what Twilio installs; its new place. */
async function deployed(file: string, place: string): Promise<string> {
  const folder = await temporaryFolder();
  folders.push(folder);
  const target = join(folder, place);
  await mkdir(dirname(target), { recursive: true });
  await cp(join(project.folder, '.twilioserverless', file), target);
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(project.folder, 'node_modules', name), link);
  }
  return target;
}

/** The domain that Twilio gives a deployment. */
const DOMAIN = { DOMAIN_NAME: 'mackerel-kaden-1234-dev.twil.io' };

async function run(file: string, event: object, context: object = DOMAIN): Promise<Ran> {
  const assets = {
    '/dial-list.json': await deployed('assets/dial-list.private.json', ASSET),
    '/mackerel.js': await deployed('assets/mackerel.private.js', ASSET),
    '/news.js': await deployed('assets/news.private.js', ASSET),
  };
  const child = fork(join(__dirname, '../support/deployed-function.js'), [], {
    cwd: dirname(file),
    env: {},
    execArgv: [],
    silent: true,
  });
  try {
    return await new Promise<Ran>((resolve, reject) => {
      let said = '';
      child.stderr?.on('data', (text) => {
        said += text;
      });
      child.once('message', (ran) => resolve(ran as Ran));
      child.once('exit', (code) => reject(new Error(`Ended with ${code}: ${said}`)));
      child.send({ file, event, context, assets });
    });
  } finally {
    child.kill();
  }
}

const call = {
  CallSid: `CA${SID}`,
  AccountSid: `AC${SID}`,
  From: '+815000000100',
  To: '+815000000101',
  Direction: 'outbound-api',
  CallStatus: 'in-progress',
};
const functionFile = (name: string) => deployed(`functions/${name}.js`, `handlers/ZN${SID}.js`);

async function answerOf(name: string, event: object, context?: object): Promise<Ran['answer']> {
  return (await run(await functionFile(name), { ...call, ...event }, context)).answer;
}

/** The parameters in the URL that a page comes back to. */
function callbackIn(twiml: string): Record<string, string> {
  const [url = ''] = elementsIn(parseXml(twiml)).flatMap(({ attributes }) => attributes.action ?? []);
  return Object.fromEntries(new URL(url, 'https://example.com').searchParams);
}

describe('each Function on its own', () => {
  let carried: Record<string, string>;
  beforeAll(async () => {
    const answer = await answerOf('dial-list.protected', { alertId: '2wpLU5fBXbG' });
    expect(answer).toMatchObject({ fault: null, status: 200, body: expect.stringContaining('<Dial ') });
    carried = callbackIn(answer?.body ?? '');
  });

  test.each([
    ['answered.protected', { ParentCallSid: `CA${SID}`, Direction: 'outbound-dial' }, 200, '<Gather '],
    ['answered-key.protected', { Digits: '*' }, 200, '<Gather '],
    ['dial-ended.protected', { DialCallStatus: 'no-answer', DialBridged: 'false' }, 200, '<Dial '],
    ['dial-status.protected', { CallStatus: 'ringing' }, 204, ''],
    ['call-ended.protected', { CallStatus: 'completed' }, 204, ''],
    ['call-in.protected', { From: '+15550100' }, 200, '<Say'],
    ['pause.protected', { left: '0', page: 'another' }, 204, ''],
    ['rehearsal.protected', {}, 503, 'Nobody can be called'],
    ['health', {}, 200, '{"ok":true}'],
    ['hold-music', {}, 200, '<Play loop="0">'],
    ['mackerel-webhook', { event: 'sample' }, 503, '{"error":"The webhook is not set up'],
  ])('%s answers, though there is no Sync', async (name, event, status, body) => {
    const answer = await answerOf(name, { ...carried, ...event });
    expect(answer).toMatchObject({ fault: null, status, body: expect.stringContaining(body) });
  });

  test('there is none that this does not call', async () => {
    const names = await readdir(join(project.folder, '.twilioserverless/functions'));
    expect(names.sort()).toEqual([
      'answered-key.protected.js',
      'answered.protected.js',
      'call-ended.protected.js',
      'call-in.protected.js',
      'dial-ended.protected.js',
      'dial-list.protected.js',
      'dial-status.protected.js',
      'health.js',
      'hold-music.js',
      'mackerel-webhook.js',
      'pause.protected.js',
      'rehearsal.protected.js',
    ]);
  });

  test.each([
    ['tells people', 'news', 'openNews'],
    ['asks Mackerel', 'mackerel', 'mackerelApiOf'],
  ])('the Asset that %s is loaded from where it lies', async (_, name, exported) => {
    const file = await deployed(`assets/${name}.private.js`, ASSET);
    expect(await run(file, {})).toMatchObject({ exports: [exported] });
  });
});

/** What it costs is measured by `npm run bench`; that it loads one file and no formatter can be counted. */
describe('until it has answered, a Function loads nothing besides twilio and itself, and makes no formatter:', () => {
  // The sample list rotates by week, and asks for a time zone at build time only.
  test.each([
    ['hold-music', {}],
    ['dial-list.protected', { alertId: '2wpLU5fBXbG' }],
    ['dial-ended.protected', { DialCallStatus: 'no-answer', DialBridged: 'false' }],
    ['answered.protected', { ParentCallSid: `CA${SID}`, Direction: 'outbound-dial' }],
    ['answered-key.protected', { Digits: '*' }],
    ['call-in.protected', { From: '+15550100' }],
    ['mackerel-webhook', { event: 'sample' }],
    ['health', {}],
  ])('%s', async (name, event) => {
    const begun = await answerOf('dial-list.protected', { alertId: '2wpLU5fBXbG' });
    const carried = name === 'dial-list.protected' ? {} : callbackIn(begun?.body ?? '');
    const file = await functionFile(name);
    const { loads, formatters } = await run(file, { ...call, ...carried, ...event });
    expect({ loads, formatters }).toEqual({ loads: [file], formatters: [] });
  });
});
