import { readFile } from 'node:fs/promises';
import { type Clock, installClock } from '../../switchboard/clock';

let clock: Clock;
beforeEach(() => {
  clock = installClock({ startAt: new Date('2026-11-22T00:00:00Z') });
});
afterEach(() => clock.uninstall());

test('an hour passes timer by timer, and Date goes with it', async () => {
  const seen: string[] = [];
  clock.after(3600, () => seen.push(`late ${new Date().toISOString()}`));
  clock.after(1.5, () => seen.push(`soon ${new Date().toISOString()}`));
  await clock.run(3600);
  expect(seen).toEqual(['soon 2026-11-22T00:00:01.500Z', 'late 2026-11-22T01:00:00.000Z']);
});

test('work between two timers is finished before time moves', async () => {
  const seen: number[] = [];
  clock.after(1, async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await readFile(__filename);
    seen.push(Date.now());
  });
  clock.after(2, () => void seen.push(Date.now()));
  const start = clock.now();
  await clock.run(2);
  expect(seen).toEqual([start + 1000, start + 2000]);
});

test('a timer set on the way, due at the very end, still fires', async () => {
  const fired = jest.fn();
  clock.after(1, () => void clock.after(1, fired));
  await clock.run(2);
  expect(fired).toHaveBeenCalledTimes(1);
});

test('a cancelled timer stays silent', async () => {
  const fired = jest.fn();
  clock.after(1, fired)();
  await clock.run(2);
  expect(fired).not.toHaveBeenCalled();
});

test('runUntil stops at the moment it waits for, or at its limit', async () => {
  const start = clock.now();
  let rung = false;
  clock.after(7, () => {
    rung = true;
  });
  expect(await clock.runUntil(() => rung)).toBe(true);
  expect(clock.now()).toBe(start + 7000);
  expect(await clock.runUntil(() => false, 60)).toBe(false);
  expect(clock.now()).toBe(start + 67_000);
});

test('AbortSignal.timeout counts virtual time', async () => {
  const signal = AbortSignal.timeout(3000);
  await clock.run(2.9);
  expect(signal.aborted).toBe(false);
  await clock.run(0.1);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('in real-time mode virtual time follows the wall clock, times the factor', async () => {
  const wait = performance.now();
  const stop = clock.pace(100);
  const start = clock.now();
  while (clock.now() - start < 5000) await new Promise((resolve) => setImmediate(resolve));
  stop();
  expect(clock.now() - start).toBeGreaterThanOrEqual(5000);
  expect(performance.now() - wait).toBeGreaterThan(30);
});
