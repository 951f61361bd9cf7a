/** What the exchange can do beside what Twilio documents: misbehave on demand, tell its story, be quick. */
import { answers } from '../../switchboard/exchange';
import { A, ANN, PUBLIC_URL, type Stage, setStage, twiml } from '../conformance/stage';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
  Object.assign(stage.pages, {
    '/list': twiml(
      `<Dial callerId="${A}" timeout="5" action="/ended"><Number statusCallback="${PUBLIC_URL}/status">${ANN}</Number></Dial>`,
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

test('a callback that sets off 20 s late has 15 s of its own to be answered in', async () => {
  stage.exchange.delivery = ({ kind }) => (kind === 'status' ? [20] : [0]);
  await stage.call();
  await stage.clock.run(60);
  expect(stage.story().at(-1)).toBe('30 /status no-answer');
  expect(stage.exchange.faults).toEqual([]);
});

test('the work is done and its answer is lost: the call ends as with any fault', async () => {
  stage.exchange.delivery = ({ kind }) => (kind === 'action' ? { unheard: [0] } : [0]);
  stage.pages['/ended'] = twiml('<Say>answered in vain</Say>');
  await stage.call();
  await stage.clock.run(60);
  expect(stage.story()).toContain('10 /ended no-answer');
  expect(stage.of('says').map(({ text }) => text)).toEqual([
    'We are sorry. An application error has occurred. Goodbye.',
  ]);
  expect(stage.exchange.faults).toEqual(['11200 HTTP retrieval failure: the answer was lost (/ended)']);
});

test('a fault is told with its number, once, and the path that was asked', async () => {
  stage.pages['/list'] = () => ({ status: 404, headers: {}, body: '' });
  stage.exchange.phone(ANN).next(answers([]));
  await stage.call({ To: ANN, Url: `${PUBLIC_URL}/list?state=long` });
  await stage.clock.run(30);
  expect(stage.exchange.faults).toEqual(['11200 HTTP retrieval failure: status 404 (/list)']);
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

test('documents that lead to one another without end are stopped', async () => {
  stage.pages['/list'] = twiml('<Redirect>/list</Redirect>');
  stage.exchange.phone(ANN).next(answers([]));
  await stage.call({ To: ANN });
  await stage.clock.run(30);
  expect(stage.exchange.faults).toEqual([expect.stringContaining('without end')]);
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

test('ten rings one after another, in ten minutes', async () => {
  const again = ({ n = '0' }: Record<string, string>) =>
    Number(n) < 10
      ? twiml(
          `<Dial callerId="${A}" timeout="55" action="/list?n=${Number(n) + 1}"><Number statusCallback="${PUBLIC_URL}/status" statusCallbackEvent="initiated ringing answered completed">${ANN}</Number></Dial>`,
        )
      : twiml('<Hangup/>');
  stage.pages['/list'] = again;
  await stage.call();
  await stage.clock.run(660);
  expect(stage.exchange.phone(ANN).rings).toHaveLength(10);
});
