import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SIGN } from '../../scripts/build/output';
import { type Built, type ProjectCopy, projectCopy } from '../support/project-copy';

/** A cold Function reads and compiles its file before the phone rings, or before the member hears anything. */
const LARGEST_FUNCTION = 68 * 1024;
/** What is spoken has to be put into words. No call waits for the clock, nor for Mackerel's webhook and Status Callback. */
const LARGEST_OTHER = 77 * 1024;

/**
 * Anybody who knows a URL may call these: number B may belong to another account, and Mackerel signs nothing (Basic
 * auth).
 */
const PUBLIC_FUNCTIONS = ['health.js', 'hold-music.js', 'mackerel-webhook.js'];
const ASSETS = ['dial-list.private.json', 'hold-music.wav', 'mackerel.private.js', 'news.private.js'];

let project: ProjectCopy;
beforeAll(async () => {
  project = await projectCopy();
});
afterAll(() => project.remove());

const built = (...path: string[]) => join(project.folder, '.twilioserverless', ...path);
const filesIn = async (folder: string) => (await readdir(built(folder), { recursive: true })).sort();
const functionSources = () => readdir(join(project.folder, 'src/functions'));

describe('a build', () => {
  let build: Built;
  beforeAll(async () => {
    build = await project.build();
  });

  test('ends well, and says what it made', () => {
    expect(build.code).toBe(0);
    expect(build.stdout).toMatch(/ functions\/dial-list\.protected\.js +[\d.]+ KB\n/);
    expect(build.stdout).toMatch(/✓ Built \d+ files for 3 members in \d+ ms\n$/);
  });

  test('warns of the sample’s made-up numbers, and of nothing else: a bare clone can be tried out', () => {
    expect(build.stderr).toBe(
      '! src/assets/dial-list.private.json: members: 佐藤, 鈴木, 高橋: made-up numbers that reach nobody; write real ones before you deploy\n',
    );
  });

  test('makes one file for each Function', async () => {
    const names = (await functionSources()).map((name) => name.replace(/\.ts$/, '.js'));
    expect(await filesIn('functions')).toEqual(names.sort());
  });

  test('makes the Assets, and nothing else: no map, no declarations, no schema', async () => {
    expect(await filesIn('assets')).toEqual(ASSETS);
    expect((await readdir(built())).sort()).toEqual(['assets', 'functions']);
  });

  test('makes no Function public that need not be', async () => {
    const open = (await filesIn('functions')).filter((name) => !name.endsWith('.protected.js'));
    expect(open).toEqual(PUBLIC_FUNCTIONS);
  });

  const tooLarge = async () => {
    const names = await filesIn('functions');
    const sizes = await Promise.all(
      names.map(async (name) => [name, (await stat(built('functions', name))).size] as const),
    );
    const isOther = (name: string) => /^(answered|health|mackerel-webhook|call-ended)/.test(name);
    const largest = (name: string) => (isOther(name) ? LARGEST_OTHER : LARGEST_FUNCTION);
    return sizes.filter(([name, bytes]) => bytes >= largest(name)).map(([name]) => name);
  };

  test('makes no Function larger than a phone can wait for', async () => {
    expect(await tooLarge()).toEqual([]);
  });

  test('lets what rings, and says nothing, load no words', async () => {
    const speaking: string[] = [];
    for (const name of await filesIn('functions')) {
      if ((await readFile(built('functions', name), 'utf8')).includes('Press 1 to take')) speaking.push(name);
    }
    expect(speaking).toEqual(['answered-key.protected.js', 'answered.protected.js']);
  });

  test('leaves no source map behind, and no path of the one who built', async () => {
    for (const name of await filesIn('functions')) {
      const text = await readFile(built('functions', name), 'utf8');
      expect(text).not.toMatch(/sourceMappingURL/);
      expect(text).not.toContain(project.folder);
    }
  });

  test('writes the list complete, and without the schema’s address', async () => {
    const list = JSON.parse(await readFile(built('assets/dial-list.private.json'), 'utf8'));
    expect(Object.keys(list)).not.toContain('$schema');
    expect(list.members).toHaveLength(3);
    for (const member of list.members) {
      expect(member).toMatchObject({
        reading: expect.any(String),
        ringSeconds: expect.any(Number),
        language: 'ja',
      });
    }
  });

  test('leaves nothing of the one before', async () => {
    await writeFile(built('functions/yesterday.js'), '');
    await writeFile(built('assets/phones.txt'), '');
    expect(await project.build('--brief')).toMatchObject({ code: 0 });
    expect(await filesIn('functions')).not.toContain('yesterday.js');
    expect(await filesIn('assets')).toEqual(ASSETS);
  });

  test('is told briefly where that is wanted', async () => {
    const { stdout } = await project.build('--brief');
    expect(stdout.trim().split('\n')).toEqual([expect.stringContaining('✓ Built')]);
  });
});

describe('a faulty dial list', () => {
  const broken = `{
    "timezone": "Asia/Tokyo",
    "ringSeconds": 3,
    "members": [
      { "name": "佐藤", "phone": "050-0000-0001" },
      { "name": "", "phone": "+15550100" },
      { "name": "Alice", "phone": "+1 555 0100", "language": "fr" }
    ]
  }`;

  let build: Built;
  beforeAll(async () => {
    await project.writeDialList(broken);
    build = await project.build('--brief');
  });

  test('fails the build, with all its faults at once, each with its place', () => {
    expect(build).toMatchObject({ code: 1, stdout: '' });
    const [title, ...faults] = build.stderr.trimEnd().split('\n');
    expect(title).toBe('✗ src/assets/dial-list.private.json has 6 faults:');
    expect(faults.map((fault) => fault.trim().split(': ')[0])).toEqual([
      'line 3, ringSeconds',
      'line 5, members[0].phone (member 1, 佐藤)',
      'line 6, members[1].name (member 2)',
      'line 7, members[2].phone (member 3, Alice)',
      'line 7, members[2].language (member 3, Alice)',
      'line 2, timezone',
      'Nothing was built',
    ]);
  });

  test('shows no phone number: a build’s log is read by many', () => {
    expect(build.stderr).not.toMatch(/0000-?0001|555 ?0100/);
  });

  test('leaves nothing to deploy of what was built before', async () => {
    expect(await filesIn('functions')).toEqual([SIGN]);
    expect(await filesIn('assets')).toEqual([]);
  });

  test('one fault is no plural', async () => {
    await project.writeDialList('{ "members": [] }');
    expect((await project.build('--brief')).stderr).toMatch(
      /has 1 fault:\n {2}line 1, members: write at least one member/,
    );
  });

  test('is told in Japanese where the terminal is', async () => {
    await project.writeDialList('{\n  "rounds": 0,\n  "members": []\n}');
    project.speak('ja_JP.UTF-8');
    const { stderr } = await project.build('--brief');
    project.speak('en_US.UTF-8');
    expect(stderr).toBe(
      [
        '✗ src/assets/dial-list.private.json に誤りが2件あります:',
        '  2行目 rounds: 周数を1から50までの整数で書いてください',
        '  3行目 members: メンバーを1人以上書いてください: { "name": …, "phone": … }',
        '何も作っていません。これを直すまで、デプロイできるものはありません。',
        '',
      ].join('\n'),
    );
  });

  test.each([
    ['no JSON', '{ "members": [ }', 'line 1: write a value here'],
    ['empty', '', 'line 1: is empty; write { "members": [ … ] }'],
    ['a text', '"佐藤"', 'line 1, dial list: write an object'],
  ])('that is %s is a fault, not a crash', async (_, text, fault) => {
    await project.writeDialList(text);
    const { code, stderr } = await project.build('--brief');
    expect(code).toBe(1);
    expect(stderr).toContain(`dial-list.private.json has 1 fault:`);
    expect(stderr).toContain(`  ${fault}`);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test('whose number stands without quotes is not shown, either', async () => {
    await project.writeDialList('{ "members": [{ "name": "A", "phone": +815000000042 }] }');
    const { code, stderr } = await project.build('--brief');
    expect(code).toBe(1);
    expect(stderr).toContain('line 1: put phone numbers');
    expect(stderr).not.toContain('0042');
  });
});

describe('the list and .env, judged as they will be deployed', () => {
  const webhook = JSON.stringify({
    start: 'webhook',
    members: [{ name: '佐藤', phone: '+815000000001' }],
  });
  afterAll(() => project.writeEnv(null));

  test('"start": "webhook" without what it needs fails the build, and leaves nothing to deploy', async () => {
    await project.writeDialList(webhook);
    expect(await project.build('--brief')).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        '✗ .env has 3 faults:',
        '  CALLER_ID: is missing; with "start": "webhook" people are called from it: write a number of your Twilio account, as in +815000000101',
        '  MACKEREL_WEBHOOK_USER: is missing; with "start": "webhook" no alert gets in without it',
        '  MACKEREL_WEBHOOK_PASSWORD: is missing; with "start": "webhook" no alert gets in without it',
        'Nothing was built: there is nothing to deploy until this is fixed.',
        '',
      ].join('\n'),
    });
    expect(await filesIn('functions')).toEqual([SIGN]);
  });

  test('with all of it, there is something to deploy again', async () => {
    await project.writeEnv(
      'CALLER_ID=+815000000101\nMACKEREL_WEBHOOK_USER=mackerel\nMACKEREL_WEBHOOK_PASSWORD=secret\n',
    );
    const { code, stderr } = await project.build('--brief');
    expect(code).toBe(0);
    expect(await filesIn('functions')).not.toContain(SIGN);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/dial-list.*: members: 佐藤: made-up numbers/),
      expect.stringMatching(/^! \.env: CALLER_ID: is a made-up number/),
      expect.stringMatching(/^! \.env: has no ACCOUNT_SID and AUTH_TOKEN yet/),
      expect.stringMatching(/^! \.env: Slack is not set up/),
    ]);
  });

  test('a fault of .env is told with its line, and fails the build', async () => {
    await project.writeEnv('# mine\nexport SLACK_BOT_TOKEN=xoxb-1\n');
    const { code, stderr } = await project.build('--brief');
    expect(code).toBe(1);
    expect(stderr).toContain('  line 2: is ignored: take out the word export\n');
  });
});

test('a source that cannot be bundled leaves nothing to deploy, either', async () => {
  await project.writeDialList('{ "members": [{ "name": "佐藤", "phone": "+815000000001" }] }');
  const source = join(project.folder, 'src/functions/broken.ts');
  await writeFile(source, "import '../nowhere';\n");
  const { code } = await project.build('--brief');
  await rm(source);
  expect(code).toBe(1);
  expect(await filesIn('functions')).toEqual([SIGN]);
  expect(await filesIn('assets')).toEqual([]);
});
