/** A phone room in a process of its own, and browsers that visit it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { RoomState } from '../../switchboard/room';
import { chromiumPath, FLAGS } from './chromium';

const root = join(__dirname, '../..');

export type Visit = {
  readonly url: string;
  /** A window of its own; what it asks for elsewhere, or writes on its console, fails the test. */
  window(options?: BrowserContextOptions): Promise<Page>;
  api(method: string, path: string, body?: object): Promise<unknown>;
  state(): Promise<RoomState>;
  /** A clean state, as fast as said. */
  afresh(speed: number): Promise<void>;
  /** What went wrong in any window so far. */
  readonly faults: readonly string[];
  closeWindows(): Promise<void>;
  end(): Promise<void>;
};

export async function visit(
  settings: { language?: 'ja' | 'en'; members?: number; calls?: number } = {},
): Promise<Visit> {
  const { server, url } = await started(settings);
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args: FLAGS });
  const faults: string[] = [];

  async function window(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width: 1440, height: 1000 },
      acceptDownloads: true,
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) faults.push(`asked elsewhere: ${request.url()}`);
    });
    await page.goto(url);
    await page.waitForSelector('#desk .phone');
    return page;
  }

  async function api(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(url + path, { method, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  }

  return {
    url,
    window,
    api,
    state: async () => (await api('GET', '/api/state')) as RoomState,
    async afresh(speed) {
      await api('POST', '/api/reset');
      await api('PUT', '/api/clock', { speed, isPaused: false });
      faults.length = 0;
    },
    faults,
    async closeWindows() {
      for (const context of browser.contexts()) await context.close();
    },
    async end() {
      await browser.close();
      server.stdin?.end();
      server.kill();
    },
  };
}

async function started(settings: object): Promise<{ server: ChildProcess; url: string }> {
  const server = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/browser/room-server.ts', JSON.stringify(settings)],
    { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout?.once('data', (data) => resolve(String(data).trim()));
    server.once('exit', (code) => reject(new Error(`The room did not open: ${code}`)));
  });
  return { server, url };
}

/** The page's own policy lets no script be made of text, so Playwright's waiting for an expression is no way. */
export async function until(isSo: () => Promise<unknown>): Promise<void> {
  for (const endAt = Date.now() + 10_000; !(await isSo()); ) {
    if (Date.now() > endAt) throw new Error('It does not come to that');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
