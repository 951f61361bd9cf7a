/** What Twilio's platform puts around a Function: its globals, a context, and a `callback` that ends it. */
import { join } from 'node:path';
import type { Context } from '@twilio-labs/serverless-runtime-types/types';
import type { DialList } from '../../src/dial-list/list';
import type { Env } from '../../src/platform/config';
import type { Handler } from '../../src/platform/endpoint';
import { onDuty } from './on-duty';
import type { StandIns } from './stand-ins';

export type Answer = {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string | object;
  /** How to log in, if nobody was let in. */
  readonly challenge?: string;
};

// The class of the local server; the package exports no more than the server itself.
const { Response } = require(
  join(__dirname, '../../node_modules/@twilio/runtime-handler/dist/dev-runtime/internal/response'),
);

type Raw = { statusCode: number; body: string | object; headers: Record<string, string> };

export type Platform = {
  /** Calls a Function as the platform does, and waits for its `callback`. */
  call(handler: Handler, path: string, event: object, env?: Env): Promise<Answer>;
  /** What has been logged, warnings too. */
  readonly log: readonly string[];
  close(): void;
};

/** @param list null where the Asset is not deployed */
export function platform(world: StandIns, list: DialList | null = onDuty()): Platform {
  const log: string[] = [];
  const spies = (['log', 'warn', 'error'] as const).map((kind) =>
    jest.spyOn(console, kind).mockImplementation((...[line]: unknown[]) => void log.push(String(line))),
  );
  const assets = list && {
    '/dial-list.json': { path: '', open: () => JSON.stringify(list) },
  };
  Object.assign(globalThis, {
    Twilio: { Response },
    Runtime: { getAssets: () => assets ?? {} },
  });
  return {
    log,
    call: (handler, path, event, env = {}) =>
      world.soon(
        new Promise<Answer>((resolve, reject) => {
          const context = { ...env, PATH: path, getTwilioClient: world.client } as unknown as Context<Env>;
          const answered = (fault: unknown, answer: unknown) =>
            fault ? reject(fault) : resolve(answerOf(answer as Raw));
          handler(context, event, answered as never).catch(reject);
        }),
      ),
    close() {
      for (const spy of spies) spy.mockRestore();
      for (const name of ['Twilio', 'Runtime']) Reflect.deleteProperty(globalThis, name);
    },
  };
}

const answerOf = ({ statusCode, body, headers }: Raw): Answer => ({
  status: statusCode,
  type: headers['Content-Type'],
  body,
  challenge: headers['WWW-Authenticate'],
});
