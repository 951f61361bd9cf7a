import * as fc from 'fast-check';
import { inWords, quantity, spanOf, type Unit } from '../../../src/core/wording/quantity';

const said = (value: number, metric?: string) => {
  const { digits, isNegative, unit } = quantity(value, metric);
  return `${isNegative ? '-' : ''}${digits} ${unit}`;
};

describe('a number has no more digits than an ear can take', () => {
  test.each<[string, number, string]>([
    ['a whole one', 42, '42'],
    ['nothing', 0, '0'],
    ['four digits that count', 95.29999, '95.3'],
    ['not a fifth', 2.255356387321597, '2.255'],
    ['of a large one the rest is nought', 1_234_567, '1235000'],
    ['a huge one', 1e21, '1000000000000000000000'],
    ['a small one', 0.012345, '0.0123'],
    ['a tiny one is nothing', 0.000012345, '0'],
    ['below nothing', -40.5, '-40.5'],
    ['a tiny bit below nothing is nothing', -0.000012345, '0'],
    ['minus nothing', -0, '0'],
    ['no grouping, which would be read as a decimal point elsewhere', 123_400, '123400'],
    ['rounded up to one digit more', 9999.96, '10000'],
  ])('%s', (_, value, digits) => {
    expect(said(value)).toBe(`${digits} none`);
  });

  test('whatever it is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const { digits, isNegative } = quantity(value);
        expect(digits).toMatch(/^\d+(\.\d{1,4})?$/);
        expect(digits.replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length).toBeLessThanOrEqual(4);
        expect(isNegative).toBe(value < 0 && digits !== '0');
      }),
    );
  });
});

describe('the unit is read off the metric’s name, for there is nothing else', () => {
  test.each<[string, Unit]>([
    ['CPU %', 'percent'],
    ['filesystem.sda1.used %', 'percent'],
    ['disk.used_percent', 'percent'],
    ['memory percentage', 'percent'],
    ['nginx.latency.ms', 'milliseconds'],
    ['latency (ms)', 'milliseconds'],
    ['Response Time', 'milliseconds'],
    ['responseTime', 'milliseconds'],
    ['wait_milliseconds', 'milliseconds'],
    ['uptime seconds', 'seconds'],
    ['mysql.seconds_behind_master', 'seconds'],
    ['lag_sec', 'seconds'],
    ['rxBytes', 'bytes'],
    ['interface.eth0.rxBytes.delta', 'bytes'],
    ['bytes', 'bytes'],
    ['bytes_per_sec', 'bytes'],
    ['bytes per second', 'bytes'],
    ['requests per second', 'none'],
    ['requests_per_sec', 'none'],
    ['req/sec', 'none'],
    ['loadavg5', 'none'],
    ['items', 'none'],
    ['forms', 'none'],
    ['kilobytes_of_memory', 'none'],
    ['secret', 'none'],
    ['', 'none'],
  ])('%s: %s', (metric, unit) => {
    expect(quantity(1, metric).unit).toBe(unit);
  });
});

describe('bytes are said in their largest unit', () => {
  test.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1 kilobytes'],
    [1536, '1.5 kilobytes'],
    [1024 ** 2, '1 megabytes'],
    [1_610_612_736, '1.5 gigabytes'],
    [5 * 1024 ** 4, '5120 gigabytes'],
    [-1536, '-1.5 kilobytes'],
  ])('%d: %s', (value, words) => {
    expect(said(value, 'memory.bytes')).toBe(words);
  });
});

describe('a machine’s name in words', () => {
  test.each([
    ['loadavg5.max', 'loadavg5 max'],
    ['disk.used_percent', 'disk used percent'],
    ['custom.nginx.requests.#', 'custom nginx requests'],
    ['CPU %', 'CPU percent'],
    ['used%', 'used percent'],
    ['app-1/tmp', 'app 1 tmp'],
    ['ディスク使用率', 'ディスク使用率'],
    ['...', ''],
  ])('%s: %s', (metric, words) => {
    expect(inWords(metric, 'percent')).toBe(words);
  });
});

describe('how long something has lasted', () => {
  test.each([
    [-60, [0, 0, 0]],
    [0, [0, 0, 0]],
    [59, [0, 0, 0]],
    [60, [0, 0, 1]],
    [3599, [0, 0, 59]],
    [3600, [0, 1, 0]],
    [86_399, [0, 23, 59]],
    [86_400, [1, 0, 0]],
    [100 * 86_400 + 3_660, [100, 1, 1]],
  ])('%d s', (seconds, [days, hours, minutes]) => {
    expect(spanOf(seconds)).toEqual({ days, hours, minutes });
  });
});
