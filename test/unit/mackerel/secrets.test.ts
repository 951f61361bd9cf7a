import { trimmed } from '../../../src/mackerel/details';
import { withoutSecrets } from '../../../src/mackerel/secrets';
import { EVENING } from '../../support/event';

/** Put together here, so that nothing in this file looks like a real one. */
const made = (...parts: string[]) => parts.join('');
const github = made('ghp', '_', 'a1'.repeat(18));
const amazon = made('AK', 'IA', 'ABCD'.repeat(4));
const slack = made('xox', 'b-', '123456789012-abcdef');
const jwt = made('ey', 'JhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxIn0abc', '.', 'c2ln');

describe('what may be a secret is taken out of a text', () => {
  test.each<[string, string, string]>([
    [
      'a password in a URL',
      'cannot connect to postgres://user:secret@db1:5432/shop',
      'cannot connect to postgres://•••@db1:5432/shop',
    ],
    ['one that holds an @', 'amqp://app:p@ss@mq1/', 'amqp://•••@mq1/'],
    [
      'a token in a URL',
      `git clone https://${github}@github.com/shop/app`,
      'git clone https://•••@github.com/shop/app',
    ],
    ['a host in brackets', 'redis://:secret@[::1]:6379', 'redis://•••@[::1]:6379'],
    [
      'a parameter of a URL',
      'GET https://api.example.com/v1?user=7&api_key=abcdef&x=1 timed out',
      'GET https://api.example.com/v1?user=7&api_key=•••&x=1 timed out',
    ],
    ['a setting', 'DB_PASSWORD=hunter2 is wrong', 'DB_PASSWORD=••• is wrong'],
    ['a setting in quotes', `password='a b' user=x`, 'password=••• user=x'],
    ['a setting of another case', 'MYSQL_PWD=hunter2', 'MYSQL_PWD=•••'],
    ['JSON', '{"user":"x","apiKey":"abc","n":1}', '{"user":"x","apiKey":•••,"n":1}'],
    ['JSON within JSON', '"{\\"token\\":\\"abc\\"}"', '"{\\"token\\":•••}"'],
    ['with a colon', 'client_secret: s3cr3t, retry', 'client_secret: •••, retry'],
    ['a word, where it stands alone', 'password: letmein, user: shop', 'password: •••, user: shop'],
    ['between backticks', 'ran `check --password=hunter2` in 5 s', 'ran `check --password=•••` in 5 s'],
    ['curl’s', 'curl -u admin:hunter2 https://x.example.com', 'curl -u ••• https://x.example.com'],
    ['mysql’s', 'mysqladmin -uroot -phunter2 ping', 'mysqladmin -uroot -p••• ping'],
    ['an argument', 'mysqldump --password hunter2 shop', 'mysqldump --password ••• shop'],
    ['a header', 'Authorization: Bearer abc.def rejected', 'Authorization: Bearer ••• rejected'],
    ['a header of the other kind', 'authorization: Basic dXNlcjpwYXNz', 'authorization: Basic •••'],
    ['a bearer by itself', 'sent bearer abcdefgh12', 'sent bearer •••'],
    ['Amazon’s', `${amazon} is not authorized`, '••• is not authorized'],
    ['Slack’s', `invalid ${slack}`, 'invalid •••'],
    [
      'Slack’s webhook',
      made('https://hooks.slack.com/', 'services/T0000/B0000/xxxx', ' failed'),
      'https://hooks.slack.com/services/••• failed',
    ],
    ['a JSON web token', `expired: ${jwt}`, 'expired: •••'],
    [
      'a key, to its end or that of the text',
      made('bad key -----BEGIN RSA PRIVATE', ' KEY-----\nMIIabc\n', '-----END RSA PRIVATE KEY----- in pem'),
      'bad key ••• in pem',
    ],
    ['the same, cut', made('-----BEGIN PRIVATE', ' KEY-----\nMIIabc'), '•••'],
  ])('%s', (_, text, shown) => {
    expect(withoutSecrets(text)).toBe(shown);
    expect(withoutSecrets(shown)).toBe(shown);
  });

  test.each([
    'payment gateway is down',
    'token expired',
    'Token: expired',
    'password authentication failed for user "shop"',
    'invalid password: authentication failed',
    'Token: expired. Renew it, please.',
    'session: closed, signature: invalid',
    'token: null, retry',
    'ping -u 5 -p 80',
    'the session is over; cookies are fine',
    'HTTP CRITICAL: HTTP/1.1 503 Service Unavailable - 1024 bytes in 0.5 second response time',
    'mail to oncall@example.com bounced',
    'https://example.com/@user/post?id=1',
    'basic authentication failed',
    'disk /dev/sda1 97 % of 20GB',
    'パスワードの期限が切れています',
    'ssh key changed on db1',
    'secretary service is down',
    '',
  ])('words stay: %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  test('of any length it comes to an end', () => {
    for (const part of [
      'password=',
      'a://',
      '"',
      '\\',
      '-----BEGIN PRIVATE KEY-----',
      'token: ',
      '@',
      'x-',
    ]) {
      expect(() => withoutSecrets(part.repeat(6_000 / part.length))).not.toThrow();
    }
  });

  test('in whatever text of an alert it stands', () => {
    const secret = 'postgres://user:secret@db1/shop';
    const facts = trimmed({
      id: '2bj1',
      heardAt: EVENING,
      monitor: secret,
      target: secret,
      metric: secret,
      formula: secret,
      notes: secret,
      message: secret,
      roles: [secret],
    });
    expect(JSON.stringify(facts).match(/•••/g)).toHaveLength(7);
    expect(JSON.stringify(facts)).not.toContain('secret');
  });
});
