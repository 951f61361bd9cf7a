/** The page for everybody: two languages, the keyboard alone, a screen reader, both themes, narrow and wide; and its weight. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { english } from '../../switchboard/room/page/words/en';
import { japanese } from '../../switchboard/room/page/words/ja';
import { describeInBrowser } from './chromium';
import { until, type Visit, visit } from './visit';

jest.setTimeout(90_000);
let room: Visit;

const speed = (factor: number) => room.api('PUT', '/api/clock', { speed: factor });
const headline = (page: Page, words: string) => page.locator('#now .headline', { hasText: words }).waitFor();
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Every rule of axe's that is about WCAG 2.2 AA or good practice. */
async function audit(page: Page): Promise<string[]> {
  const result = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })`);
  return (result as { violations: { id: string; nodes: { html: string }[] }[] }).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

/** Presses Tab until what has the focus goes by this name. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let count = 0; count < 120; count += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(
      `(() => { const { activeElement: e } = document; return e.getAttribute('aria-label') || e.labels?.[0]?.firstChild?.textContent?.trim() || e.textContent.trim(); })()`,
    );
    if (typeof name === 'string' ? focused === name : name.test(String(focused))) return;
  }
  throw new Error(`The keyboard does not reach ${name}`);
}

describeInBrowser('the page', () => {
  beforeAll(async () => {
    room = await visit();
  });
  afterAll(() => room?.end());
  beforeEach(() => room.afresh(1));
  afterEach(async () => {
    await room.closeWindows();
    expect(room.faults).toEqual([]);
  });

  test.each([
    ['en-US', 'en', 'Phone room', '日本語', '電話室'],
    ['ja-JP', 'ja', '電話室', 'English', 'Phone room'],
    ['fr-FR', 'en', 'Phone room', '日本語', '電話室'],
  ])(
    'opened by a browser in %s it is in %s, and switches',
    async (locale, lang, title, other, otherTitle) => {
      const page = await room.window({ locale });
      expect(await page.getAttribute('html', 'lang')).toBe(lang);
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByRole('button', { name: other, exact: true }).click();
      await page.getByRole('heading', { name: otherTitle }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: otherTitle }).waitFor();
    },
  );

  test('in Japanese nothing of the page’s own is in English', async () => {
    const page = await room.window({ locale: 'ja-JP' });
    await page.getByRole('button', { name: 'アラートを発生させる', exact: true }).click();
    await page.getByRole('button', { name: '出る: Sato', exact: true }).click();
    const said = (await page.locator('body').innerText()).toLowerCase();
    const spoken = new Set(texts(japanese).map((text) => text.toLowerCase()));
    const foreign = texts(english).filter((text) => text.length > 6 && !spoken.has(text.toLowerCase()));
    expect(foreign.filter((text) => said.includes(text.toLowerCase()))).toEqual([]);
  });

  test('by keyboard alone: raise, pick up, take, open a request, close it', async () => {
    const page = await room.window();
    await tabTo(page, 'Raise the alert');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Pick up: Sato');
    await page.keyboard.press('Enter');
    await page.locator('.spoken').waitFor();
    await tabTo(page, '1 take');
    await page.keyboard.press('Space');
    await headline(page, 'Sato took it');
    await tabTo(page, 'Requests');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Faults', selected: true }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await tabTo(page, /^Open /);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('keys are typed while the keypad has the focus', async () => {
    const page = await room.window();
    await page.getByRole('button', { name: 'Raise the alert', exact: true }).click();
    await page.getByRole('button', { name: 'Pick up: Sato', exact: true }).click();
    await page.locator('.spoken').waitFor();
    await page.getByRole('button', { name: '5', exact: true }).focus();
    await page.keyboard.press('1');
    await headline(page, 'Sato took it');
  });

  test('a ringing phone is announced', async () => {
    const page = await room.window();
    await page.getByRole('button', { name: 'Raise the alert', exact: true }).click();
    await page
      .getByRole('status')
      .filter({ hasText: "Sato's phone is ringing" })
      .waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Pick up: Sato', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Sato picked up' }).waitFor({ state: 'attached' });
  });

  describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
    test.each([360, 1440])('%i px wide: nothing sticks out, and axe finds nothing', async (width) => {
      const page = await room.window({ colorScheme, viewport: { width, height: 900 } });
      const found: Record<string, string[]> = {};
      const look = async (at: string) => {
        found[at] = await audit(page);
        const wide = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        if (wide !== 0) found[at]?.push(`sticks out by ${wide} px`);
      };
      await look('idle');
      await page.getByText('Change the text, raise several').click();
      await page.getByRole('button', { name: 'Raise the alert', exact: true }).click();
      await page.getByRole('button', { name: 'Pick up: Sato', exact: true }).waitFor();
      await look('ringing');
      await page.getByRole('button', { name: 'Pick up: Sato', exact: true }).click();
      await page.locator('.spoken').waitFor();
      await look('talking');
      await page.getByRole('button', { name: '2 pass', exact: true }).click();
      await room.api('PUT', '/api/phones/Suzuki', { habit: 'voicemail' });
      await room.api('PUT', '/api/phones/Takahashi', { habit: 'takes' });
      await speed(20);
      await headline(page, 'Takahashi took it');
      await page.getByText('As a list').click();
      await look('afterwards');
      await page.getByRole('button', { name: /^Open GET \/dial-list/ }).click();
      await page.getByRole('dialog').getByText('<Dial').waitFor();
      await look('a request');
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Faults' }).click();
      await page.locator('#faults').getByLabel('Slack').selectOption('down');
      await page.getByText('1 fault is on').waitFor();
      await look('a fault');
      await page.getByRole('tab', { name: 'The night as a file' }).click();
      await look('the night');
      expect(Object.fromEntries(Object.entries(found).filter(([, faults]) => faults.length > 0))).toEqual({});
    });
  });

  test('the theme can be chosen, against the system', async () => {
    const page = await room.window({ colorScheme: 'light' });
    const ground = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    await page.getByLabel('Colours').selectOption('dark');
    await until(async () => (await ground()) !== light);
  });

  test('who wants nothing to move sees nothing move', async () => {
    const page = await room.window({ reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Raise the alert', exact: true }).click();
    await page.locator('.phone.ringing').waitFor();
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });

  test('the script weighs less than 60 KB, gzipped', async () => {
    const script = Buffer.from(await (await fetch(`${room.url}/page.js`)).arrayBuffer());
    expect(gzipSync(script).length).toBeLessThan(60_000);
  });
});

/** The fixed texts of one language. */
function texts(words: object): string[] {
  return Object.values(words).flatMap((word) =>
    typeof word === 'string' ? [word] : typeof word === 'object' ? texts(word as object) : [],
  );
}
