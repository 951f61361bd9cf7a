/** What a cold Function costs before it answers: each time in a process of its own, as what is deployed runs. */
import { fork } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './measure';

const root = join(__dirname, '../..');
const built = (...path: string[]) => join(root, '.twilioserverless', ...path);

/** The least that a Function can be. */
const HELLO = `exports.handler = (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  twiml.say('hello');
  callback(null, twiml);
};
`;

/** Milliseconds of the processor. */
type Cost = { readonly twilio: number; readonly load: number; readonly answer: number };

export async function functionRows(times: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const hello = join(folder, 'hello.js');
  await writeFile(hello, HELLO);
  const files = {
    hello,
    ...Object.fromEntries(
      (await readdir(built('functions'))).map((name) => [name, built('functions', name)]),
    ),
    ...Object.fromEntries(
      ['news', 'calendar'].map((name) => [`${name} (Asset)`, built(`assets/${name}.private.js`)]),
    ),
  };
  const costs = new Map<string, Cost[]>(Object.keys(files).map((name) => [name, []]));
  // Round by round, so that a minute in which the machine is busy is spread over all of them.
  for (let round = 0; round < times; round++) {
    for (const [name, file] of Object.entries(files)) costs.get(name)?.push(await costOf(file));
  }
  await rm(folder, { recursive: true });
  const all = [...costs];
  const of = (name: string) => costs.get(name) ?? [];
  const twilio = of('dial-list.protected.js').map((cost) => cost.twilio);
  const firstRing = (name: string) => of(name).map(({ load, answer }) => load + answer);
  return [
    { what: 'twilio', ms: twilio },
    ...all.map(([name, each]) => ({
      what: `load ${name}`,
      ms: each.map(({ load }) => load),
      beside: each.map((cost) => cost.twilio),
    })),
    { what: 'first answer of hello', ms: firstRing('hello'), beside: of('hello').map((cost) => cost.twilio) },
    { what: 'first ring of dial-list', ms: firstRing('dial-list.protected.js'), beside: twilio },
  ];
}

/** Mackerel calls, and there is no Sync: the first ring goes out all the same. */
const call = {
  alertId: '2wpLU5fBXbG',
  CallSid: `CA${'0123456789abcdef'.repeat(2)}`,
  From: '+815000000100',
  To: '+815000000101',
  Direction: 'outbound-api',
  CallStatus: 'in-progress',
};

function costOf(file: string): Promise<Cost> {
  const child = fork(join(root, 'test/support/deployed-function.js'), [], {
    env: {},
    execArgv: [],
    silent: true,
  });
  const assets = {
    '/dial-list.json': built('assets/dial-list.private.json'),
    '/calendar.js': built('assets/calendar.private.js'),
    '/news.js': built('assets/news.private.js'),
  };
  type Measured = { loading: { twilio: number; bundle: number }; answering?: number };
  return new Promise<Cost>((resolve, reject) => {
    child.once('message', ({ loading, answering = 0 }: Measured) => {
      resolve({ twilio: loading.twilio, load: loading.bundle, answer: answering });
      child.kill();
    });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.send({ file, event: call, context: { DOMAIN_NAME: 'mackerel-kaden-1234-dev.twil.io' }, assets });
  });
}
