/** Whether there is a browser to look at the page with, and what it is started with. */
import { accessSync, constants } from 'node:fs';

/** Where it may be, or the one place that was named. */
const PLACES = process.env.CHROMIUM
  ? [process.env.CHROMIUM]
  : ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromiumPath = PLACES.find(isExecutable);

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Stories for a real browser: left out without one, but a fault in CI. */
export function describeInBrowser(about: string, tell: () => void): void {
  // A browser lives by the clock on the wall; on a busy machine it may miss a moment that a story waits for.
  jest.retryTimes(2, { logErrorsBeforeRetry: true });
  if (chromiumPath !== undefined) describe(about, tell);
  else if (process.env.CI) test(about, failForWantOfIt);
  else describe.skip(about, tell);
}

function failForWantOfIt(): never {
  throw new Error('There is no Chromium, and CI may not go without: see .ci/run');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
