/** What Twilio sends to a web site, how it signs it, and where it finds it. */
import { answers } from '../../switchboard/exchange';
import { A, ACCOUNT, ANN, B, OTHER_ACCOUNT, PUBLIC_URL, type Stage, setStage, twiml } from './stage';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
});
afterEach(() => stage.clock.uninstall());

const asked = (wanted: string) => stage.asked.find(({ path }) => path === wanted);

describe('docs/voice/twiml: the parameters of a request', () => {
  test.each(['POST', 'GET'])('by %s, of a call made by REST', async (method) => {
    stage.pages['/list'] = twiml('<Pause/>');
    stage.exchange.phone(ANN).next(answers([]));
    const sid = await stage.call({ To: ANN, Url: `${PUBLIC_URL}/list?alertId=2bj`, Method: method });
    await stage.clock.run(10);
    expect(asked('/list')).toMatchObject({ at: 5, method, signed: true });
    expect(asked('/list')?.params).toEqual({
      alertId: '2bj',
      CallSid: sid,
      AccountSid: ACCOUNT.sid,
      ApiVersion: '2010-04-01',
      CallStatus: 'in-progress',
      Direction: 'outbound-api',
      From: A,
      To: ANN,
      Caller: A,
      Called: ANN,
      ...Object.fromEntries(
        ['From', 'To', 'Caller', 'Called'].flatMap((whose) => [
          [`${whose}City`, ''],
          [`${whose}State`, ''],
          [`${whose}Zip`, ''],
          [`${whose}Country`, 'JP'],
        ]),
      ),
    });
  });

  test('of a call that comes in: it rings, and belongs to the number’s account', async () => {
    const sid = await stage.call();
    await stage.clock.run(1);
    expect(asked('/hold')).toMatchObject({
      method: 'POST',
      signed: false,
      params: { Direction: 'inbound', CallStatus: 'ringing', From: A, To: B, AccountSid: OTHER_ACCOUNT.sid },
    });
    expect(asked('/hold')?.params.CallSid).not.toBe(sid);
  });

  test('POST is the method where none is named', async () => {
    stage.pages['/list'] = twiml('<Redirect>/next</Redirect>');
    stage.pages['/next'] = twiml('<Hangup/>');
    await stage.call();
    await stage.clock.run(5);
    expect(stage.asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
  });
});

describe('docs/usage/security: X-Twilio-Signature covers the URL with its query, and the parameters of a POST', () => {
  // Checked on arrival by twilio's own validateRequest with our account's token.
  test.each([
    ['a query', '?alertId=2bj%20x&q=a+b', { alertId: '2bj x', q: 'a b' }],
    ['Japanese, as written', '?name=佐藤&title=サーバー ダウン', { name: '佐藤', title: 'サーバー ダウン' }],
    ['Japanese, encoded', '?name=%E4%BD%90%E8%97%A4', { name: '佐藤' }],
    ['empty values', '?round=&attempt=0&last=', { round: '', attempt: '0', last: '' }],
    ['the same name twice', '?a=1&a=2', { a: '2' }],
    ['signs of all sorts', "?state=%7B%22a%22%3A1%7D&x=~*'()!.-_%2B%26%3D", { x: "~*'()!.-_+&=" }],
  ])('%s', async (_what, query, params) => {
    stage.pages['/list'] = ({ CallStatus }) => twiml(CallStatus ? '<Hangup/>' : '');
    stage.exchange.phone(ANN).always(answers([]));
    for (const Method of ['POST', 'GET'])
      await stage.call({ To: ANN, Url: `${PUBLIC_URL}/list${query}`, Method });
    await stage.clock.run(60);
    const [first, ...others] = stage.asked;
    expect(first).toMatchObject({ path: '/list', signed: true, params });
    expect(others.every(({ signed }) => signed)).toBe(true);
  });

  test('a query stays as it was written, and a GET’s parameters come after it', async () => {
    stage.pages['/list'] = twiml('<Hangup/>');
    await stage.call({ Url: `${PUBLIC_URL}/list?alertId=2bj%20x&q=a+b`, Method: 'GET' });
    await stage.clock.run(1);
    expect(asked('/list')?.url.search).toContain('?alertId=2bj%20x&q=a+b&CallSid=CA');
  });

  test('every kind of request is signed', async () => {
    const url = (path: string) => `${path}?名=甲&amp;leer=`;
    Object.assign(stage.pages, {
      '/list': twiml(
        `<Dial timeout="20" action="${url('/ended')}"><Number url="${url('/whisper')}" statusCallback="${PUBLIC_URL}${url('/status')}">${ANN}</Number></Dial>`,
      ),
      '/whisper': twiml(`<Gather numDigits="1" action="${url('/key')}"/>`),
      '/key': twiml('<Hangup/>'),
      '/ended': twiml(`<Redirect method="GET">${url('/last')}</Redirect>`),
      '/last': twiml('<Hangup/>'),
    });
    stage.exchange.phone(ANN).next(answers([{ kind: 'press', digits: '1' }]));
    await stage.call();
    await stage.clock.run(60);
    expect(stage.asked.slice(1).map(({ path, signed, params }) => [path, signed, params.名])).toEqual([
      ['/list', true, undefined],
      ['/whisper', true, '甲'],
      ['/key', true, '甲'],
      ['/status', true, '甲'],
      ['/ended', true, '甲'],
      ['/last', true, '甲'],
    ]);
  });
});

describe('docs/voice/twiml/redirect: a relative URL starts from the document’s own', () => {
  test.each([
    ['next', '/a/next', ''],
    ['/next', '/next', ''],
    ['../next', '/next', ''],
    ['?y=2', '/a/list', '?y=2'],
    [`${PUBLIC_URL}/next?y=2`, '/next', '?y=2'],
  ])('%s', async (written, path, search) => {
    stage.pages['/a/list'] = ({ y, x }) => twiml(x && !y ? `<Redirect>${written}</Redirect>` : '<Hangup/>');
    stage.pages[path] ??= twiml('<Hangup/>');
    await stage.call({ Url: `${PUBLIC_URL}/a/list?x=1` });
    await stage.clock.run(5);
    expect(stage.asked.at(-1)?.url.href).toBe(PUBLIC_URL + path + search);
  });

  test('and after an HTTP redirect, from where that led', async () => {
    stage.pages['/list'] = () => ({ status: 302, headers: { location: '/b/list' }, body: '' });
    stage.pages['/b/list'] = twiml('<Redirect>next</Redirect>');
    stage.pages['/b/next'] = twiml('<Hangup/>');
    await stage.call();
    await stage.clock.run(5);
    expect(stage.asked.at(-1)?.path).toBe('/b/next');
  });
});

describe('docs/voice/twiml, “Twilio is a well-behaved HTTP client”: at most 10 redirects', () => {
  test.each([
    [10, []],
    [11, [11215]],
  ])('%i: %j', async (count, codes) => {
    stage.pages['/list'] = ({ n = '0' }) =>
      Number(n) < count
        ? { status: 302, headers: { location: `/list?n=${Number(n) + 1}` }, body: '' }
        : twiml('<Hangup/>');
    await stage.call();
    await stage.clock.run(20);
    expect(stage.of('fault').map(({ code }) => code)).toEqual(codes);
    expect(stage.asked.filter(({ path }) => path === '/list')).toHaveLength(11);
  });
});

describe('docs/api/errors/11216: HTTP redirects', () => {
  test.each([
    [301, 'GET'],
    [302, 'GET'],
    [303, 'GET'],
    [307, 'POST'],
  ])('%i is followed with a signed %s', async (status, method) => {
    stage.pages['/list'] = () => ({ status, headers: { location: '/second?x=1' }, body: '' });
    stage.pages['/second'] = twiml('<Hangup/>');
    await stage.call();
    await stage.clock.run(5);
    expect(stage.asked.at(-1)).toMatchObject({ path: '/second', method, signed: true, params: { x: '1' } });
    expect(stage.asked.at(-1)?.params.CallSid === undefined).toBe(method === 'GET');
  });
});
