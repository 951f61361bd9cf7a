/** rfc-editor.org/rfc/rfc7617: "Basic" in any case, user and password in UTF-8 around the first colon, in base64. */
import * as fc from 'fast-check';
import { type Credentials, isAuthorized } from '../../../src/platform/basic-auth';

const mackerel = { user: 'mackerel', password: 'p4ssw0rd' };
const base64 = (text: string) => Buffer.from(text).toString('base64');
const basic = (text: string) => `Basic ${base64(text)}`;

describe('let in', () => {
  test.each<[string, string, Credentials]>([
    ['user and password', basic('mackerel:p4ssw0rd'), mackerel],
    [
      'as the RFC’s own example has it',
      'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
      { user: 'Aladdin', password: 'open sesame' },
    ],
    ['the RFC’s example in UTF-8', 'Basic dGVzdDoxMjPCow==', { user: 'test', password: '123£' }],
    ['Japanese', basic('当番:開けごま'), { user: '当番', password: '開けごま' }],
    ['a password with a colon', basic('mackerel:a:b:'), { user: 'mackerel', password: 'a:b:' }],
    ['"basic" in small letters', `basic ${base64('mackerel:p4ssw0rd')}`, mackerel],
    ['several blanks behind the scheme', `Basic   ${base64('mackerel:p4ssw0rd')}`, mackerel],
    ['"BASIC" in capitals', `BASIC ${base64('mackerel:p4ssw0rd')}`, mackerel],
  ])('%s', (_, header, credentials) => {
    expect(isAuthorized(header, credentials)).toBe(true);
  });

  test('whatever the user and the password are', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(
        text.filter((user) => !user.includes(':')),
        text,
        (user, password) => isAuthorized(basic(`${user}:${password}`), { user, password }),
      ),
    );
  });
});

describe('kept out', () => {
  test.each<[string, string | undefined]>([
    ['nothing is sent', undefined],
    ['an empty header', ''],
    ['the scheme alone', 'Basic'],
    ['the scheme and a blank', 'Basic '],
    ['another scheme', `Bearer ${base64('mackerel:p4ssw0rd')}`],
    ['no scheme', base64('mackerel:p4ssw0rd')],
    ['not in base64', 'Basic mackerel:p4ssw0rd'],
    ['something in front of it', `x ${basic('mackerel:p4ssw0rd')}`],
    ['something behind it', `${basic('mackerel:p4ssw0rd')} x`],
    ['a wrong password', basic('mackerel:p4ssw0rd!')],
    ['the beginning of the password', basic('mackerel:p4ss')],
    ['no password', basic('mackerel:')],
    ['a wrong user', basic('mackerels:p4ssw0rd')],
    ['no user', basic(':p4ssw0rd')],
    ['another case', basic('Mackerel:p4ssw0rd')],
    ['without a colon', basic('mackerelp4ssw0rd')],
    ['the colon alone', basic(':')],
    ['a blank too many', basic('mackerel: p4ssw0rd')],
    ['a line end too many', basic('mackerel:p4ssw0rd\n')],
    ['a NUL too many', basic('mackerel:p4ssw0rd\0')],
    ['not in UTF-8', `Basic ${Buffer.from('mackerel:p4ssw0rd\xa3', 'latin1').toString('base64')}`],
  ])('%s', (_, header) => {
    expect(isAuthorized(header, mackerel)).toBe(false);
  });

  test('whatever else is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(text !== 'mackerel:p4ssw0rd');
        return !isAuthorized(text, mackerel) && !isAuthorized(basic(text), mackerel);
      }),
    );
  });
});

test('credentials that are empty let nobody in who sends nothing', () => {
  for (const header of [undefined, '', 'Basic', 'Basic ']) {
    expect(isAuthorized(header, { user: '', password: '' })).toBe(false);
  }
});
