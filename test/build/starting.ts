/** `npm start` as a person has it: another process, real ports, what the build made. */
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

export const root = join(__dirname, '../..');

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

export function started(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'switchboard/start.ts', ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, LC_ALL: 'en_US.UTF-8' },
  });
  const told = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    told.out += data;
  });
  child.stderr.on('data', (data) => {
    told.err += data;
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...told })));
  return { child, told, ended };
}

export async function listening(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return server;
}

export const closed = (server: Server) => new Promise((resolve) => server.close(resolve));

/** Two in a row. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = await listening(0);
    const { port } = server.address() as { port: number };
    const next = await listening(port + 1).catch(() => undefined);
    await closed(server);
    if (next) {
      await closed(next);
      return port;
    }
  }
}

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
