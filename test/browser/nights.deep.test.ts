/** Nights lived through in a real browser, by hand. The Functions are what the build made; time runs fast where nobody acts. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { chromiumPath, describeInBrowser } from './chromium';
import { button, headline, numberB, phone, raise } from './hands';
import { until, type Visit, visit } from './visit';

if (chromiumPath === undefined)
  process.stdout.write(
    'SKIPPED: the stories in a real browser, for there is no Chromium (set CHROMIUM to its path)\n',
  );

jest.setTimeout(60_000);
let room: Visit;

const speed = (factor: number) => room.api('PUT', '/api/clock', { speed: factor });

/** Picks up, hears the message begin, and presses a key; again if nobody was listening for it yet. */
async function answer(page: Page, name: string, key: string): Promise<void> {
  await button(page, `Pick up: ${name}`).click();
  await phone(page, name).locator('.spoken').waitFor();
  await until(async () => {
    await button(page, key).click();
    const { calls } = await room.state();
    return calls.some(({ keys }) => keys.some(({ digit, taken }) => taken && key.startsWith(digit)));
  });
}

describeInBrowser('the phone room', () => {
  beforeAll(async () => {
    room = await visit();
  });
  afterAll(() => room?.end());
  beforeEach(() => room.afresh(1));
  afterEach(async () => {
    await room.closeWindows();
    expect(room.faults).toEqual([]);
  });

  test('the music is heard once somebody has touched the page, and the mute switch silences it', async () => {
    const page = await room.window();
    expect(await button(page, 'Mute music').getAttribute('aria-pressed')).toBe('false');
    await raise(page);
    await numberB(page).getByText('Hold music').waitFor();
    await until(async () => page.evaluate("!document.querySelector('audio').paused"));
    await button(page, 'Mute music').click();
    await until(async () => page.evaluate("document.querySelector('audio').paused"));
  });

  test('refused, passed on with 2, hung up: each goes on to the next', async () => {
    const page = await room.window();
    await raise(page);
    await button(page, 'Refuse: Sato').click();
    await phone(page, 'Sato').getByText('Busy or refused').waitFor();
    await answer(page, 'Suzuki', '2 pass');
    await button(page, 'Pick up: Takahashi').click();
    await button(page, 'Hang up: Takahashi').click();
    await answer(page, 'Sato', '1 take');
    await headline(page, 'Sato took it');
  });

  test('a voicemail takes nothing', async () => {
    const page = await room.window();
    await phone(page, 'Sato').getByRole('combobox').selectOption('voicemail');
    await phone(page, 'Suzuki').getByRole('combobox').selectOption('takes');
    await raise(page);
    await speed(20);
    await phone(page, 'Sato').getByText('Voicemail,').waitFor();
    await headline(page, 'Suzuki took it');
    await page.locator('#slack').getByText('a voicemail').first().waitFor();
  });

  test('busy and switched off are passed by', async () => {
    const page = await room.window();
    await phone(page, 'Sato').getByRole('combobox').selectOption('busy');
    await phone(page, 'Suzuki').getByRole('combobox').selectOption('switched-off');
    await phone(page, 'Takahashi').getByRole('combobox').selectOption('takes');
    await raise(page);
    await speed(20);
    await headline(page, 'Takahashi took it');
    await phone(page, 'Sato').getByText('Busy or refused').waitFor();
    await phone(page, 'Suzuki').getByText('Not reachable').waitFor();
  });

  test('a burst of 30 is one page, taken by one', async () => {
    const page = await room.window();
    await page.getByText('Change the text, raise several').click();
    await page.getByLabel('Name of the monitor').fill('error rate');
    await page.getByLabel('How many').fill('30');
    await button(page, 'Raise the alert × 30').click();
    await page.getByText('Open (30)').waitFor();
    await answer(page, 'Sato', '1 take');
    await speed(5);
    await headline(page, 'Sato took it');
    await speed(20);
    await numberB(page).getByText('No music').waitFor();
    const { calls } = await room.state();
    expect(calls.filter(({ to }) => to.startsWith('m'))).toHaveLength(1);
  });

  test('closed while it rings, it stops ringing by itself', async () => {
    const page = await room.window();
    await raise(page);
    await phone(page, 'Sato').getByText('s left').waitFor();
    await button(page, 'Close: loadavg5').click();
    await page.getByText('Open (0)').waitFor();
    await page.locator('#now.good .headline').waitFor();
    await speed(20);
    await numberB(page).getByText('No music').waitFor();
    expect((await room.state()).page?.end?.kind).toBe('closed');
  });

  test('an alert is re-sent by hand: a second notification of the same', async () => {
    const page = await room.window();
    await phone(page, 'Sato').getByRole('combobox').selectOption('takes');
    await raise(page);
    await speed(20);
    await headline(page, 'Sato took it');
    await numberB(page).getByText('No music').waitFor();
    const before = await page.locator('#timeline svg .mark.notified').count();
    await button(page, 'Re-send: loadavg5').click();
    await page.locator('#timeline svg .mark.notified').nth(before).waitFor();
  });

  test('one’s own phone calls number A, and hangs up', async () => {
    const page = await room.window();
    await button(page, 'Call number A').click();
    await button(page, 'Hang up: Your own phone').waitFor();
    await page.getByRole('group', { name: 'Keypad of Your own phone' }).waitFor();
    await button(page, 'Hang up: Your own phone').click();
    await button(page, 'Call number A').waitFor();
    const [call] = (await room.state()).calls;
    expect(call).toMatchObject({ from: 'own', to: 'a', endedBy: 'caller' });
  });

  test('a member who missed the ring calls number A, and hears how things stand', async () => {
    const page = await room.window();
    await phone(page, 'Sato').getByRole('combobox').selectOption('busy');
    await raise(page);
    await phone(page, 'Suzuki').getByText('s left').waitFor();
    await button(page, 'Call number A: Sato').click();
    await phone(page, 'Sato').locator('.spoken').waitFor();
    await button(page, 'Hang up: Sato').click();
    await headline(page, 'Ringing Suzuki');
  });

  test('a drill plays by itself', async () => {
    const page = await room.window();
    await button(page, 'Play a drill').click();
    await speed(20);
    await page.locator('#now.good .headline').waitFor();
    expect((await room.state()).page?.end?.kind).toBe('taken');
  });

  test('with Slack down the phones ring all the same, and once it is mended Slack hears', async () => {
    const page = await room.window();
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.locator('#faults').getByLabel('Slack').selectOption('down');
    await page.getByText('1 fault is on').waitFor();
    await phone(page, 'Sato').getByRole('combobox').selectOption('passes');
    await raise(page);
    await speed(10);
    await headline(page, 'Ringing Suzuki');
    expect((await room.state()).slack).toEqual([]);
    await button(page, 'Mend everything').click();
    await page.getByText('1 fault is on').waitFor({ state: 'detached' });
    await answer(page, 'Suzuki', '1 take');
    await page.locator('#slack').getByText('Suzuki took it').waitFor();
  });

  test('every request is in the log, and opens whole', async () => {
    const page = await room.window();
    await phone(page, 'Sato').getByRole('combobox').selectOption('takes');
    await raise(page);
    await speed(20);
    await headline(page, 'Sato took it');
    await page.getByRole('button', { name: 'Open GET /dial-list' }).click();
    const entry = page.getByRole('dialog');
    await entry.getByText('<Dial').waitFor();
    await entry.getByText('alertId=').waitFor();
    await page.keyboard.press('Escape');
    await entry.waitFor({ state: 'detached' });
    await page.getByLabel('Show').selectOption('all');
    await page
      .getByRole('button', { name: /Open (POST|GET) \/Documents/ })
      .first()
      .click();
    await entry.getByText('asked by the webhook').waitFor();
  });

  test('the clock pauses, goes on a step, and runs faster', async () => {
    const page = await room.window();
    await button(page, 'Pause').click();
    await raise(page);
    const { now } = await room.state();
    await page.waitForTimeout(300);
    expect((await room.state()).now).toBe(now);
    await button(page, 'One step').click();
    await until(async () => (await room.state()).calls.length > 0);
    await button(page, 'Go on').click();
    await page.getByLabel('Speed').selectOption('60');
    await phone(page, 'Suzuki').getByText('s left').waitFor();
  });

  test('a night is saved, started afresh, played again, and comes to the same', async () => {
    const page = await room.window();
    await phone(page, 'Sato').getByRole('combobox').selectOption('voicemail');
    await phone(page, 'Suzuki').getByRole('combobox').selectOption('takes');
    await raise(page);
    await speed(20);
    await headline(page, 'Suzuki took it');
    await numberB(page).getByText('No music').waitFor();
    await page.getByRole('tab', { name: 'The night as a file' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save this night' }).click(),
    ]);
    const file = await download.path();
    const saved = JSON.parse(await readFile(file, 'utf8'));
    await button(page, 'Start afresh').click();
    await button(page, 'Really? Press again').click();
    await page.getByText('Nobody is being rung.').waitFor();
    await page.locator('input[type=file]').setInputFiles(file);
    await headline(page, 'Suzuki took it');
    await numberB(page).getByText('No music').waitFor();
    const again = (await room.api('GET', '/api/night')) as typeof saved;
    expect(again.happened.rings).toEqual(saved.happened.rings);
  });

  test('a file that is no night is refused in words', async () => {
    const page = await room.window();
    await page.getByRole('tab', { name: 'The night as a file' }).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{') });
    await page.getByRole('alert').getByText('no saved night').waitFor();
  });

  test('two windows show the same, whoever acts; a reload loses nothing', async () => {
    const [one, other] = [await room.window(), await room.window({ locale: 'ja-JP' })];
    await raise(one);
    await button(other, '出る: Sato').click();
    await phone(one, 'Sato').locator('.spoken').waitFor();
    await button(one, '1 take').click();
    await headline(one, 'Sato took it');
    await headline(other, 'Satoさん');
    await one.reload();
    await headline(one, 'Sato took it');
    await one.locator('#slack').getByText('Sato took it').waitFor();
    expect(await one.locator('#timeline .bar.talking').count()).toBe(1);
  });
});
