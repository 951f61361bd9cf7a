/** Plugins' output: nagios-plugins.org/doc/guidelines.html; the samples are of go-check-plugins' kind. */
import type { AlertFacts } from '../../../src/core/alert';
import { describedInEnglish } from '../../../src/core/wording/alert-en';
import { describedInJapanese } from '../../../src/core/wording/alert-ja';
import { EVENING } from '../../support/event';

const saying = (message: string): AlertFacts => ({ id: 'alert-1', heardAt: EVENING, message });

describe('a check’s message as it is heard', () => {
  test.each<[string, string, string, string]>([
    [
      'it ends like a sentence',
      'No such process: nginx',
      'No such process: nginx。',
      'No such process: nginx.',
    ],
    ['as it does already', 'Disk is full.', 'Disk is full.', 'Disk is full.'],
    ['or in Japanese', '残りがわずかです。', '残りがわずかです。', '残りがわずかです。'],
    ['or was cut', 'much too long…', 'much too long…', 'much too long…'],
    [
      'a line ends like one, too, and an empty one is none',
      'HTTP CRITICAL\r\n\n  Unexpected status!\nsee the log',
      'HTTP CRITICAL。Unexpected status!see the log。',
      'HTTP CRITICAL. Unexpected status! see the log.',
    ],
    ['nothing but blanks', ' \n ', '', ''],
    [
      'performance data is for machines',
      'DISK OK - free space: / 3326 MB (56%);| /=2643MB;5948;5958;0;5968',
      'DISK OK - free space: / 3326メガバイト (56パーセント)。',
      'DISK OK - free space: / 3326 megabytes (56 percent).',
    ],
    [
      'of each line, and under a name in quotes',
      "C: is full | 'C:\\ %'=98%;80;90\nD: is not | time=0.5s",
      'C: is full。D: is not。',
      'C: is full. D: is not.',
    ],
    [
      'another bar is a pause',
      'ERROR | payment || timeout',
      'ERROR、payment、timeout。',
      'ERROR, payment, timeout.',
    ],
    [
      'an address is its host',
      'HTTP CRITICAL: https://user:pass@shop.example.com:8443/cart?id=1&x=%20#top, and (http://example.com/).',
      'HTTP CRITICAL: shop.example.com, and (example.com).',
      'HTTP CRITICAL: shop.example.com, and (example.com).',
    ],
    [
      'also where no blank follows',
      'https://example.com/statusを確認してください',
      'example.comを確認してください。',
      'example.comを確認してください.',
    ],
    [
      'per cent',
      'used: 95.3 %, CPU% and %d',
      'used: 95.3パーセント, CPUパーセント and %d。',
      'used: 95.3 percent, CPU percent and %d.',
    ],
    [
      'sizes and times',
      '1 MB, 2GB, 512KiB, 1.5 TB, 20ms, 1s, 30 sec',
      '1メガバイト, 2ギガバイト, 512キロバイト, 1.5テラバイト, 20ミリ秒, 1秒, 30秒。',
      '1 megabyte, 2 gigabytes, 512 kilobytes, 1.5 terabytes, 20 milliseconds, 1 second, 30 seconds.',
    ],
    ['and so many a second', '12MB/s', '12メガバイト毎秒。', '12 megabytes per second.'],
    [
      'what only looks like one',
      'k8s, 2mb1, v1.2.3s, s3',
      'k8s, 2mb1, v1.2.3s, s3。',
      'k8s, 2mb1, v1.2.3s, s3.',
    ],
    [
      'comparisons',
      'load 5 >= 3, 2<=4, 2.26 > 1.96, 1 < 2, 1 != 2, a == b, 3≧2',
      'load 5 大なりイコール 3, 2 小なりイコール 4, 2.26 大なり 1.96, 1 小なり 2, 1 ノットイコール 2, a イコール b, 3 大なりイコール 2。',
      'load 5 greater than or equal to 3, 2 less than or equal to 4, 2.26 greater than 1.96, 1 less than 2, 1 not equal to 2, a equal to b, 3 greater than or equal to 2.',
    ],
    ['what is no comparison', '<b>bold</b>', '<b>bold</b>。', '<b>bold</b>.'],
    [
      'arrows',
      'OK -> CRITICAL, a=>b, 1→2',
      'OK から CRITICAL, a から b, 1 から 2。',
      'OK to CRITICAL, a to b, 1 to 2.',
    ],
  ])('%s', (_why, message, inJapanese, inEnglish) => {
    expect(describedInJapanese(saying(message), EVENING)).toBe(inJapanese);
    expect(describedInEnglish(saying(message), EVENING)).toBe(inEnglish);
  });
});
