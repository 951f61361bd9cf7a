/**
 * Takes the README's two pictures of the phone room from the running product: `npm run screenshots`. In English a
 * page that is going on, in Japanese the timeline of one that is over.
 */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumPath } from '../test/browser/chromium';
import { type Visit, visit } from '../test/browser/visit';

const folder = join(__dirname, '../docs/images');
const VIEWPORT = { width: 1400, height: 780 };
/** Bytes: README pages load them all. */
const MOST = 200_000;

type Picture = {
  readonly file: string;
  readonly language: 'en' | 'ja';
  play(room: Visit, page: Page): Promise<void>;
};

const alert = { type: 'check', monitorName: 'disk', message: 'DISK CRITICAL: /var 97 %' };

const pictures: readonly Picture[] = [
  {
    file: 'phone-room.en.png',
    language: 'en',
    async play(room, page) {
      await room.api('POST', '/api/alerts', alert);
      await page.getByText('s left').waitFor();
      await speed(room, 20);
      await page.getByText('Ringing Suzuki').waitFor();
      await speed(room, 1);
      await room.api('POST', '/api/phones/Suzuki/pick-up');
      await page.locator('.spoken').waitFor();
      await page.waitForTimeout(4500);
    },
  },
  {
    file: 'phone-room.ja.png',
    language: 'ja',
    async play(room, page) {
      await room.api('PUT', '/api/phones/m0', { habit: 'voicemail' });
      await room.api('PUT', '/api/phones/m1', { habit: 'passes' });
      await room.api('PUT', '/api/phones/m2', { habit: 'takes' });
      await room.api('POST', '/api/alerts', alert);
      await speed(room, 20);
      await page.getByText('高橋さんが').first().waitFor();
      await page.getByText('音楽なし').waitFor();
      await speed(room, 1);
    },
  },
];

const speed = (room: Visit, factor: number) => room.api('PUT', '/api/clock', { speed: factor });

async function take({ file, language, play }: Picture): Promise<void> {
  const room = await visit({ language });
  try {
    const page = await room.window({
      locale: language === 'ja' ? 'ja-JP' : 'en-US',
      viewport: VIEWPORT,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    await play(room, page);
    await page.waitForTimeout(800);
    const path = join(folder, file);
    await page.screenshot({ path });
    const { size } = await stat(path);
    console.log(`${file}: ${Math.round(size / 1000)} KB`);
    if (size > MOST) throw new Error(`${file} is over ${MOST / 1000} KB`);
  } finally {
    await room.end();
  }
}

async function main(): Promise<void> {
  if (chromiumPath === undefined)
    throw new Error('There is no Chromium: install it, or set CHROMIUM to its path');
  await mkdir(folder, { recursive: true });
  for (const picture of pictures) await take(picture);
}

main().catch((error) => {
  console.error(String(error));
  process.exitCode = 1;
});
