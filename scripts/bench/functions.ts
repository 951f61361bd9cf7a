/**
 * What a cold Function costs until it has answered, beyond the cost of Twilio's hello template: each time in a
 * process of its own, under Twilio's own runtime-handler. The request, and its neighbours' answers, were recorded on
 * the switchboard.
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Row } from './measure';
import { type Recorded, recordedWebhooks } from './recorded';

const root = join(__dirname, '../..');
const runner = join(dirname(require.resolve('@twilio/runtime-handler/dev')), 'internal/functionRunner.js');

/** As twilio.com/docs/serverless/functions-assets/quickstart/receive-call has it. */
const HELLO = `exports.handler = function (context, event, callback) {
  const twiml = new Twilio.twiml.VoiceResponse();
  twiml.say('Hello World!');
  callback(null, twiml);
};
`;

/** Milliseconds for loading `twilio`, by which all figures are scaled, so that they mean the same on every machine. */
const TWILIO_MS = 113;

/** The goals, in such milliseconds: somebody is on the line, nobody is, and a ring is placed. */
const GOALS = { voice: 10, other: 20, placing: 30 };

export async function functionRows(times: number): Promise<Row[]> {
  const webhooks = await recordedWebhooks();
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const hello = { name: 'hello', file: join(folder, 'hello.js'), path: '/hello', event: {}, exchanges: [] };
  await writeFile(hello.file, HELLO);
  const first = webhooks[0] as Recorded;
  const beyond = webhooks.map((): number[] => []);
  // Round by round, so that a busy minute of the machine is spread over all of them.
  for (let round = 0; round < times; round++) {
    const least = await costOf({ ...first, ...hello, elements: ['Response', 'Say'] }, folder);
    for (const [nth, webhook] of webhooks.entries())
      beyond[nth]?.push(((await costOf(webhook, folder)) - least) * TWILIO_MS);
  }
  await rm(folder, { recursive: true });
  return webhooks.map(({ name, kind }, nth) => ({ what: name, ms: beyond[nth] ?? [], goal: GOALS[kind] }));
}

type Weighed = {
  /** Milliseconds of the processor. */
  readonly twilio: number;
  readonly cost: number;
  readonly status: number;
  readonly elements: readonly string[];
  /** A request to a neighbour that was not recorded. */
  readonly unexpected: readonly string[];
  readonly fault?: string;
};

/** Load and first answer, as a share of the time for loading `twilio`. */
async function costOf(webhook: Recorded, folder: string): Promise<number> {
  const { name, file, path, event, at, exchanges, env, url, assets } = webhook;
  const list = { path: '/dial-list.json', access: 'private', filePath: join(folder, 'dial-list.json') };
  await writeFile(list.filePath, JSON.stringify(webhook.list));
  const config = {
    baseDir: root,
    env,
    url,
    port: 0,
    logger: {},
    routes: { functions: [], assets: [...assets, list] },
  };
  const child = fork(runner, [], {
    env: {},
    execArgv: ['--require', join(__dirname, 'cold-function.js')],
    silent: true,
  });
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  try {
    const weighed = await new Promise<Weighed>((resolve, reject) => {
      child.once('message', (told) => resolve(told as Weighed));
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${said}`)));
      child.send({ functionPath: file, event, path, config, at, exchanges });
    });
    const { twilio, cost, status, elements, unexpected, fault } = weighed;
    const isAsBefore = status === webhook.status && String(elements) === String(webhook.elements);
    if (fault || unexpected.length > 0 || !isAsBefore)
      throw new Error(`${name} answered otherwise: ${JSON.stringify(weighed)}\n${said}`);
    return cost / twilio;
  } finally {
    child.kill();
  }
}
