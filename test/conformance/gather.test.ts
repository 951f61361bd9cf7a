import { answers, type Gesture, listenAndPress } from '../../switchboard/exchange';
import { ANN, type Stage, setStage, twiml } from './stage';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
});
afterEach(() => stage.clock.uninstall());

/** Calls Ann, who picks up after a second. */
async function callAnn(gestures: readonly Gesture[], document: string): Promise<void> {
  stage.pages['/list'] = twiml(document);
  stage.exchange.phone(ANN).next(answers(gestures, 1));
  await stage.call({ To: ANN });
  await stage.clock.run(120);
}

const SAID = '<Say>abcdefghijklmnopqrstuvwxyz1234</Say>'; // 30 characters: 2 s
/** The last request, `at` in seconds since she picked up. */
const lastAsked = () => {
  const asked = stage.asked.at(-1);
  return asked && { ...asked, at: Math.round(asked.at * 1000 - 1000) / 1000 };
};

describe('docs/voice/twiml/gather', () => {
  beforeEach(() => {
    stage.pages['/key'] = twiml('<Hangup/>');
    stage.pages['/late'] = twiml('<Hangup/>');
  });
  const press = (digits: string): Gesture => ({ kind: 'press', digits });
  const wait = (seconds: number): Gesture => ({ kind: 'wait', seconds });
  const gather = (attributes: string) =>
    `<Gather action="/key" ${attributes}>${SAID}</Gather><Redirect>/late</Redirect>`;

  test.each([
    ['a key cuts the prompt short', 'numDigits="1"', [wait(1), press('1')], '/key', '1', 1.3],
    ['a key after the prompt', 'numDigits="1"', listenAndPress('2'), '/key', '2', 2.3],
    ['the star is a key like any other', 'numDigits="1"', listenAndPress('*'), '/key', '*', 2.3],
    [
      'several keys up to numDigits; one too many is lost',
      'numDigits="3"',
      [press('1234')],
      '/key',
      '123',
      0.9,
    ],
    ['# ends it, and is not among the digits', '', [press('12#')], '/key', '12', 0.9],
    ['another finishOnKey', 'finishOnKey="*"', [press('1#*')], '/key', '1#', 0.9],
    ['no finishOnKey: 5 s of silence end it', 'finishOnKey=""', [press('1#')], '/key', '1#', 5.6],
    [
      'the timeout starts anew at every key',
      'timeout="3"',
      [wait(4), press('1'), wait(2), press('2')],
      '/key',
      '12',
      9.6,
    ],
    ['silence: on to the next verb', 'timeout="10"', [], '/late', undefined, 12],
    ['silence with actionOnEmptyResult', 'timeout="10" actionOnEmptyResult="true"', [], '/key', '', 12],
    ['only # pressed counts as silence', '', [press('#')], '/late', undefined, 0.3],
  ] as const)('%s', async (_why, attributes, gestures, path, digits, at) => {
    await callAnn(gestures, gather(attributes));
    expect(lastAsked()).toMatchObject({ path, at });
    expect(lastAsked()?.params.Digits).toBe(digits);
    expect(stage.exchange.faults).toEqual([]);
  });

  test('without action it asks the current URL, query and all', async () => {
    stage.pages['/list'] = ({ Digits }) => (Digits ? twiml('<Hangup/>') : twiml('<Gather numDigits="1"/>'));
    stage.exchange.phone(ANN).next(answers([press('7')], 0));
    await stage.call({ To: ANN, Url: 'https://example-1234-dev.twil.io/list?a=1' });
    await stage.clock.run(10);
    expect(lastAsked()).toMatchObject({ method: 'POST', path: '/list', params: { a: '1', Digits: '7' } });
  });

  test('keys that nobody listens for are lost', async () => {
    await callAnn([press('1')], `${SAID}<Gather action="/key" numDigits="1"/><Redirect>/late</Redirect>`);
    expect(lastAsked()).toMatchObject({ path: '/late', at: 7 });
    expect(stage.of('pressed')).toMatchObject([{ digit: '1', taken: false }]);
  });

  test('hanging up in the middle of it ends the call, and nothing more is asked', async () => {
    await callAnn([wait(1), { kind: 'hang-up' }], gather(''));
    expect(stage.asked).toHaveLength(1);
    expect(stage.exchange.calls).toMatchObject([{ status: 'completed' }]);
  });

  test.each([
    ['POST', ''],
    ['GET', 'method="GET"'],
  ])('the action gets what every request gets, and the Digits, by %s', async (method, attribute) => {
    await callAnn([press('1')], gather(`numDigits="1" ${attribute}`));
    expect(lastAsked()).toMatchObject({
      method,
      path: '/key',
      signed: true,
      params: { Digits: '1', CallStatus: 'in-progress', To: ANN, Direction: 'outbound-api' },
    });
  });

  test('a Pause among the prompts takes its time before the timeout begins', async () => {
    await callAnn([], `<Gather timeout="4">${SAID}<Pause length="3"/></Gather><Redirect>/late</Redirect>`);
    expect(lastAsked()).toMatchObject({ path: '/late', at: 9 });
  });

  test('verbs behind it are not reached once the action has been asked', async () => {
    stage.pages['/key'] = twiml('<Say>Thank you</Say>');
    await callAnn(listenAndPress('1'), gather('numDigits="1"'));
    expect(stage.asked.map(({ path }) => path)).toEqual(['/list', '/key']);
    expect(stage.exchange.phone(ANN).rings).toMatchObject([{ heard: [expect.any(String), 'Thank you'] }]);
  });

  test('who listens twice hears the message twice', async () => {
    stage.pages['/list'] = ({ Digits }) =>
      Digits === '1' ? twiml('<Say>Taken</Say>') : twiml(`<Gather numDigits="1">${SAID}</Gather>`);
    stage.exchange
      .phone(ANN)
      .next(answers([...listenAndPress('*'), ...listenAndPress('1'), { kind: 'listen' }], 0));
    await stage.call({ To: ANN });
    await stage.clock.run(60);
    const [heard] = stage.exchange.phone(ANN).rings;
    expect(heard?.heard).toEqual([SAID.slice(5, -6), SAID.slice(5, -6), 'Taken']);
  });
});
