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
  const all = [{ ...first, ...hello, status: 200, elements: ['Response', 'Say'] }, ...webhooks];
  const rounds: Cost[][] = [];
  // Round by round, so that a busy minute of the machine is spread over all of them.
  for (let round = 0; round < times; round++) {
    const costs: Cost[] = [];
    for (const webhook of all) costs.push(await costOf(webhook, folder));
    rounds.push(costs);
  }
  await rm(folder, { recursive: true });
  // The least of all rounds: whatever else the machine does can only add to what it takes.
  const least = (nth: number, what: keyof Cost) =>
    Math.min(...rounds.map((costs) => costs[nth]?.[what] ?? Infinity));
  const scaled = (nth: number) => (least(nth, 'answer') / least(nth, 'twilio')) * TWILIO_MS;
  return webhooks.map(({ name, kind }, nth) => ({
    what: name,
    ms: [scaled(nth + 1) - scaled(0)],
    goal: GOALS[kind],
  }));
}

/** Milliseconds of the processor: to load `twilio`, and then to load a Function and have its first answer. */
type Cost = { readonly twilio: number; readonly answer: number };

type Weighed = Cost & {
  readonly status: number;
  readonly elements: readonly string[];
  /** A request to a neighbour that was not recorded. */
  readonly unexpected: readonly string[];
  readonly fault?: string;
};

async function costOf(webhook: Recorded, folder: string): Promise<Cost> {
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
    const { status, elements, unexpected, fault } = weighed;
    const isAsBefore = status === webhook.status && String(elements) === String(webhook.elements);
    if (fault || unexpected.length > 0 || !isAsBefore)
      throw new Error(`${name} answered otherwise: ${JSON.stringify(weighed)}\n${said}`);
    return weighed;
  } finally {
    child.kill();
  }
}
