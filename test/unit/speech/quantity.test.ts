import * as fc from 'fast-check';
import {
  comparison,
  inWords,
  powerOf,
  type Quantity,
  quantity,
  spanOf,
  type Unit,
} from '../../../src/speech/quantity';

const written = ({ digits, isNegative, unit }: Quantity) => `${isNegative ? '-' : ''}${digits} ${unit}`;
const said = (value: number, metric?: string) => written(quantity(value, metric));

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

describe('the unit is read off the metric’s name, where it is certain', () => {
  test.each<[string, Unit]>([
    ['CPU %', 'percent'],
    ['filesystem.sda1.used %', 'percent'],
    ['disk.used_percent', 'percent'],
    ['memory percentage', 'percent'],
    ['nginx.latency.ms', 'milliseconds'],
    ['latency (ms)', 'milliseconds'],
    ['heapPercent', 'percent'],
    ['accesslog.latency.99_percentile', 'none'],
    ['99 percentile (ms)', 'milliseconds'],
    ['response time (ms)', 'milliseconds'],
    ['response time', 'none'],
    ['Response Time', 'none'],
    ['responseTime', 'none'],
    ['Response Time (sec)', 'seconds'],
    ['custom.app.responseTime', 'none'],
    ['custom.app.responseTimeMs', 'milliseconds'],
    ['wait_milliseconds', 'milliseconds'],
    ['uptime seconds', 'seconds'],
    ['mysql.seconds_behind_master', 'none'],
    ['lag_sec', 'none'],
    ['lag_seconds', 'seconds'],
    ['lag_seconds.max', 'seconds'],
    ['latency_ms.p99', 'milliseconds'],
    ['rxBytes', 'bytes'],
    ['interface.eth0.rxBytes.delta', 'bytes'],
    ['bytes', 'bytes'],
    ['bytes_per_sec', 'bytes'],
    ['bytes per second', 'bytes'],
    ['bytes/sec', 'bytes'],
    ['memory.used', 'bytes'],
    ['memory.swap_used', 'bytes'],
    ['memory.used_percent', 'percent'],
    ['custom.memory.used', 'none'],
    ['filesystem.xvda1.used', 'bytes'],
    ['filesystem.xvda1.size', 'bytes'],
    ['filesystem.xvda1.inodes', 'none'],
    ['heap_kbytes', 'kilobytes'],
    ['heapKBytes', 'kilobytes'],
    ['rss_kb', 'kilobytes'],
    ['kilobytes_of_memory', 'none'],
    ['size_mbytes', 'megabytes'],
    ['Free (MB)', 'megabytes'],
    ['usedMiB', 'megabytes'],
    ['free gigabytes', 'gigabytes'],
    ['disk_gb', 'gigabytes'],
    ['disk.terabytes', 'terabytes'],
    ['mbps', 'none'],
    ['tb1', 'none'],
    ['requests per second', 'none'],
    ['requests_per_sec', 'none'],
    ['req/sec', 'none'],
    ['loadavg5', 'none'],
    ['items', 'none'],
    ['forms', 'none'],
    ['secret', 'none'],
    ['http_request_duration_seconds_count', 'none'],
    ['http_request_duration_seconds_bucket', 'none'],
    ['custom.sec.failed_logins', 'none'],
    ['custom.ms.requests', 'none'],
    ['custom.bytes.writers', 'none'],
    ['custom.percent_of.users', 'none'],
    ['% of failed requests', 'none'],
    ['requests_sec', 'none'],
    ['latency ms per sec', 'none'],
    ['gc.total_ms', 'milliseconds'],
    ['memory.gc_count', 'none'],
    ['memory.free', 'bytes'],
    ['interface.eth0.txBytes.delta', 'bytes'],
    ['cpu%', 'percent'],
    ['', 'none'],
  ])('%s: %s', (metric, unit) => {
    expect(quantity(1, metric).unit).toBe(unit);
  });
});

describe('bytes are said in their largest unit', () => {
  test.each([
    ['memory.bytes', 0, '0 bytes'],
    ['memory.bytes', 1023, '1023 bytes'],
    ['memory.bytes', 1024, '1 kilobytes'],
    ['memory.bytes', 1536, '1.5 kilobytes'],
    ['memory.bytes', 1024 ** 2, '1 megabytes'],
    ['memory.bytes', 1_610_612_736, '1.5 gigabytes'],
    ['memory.bytes', 5 * 1024 ** 4, '5 terabytes'],
    ['memory.bytes', 5000 * 1024 ** 4, '5000 terabytes'],
    ['memory.bytes', -1536, '-1.5 kilobytes'],
    ['memory.used', 1023.97 * 1024 ** 2, '1 gigabytes'],
    ['memory.used', 1023.94 * 1024 ** 2, '1024 megabytes'],
    ['memory.used', 1023.4 * 1024 ** 2, '1023 megabytes'],
    ['heap_kbytes', 1_572_864, '1.5 gigabytes'],
    ['heap_kbytes', 0.5, '0.5 kilobytes'],
    ['size_mbytes', 2048, '2 gigabytes'],
    ['disk_gb', 2048, '2 terabytes'],
  ])('%s, %d: %s', (metric, value, words) => {
    expect(said(value, metric)).toBe(words);
  });
});

describe('two numbers have as many digits as it takes to tell them apart', () => {
  test.each<[string, number, number, '>' | '<', string, [string, string, boolean]]>([
    ['four do', 95.29999, 90, '>', 'CPU %', ['95.3 percent', '90 percent', true]],
    ['five', 90.001, 90, '>', 'CPU %', ['90.001 percent', '90 percent', true]],
    ['large ones', 12_345.6, 12_345, '>', '', ['12346 none', '12345 none', true]],
    ['tiny ones', 0.000012, 0.00001, '>', '', ['0.000012 none', '0.00001 none', true]],
    ['by their sign', -1, 1, '<', '', ['-1 none', '1 none', true]],
    ['by their unit', 1024, 1024 ** 2, '<', 'bytes', ['1 kilobytes', '1 megabytes', true]],
    [
      'that would be rounded to one',
      1023.97 * 1024 ** 2,
      1024 ** 3,
      '<',
      'memory.free',
      ['1023.97 megabytes', '1 gigabytes', true],
    ],
    ['none does', 1.0000000001, 1, '>', '', ['1 none', '1 none', false]],
    ['the same', 90, 90, '>', 'CPU %', ['90 percent', '90 percent', false]],
    ['not as the operator has it', 1.5, 1.96, '>', 'loadavg5', ['1.5 none', '1.96 none', false]],
    ['nor below', 1.96, 1.5, '<', 'loadavg5', ['1.96 none', '1.5 none', false]],
  ])('%s', (_, value, threshold, operator, metric, expected) => {
    const compared = comparison(value, threshold, operator, metric);
    expect([written(compared.value), written(compared.threshold), compared.isBeyond]).toEqual(expected);
  });

  test('whatever they are, one that is beyond does not sound the same', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        number,
        number,
        fc.constantFrom('>' as const, '<' as const),
        (value, threshold, operator) => {
          const compared = comparison(value, threshold, operator, 'bytes');
          if (!compared.isBeyond) return;
          expect(operator === '>' ? value > threshold : value < threshold).toBe(true);
          expect(written(compared.value)).not.toBe(written(compared.threshold));
        },
      ),
    );
  });
});

describe('a number of more digits than have names', () => {
  test.each([
    ['9999000000000000', null],
    ['10000000000000000', { digits: '1', exponent: 16 }],
    ['1234000000000000000000', { digits: '1.234', exponent: 21 }],
    ['1200000000000000000000', { digits: '1.2', exponent: 21 }],
    ['1.5', null],
  ])('%s', (digits, power) => {
    expect(powerOf(digits)).toEqual(power);
  });
});

describe('a machine’s name in words, without the unit that comes with the number', () => {
  test.each([
    ['loadavg5.max', 'loadavg5 max'],
    ['disk.used_percent', 'disk used'],
    ['cpu.user.percentage', 'cpu user'],
    ['custom.nginx.requests.#', 'custom nginx requests'],
    ['CPU %', 'CPU'],
    ['% of failed', '% of failed'],
    ['used%', 'used'],
    ['CPU使用率(%)', 'CPU使用率'],
    ['Response Time (sec)', 'Response Time'],
    ['Load (5 min)', 'Load (5 min)'],
    ['accesslog.latency.99_percentile', 'accesslog latency 99 percentile'],
    ['app-1/tmp', 'app 1 tmp'],
    ['ディスク使用率', 'ディスク使用率'],
    ['%', ''],
    ['...', ''],
  ])('%s: %s', (metric, words) => {
    expect(inWords(metric)).toBe(words);
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

  test.each([1e20, -1e20, 11 * 366 * 86_400, Number.NaN])('%d s cannot be', (seconds) => {
    expect(spanOf(seconds)).toBeNull();
  });
});
