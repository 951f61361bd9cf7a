/** One night in a real browser, by hand, on what the build made. The others: nights.deep.test.ts */
import { chromiumPath, describeInBrowser } from './chromium';
import { button, headline, numberB, phone, raise } from './hands';
import { type Visit, visit } from './visit';

if (chromiumPath === undefined)
  process.stdout.write(
    'SKIPPED: the story in a real browser, for there is no Chromium (set CHROMIUM to its path)\n',
  );

jest.setTimeout(60_000);
let room: Visit;

describeInBrowser('the phone room', () => {
  beforeAll(async () => {
    room = await visit();
  });
  afterAll(() => room?.end());

  test('raised, rung, ignored, rung on, picked up, taken with 1: the music stops, and Slack says who', async () => {
    await room.afresh(1);
    const speed = (factor: number) => room.api('PUT', '/api/clock', { speed: factor });
    const page = await room.window();
    await raise(page);
    await phone(page, 'Sato').getByText('s left').waitFor();
    await numberB(page).getByText('Hold music').waitFor();
    await headline(page, 'Ringing Sato');
    await speed(20);
    await phone(page, 'Suzuki').getByText('s left').waitFor();
    await speed(1);
    await phone(page, 'Sato').getByText('Not answered').waitFor();
    await button(page, 'Pick up: Suzuki').click();
    await phone(page, 'Suzuki').locator('.subtitle .spoken').filter({ hasText: 'Suzuki' }).waitFor();
    await headline(page, 'Suzuki is on the line');
    await button(page, '1 take').click();
    await headline(page, 'Suzuki took it');
    await page.locator('#slack').getByText('Suzuki took it').waitFor();
    await numberB(page).getByText('No music').waitFor();
    await page.locator('#timeline svg .mark.key').waitFor();
    expect(await page.locator('#timeline .bar.ringing').count()).toBe(2);
    expect(await page.locator('#timeline .bar.talking').count()).toBe(1);
    await room.closeWindows();
    expect(room.faults).toEqual([]);
  });
});
