/** Plugins' output: nagios-plugins.org/doc/guidelines.html; the samples are of go-check-plugins' kind. */
import type { AlertDetails } from '../../../src/escalation/alert';
import { messageOf } from '../../../src/speech/alert';
import { english } from '../../../src/speech/spoken-en';
import { japanese } from '../../../src/speech/spoken-ja';
import { EVENING } from '../../support/event';

const saying = (message: string): AlertDetails => ({ id: 'alert-1', heardAt: EVENING, message });

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
    ['what is no comparison', 'a<b, <yes> and Map<K>', 'a<b, <yes> and Map<K>。', 'a<b, <yes> and Map<K>.'],
    [
      'arrows',
      'OK -> CRITICAL, a=>b, 1→2',
      'OK から CRITICAL, a から b, 1 から 2。',
      'OK to CRITICAL, a to b, 1 to 2.',
    ],
    [
      'a bar before words is no performance data',
      'level=error | code=500 | payment gateway is down',
      'code 500、payment gateway is down。',
      'code 500, payment gateway is down.',
    ],
    [
      'performance data with limits, of several kinds',
      "PING WARNING | rta=120.5ms;100;500;0 pl=0%;20;60;; users=U 'in use'=5c",
      'PING WARNING。',
      'PING WARNING.',
    ],
    [
      'a log’s fields',
      'time=2026-11-29T03:00:00Z level=error msg="payment failed" trace_id=4bf92f3577b34da6 attempt=3',
      'payment failed attempt 3。',
      'payment failed attempt 3.',
    ],
    [
      'JSON with trace ids',
      '{"level":"error","time":"2026-11-29T03:00:00Z","msg":"payment failed","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","error":{"code":500,"message":"card declined"},"stack":"Error: x at y"}',
      'payment failed。card declined。',
      'payment failed. card declined.',
    ],
    [
      'JSON behind words, and cut',
      'LOG CRITICAL: 1 error {"severity":"ERROR","message":"cannot connect to db1","context":{"requestId":"0a1b2c3d4e5f',
      'LOG CRITICAL: 1 error。cannot connect to db1。',
      'LOG CRITICAL: 1 error. cannot connect to db1.',
    ],
    [
      'JSON within JSON, in a list',
      '[{\\"msg\\":\\"決済が失敗しました\\",\\"user_id\\":\\"u1\\"}]',
      '決済が失敗しました。',
      '決済が失敗しました.',
    ],
    ['JSON without words', '{"code":500,"id":"a1"}', '', ''],
    [
      'colours, and what is left of them',
      '\u001b[31mERROR\u001b[0m disk [31mfull[0m on [1;33mdb1[m ^[[0mnow',
      'ERROR disk full on db1 now。',
      'ERROR disk full on db1 now.',
    ],
    [
      'brackets that are no colours',
      'queue[12] is [2m] long',
      'queue[12] is [2m] long。',
      'queue[12] is [2m] long.',
    ],
    [
      'lengths of time as Go writes them',
      'timeout after 1m30.5s, 2h0m0s and 1h5m; 350µs',
      'timeout after 1分30.5秒, 2時間 and 1時間5分; 350マイクロ秒。',
      'timeout after 1 minute 30.5 seconds, 2 hours and 1 hour 5 minutes; 350 microseconds.',
    ],
    [
      'the letters of a line end',
      'disk is full\\nsee the wiki\\r\\ndone\\tnow',
      'disk is full。see the wiki。done now。',
      'disk is full. see the wiki. done now.',
    ],
    ['but a path of Windows', 'C:\\new\\temp is full', 'C:\\new\\temp is full。', 'C:\\new\\temp is full.'],
    [
      'addresses of IPv6',
      'GET http://[2001:db8::1]:8080/health: dial tcp [::1]:3306: refused by fe80::1%eth0 at 12:30:15',
      'GET IPv6アドレス: dial tcp IPv6アドレス: refused by IPv6アドレス at 12:30:15。',
      'GET an IPv6 address: dial tcp an IPv6 address: refused by an IPv6 address at 12:30:15.',
    ],
    [
      'a database’s address is its host',
      'cannot reach postgres://•••@db1:5432/shop, redis://cache1:6379/0 or mongodb+srv://db.example.com/x?y=1',
      'cannot reach db1, cache1 or db.example.com。',
      'cannot reach db1, cache1 or db.example.com.',
    ],
    ['a setting that may be a secret', 'DB_PASSWORD=••• is wrong', 'is wrong。', 'is wrong.'],
    [
      'ids and hashes',
      'job 4bf92f3577b34da6a3ce929d0e0e4736 (123e4567-e89b-12d3-a456-426614174000) at 0x7fffdeadbeef failed',
      'job at failed。',
      'job at failed.',
    ],
    [
      'numbers and hosts are none',
      'ip-10-0-1-23 has 161061273600 bytes on db1.example.com',
      'ip-10-0-1-23 has 161061273600 bytes on db1.example.com。',
      'ip-10-0-1-23 has 161061273600 bytes on db1.example.com.',
    ],
    [
      'the time of a log’s line; elsewhere to the minute',
      '[2026-11-29 03:00:00,123] ERROR certificate expires 2026-12-01T09:30:00.000Z',
      'ERROR certificate expires 2026-12-01 09:30。',
      'ERROR certificate expires 2026-12-01 09:30.',
    ],
    [
      'where in the code it was',
      'TypeError: x is undefined\n    at pay (/srv/app.js:12:3)\n  File "app.py", line 12, in pay',
      'TypeError: x is undefined。',
      'TypeError: x is undefined.',
    ],
    [
      'a parameter',
      'GET /cart?id=1&x=2 is slow',
      'GET /cart?id=1&x=2 is slow。',
      'GET /cart?id=1&x=2 is slow.',
    ],
  ])('%s', (_why, message, inJapanese, inEnglish) => {
    expect(messageOf(japanese, saying(message))).toBe(inJapanese);
    expect(messageOf(english, saying(message))).toBe(inEnglish);
  });
});

test('whatever a check says, it comes to an end', () => {
  for (const part of [
    '{"a":',
    '\\"',
    'a=',
    '|a=1;',
    '1h',
    'ab12',
    '::',
    '[3',
    'a://',
    '  at x',
    '|',
    '\\n',
  ]) {
    expect(() => messageOf(japanese, saying(part.repeat(1_500 / part.length)))).not.toThrow();
  }
});
