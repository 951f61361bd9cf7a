import { answers } from '../../switchboard/exchange';
import { A, ANN, type Stage, setStage, twiml } from './exchange-stage';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
  Object.assign(stage.pages, {
    '/list': twiml(
      `<Dial callerId="${A}" timeout="5" action="/ended"><Number statusCallback="/status">${ANN}</Number></Dial>`,
    ),
    '/ended': twiml('<Hangup/>'),
  });
});
afterEach(() => stage.clock.uninstall());

test('a callback that is late arrives after the action', async () => {
  stage.exchange.delivery = ({ kind }) => (kind === 'status' ? [3] : [0]);
  await stage.call();
  await stage.clock.run(30);
  expect(stage.story().slice(-2)).toEqual(['10 /ended no-answer', '13 /status no-answer']);
});

test('a callback that is lost is never delivered, and the call goes on', async () => {
  stage.exchange.delivery = ({ kind }) => (kind === 'status' ? [] : [0]);
  await stage.call();
  await stage.clock.run(60);
  expect(stage.story()).toEqual(['0 /list in-progress', '10 /ended no-answer']);
  expect(stage.exchange.faults).toEqual([]);
});

test('a redirect is followed with a signed GET; 307 repeats the POST', async () => {
  const go = (status: number, location: string) => () => ({ status, headers: { location }, body: '' });
  Object.assign(stage.pages, {
    '/list': go(307, '/second'),
    '/second': go(302, '/third?x=1'),
    '/third': twiml('<Hangup/>'),
  });
  await stage.call();
  await stage.clock.run(5);
  expect(stage.asked.slice(1)).toMatchObject([
    { path: '/list', method: 'POST', signed: true },
    { path: '/second', method: 'POST', signed: true, params: { Direction: 'outbound-api' } },
    { path: '/third', method: 'GET', signed: true, params: { x: '1' } },
  ]);
});

test('a doubled action is asked twice; the first answer counts', async () => {
  let answered = 0;
  stage.pages['/ended'] = () => {
    answered += 1;
    return twiml(`<Say>answer ${answered}</Say>`);
  };
  stage.exchange.delivery = ({ kind }) => (kind === 'action' ? [1, 0.5] : [0]);
  await stage.call();
  await stage.clock.run(60);
  expect(stage.story().slice(-2)).toEqual(['10.5 /ended no-answer', '11 /ended no-answer']);
  expect(stage.of('says').map(({ text }) => text)).toEqual(['answer 1']);
});

test('a document that does not come within 15 s is 11200', async () => {
  stage.exchange.delivery = ({ kind }) => (kind === 'twiml' ? [] : [0]);
  stage.exchange.phone(ANN).next(answers([]));
  await stage.call({ To: ANN });
  await stage.clock.run(60);
  expect(stage.exchange.faults).toEqual([expect.stringMatching(/^11200 .*15 s/)]);
  expect(stage.of('says')[0]).toMatchObject({ at: stage.clock.now() - 40_000 });
});

test('a failing status callback is recorded and touches nothing', async () => {
  stage.pages['/status'] = () => ({ status: 500, headers: {}, body: '' });
  await stage.call();
  await stage.clock.run(30);
  expect(stage.exchange.faults).toEqual([expect.stringMatching(/^11200 status callback: HTTP 500/)]);
  expect(stage.asked.at(-1)).toMatchObject({ path: '/ended' });
});

test('listeners hear the story as it happens', async () => {
  const kinds: string[] = [];
  const stop = stage.exchange.on(({ kind }) => void kinds.push(kind));
  stage.exchange.phone(ANN).next({ kind: 'busy' });
  await stage.call({ To: ANN });
  stop();
  await stage.clock.run(30);
  expect(kinds).toEqual(['call-created', 'rest']);
  expect(stage.exchange.events.map(({ kind }) => kind)).toEqual(['call-created', 'rest', 'hung-up']);
});

test('a phone in use is busy for a second call, and keeps its arrangement', async () => {
  stage.pages['/list'] = twiml('<Pause length="60"/>');
  stage.exchange.phone(ANN).next(answers([]));
  await stage.call({ To: ANN });
  await stage.clock.run(10);
  await stage.call({ To: ANN });
  await stage.clock.run(10);
  expect(stage.exchange.phone(ANN).rings.map(({ outcome }) => outcome)).toEqual(['answered', 'busy']);
});
