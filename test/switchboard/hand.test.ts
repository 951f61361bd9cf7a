/** A phone in somebody's hand: gestures at once, in place of what was arranged; and calls to numbers of our own. */
import { A, ANN, type Stage, setStage, twiml } from '../conformance/stage';

let stage: Stage;
afterEach(() => stage.clock.uninstall());

async function rung(): Promise<void> {
  stage = setStage();
  stage.pages['/call'] = twiml(
    '<Gather action="/key" numDigits="1" timeout="20"><Say>Which key?</Say></Gather>',
  );
  stage.pages['/key'] = twiml('<Say>Thank you.</Say><Pause length="60"/>');
  await stage.call({ To: ANN, Url: 'https://example-1234-dev.twil.io/call', Timeout: '30' });
  await stage.clock.run(3);
}

const ann = () => stage.exchange.phone(ANN);
const latest = () => ann().rings.at(-1);

test('picked up, pressed, hung up', async () => {
  await rung();
  expect(ann().hand.press('1')).toBe(false);
  expect(ann().hand.hangUp()).toBe(false);
  expect(ann().hand.pickUp()).toBe(true);
  expect(ann().hand.pickUp()).toBe(false);
  await stage.clock.run(1);
  expect(ann().hand.press('1')).toBe(true);
  await stage.clock.run(2);
  expect(latest()).toMatchObject({ heard: ['Which key?', 'Thank you.'], pressed: '1', by: 'person' });
  expect(ann().hand.hangUp()).toBe(true);
  expect(stage.exchange.calls.map(({ status }) => status)).toEqual(['completed']);
  expect(ann().hand.hangUp()).toBe(false);
});

test('refused', async () => {
  await rung();
  expect(ann().hand.refuse()).toBe(true);
  expect(latest()?.outcome).toBe('busy');
});

test('a voicemail that was to answer does not, once somebody has picked up', async () => {
  stage = setStage();
  stage.exchange.phone(ANN).next({ kind: 'voicemail', after: 5 });
  await stage.call({ To: ANN, Twiml: twiml('<Pause length="30"/>') });
  await stage.clock.run(2);
  ann().hand.pickUp();
  await stage.clock.run(20);
  expect(stage.of('answered').map(({ by }) => by)).toEqual(['person']);
});

test('what a voicemail has answered is in nobody’s hand', async () => {
  stage = setStage();
  stage.exchange.phone(ANN).next({ kind: 'voicemail', after: 5 });
  await stage.call({ To: ANN, Twiml: twiml('<Pause length="30"/>') });
  await stage.clock.run(8);
  expect([ann().hand.pickUp(), ann().hand.press('1'), ann().hand.hangUp()]).toEqual([false, false, false]);
});

test('a call to number A hears its document, and takes keys', async () => {
  stage = setStage({ owned: [{ number: A, voiceUrl: '/voice' }] });
  stage.pages['/voice'] = twiml('<Gather action="/key" numDigits="1"><Say>Which key?</Say></Gather>');
  stage.pages['/key'] = twiml('<Say>Thank you.</Say>');
  const own = stage.exchange.phone('+815000000109');
  stage.exchange.callIn(own.number, A);
  await stage.clock.run(1);
  expect(own.hand.press('1')).toBe(true);
  await stage.clock.run(5);
  expect(own.calls).toMatchObject([
    { heard: ['Which key?', 'Thank you.'], pressed: '1', outcome: 'answered' },
  ]);
  expect(stage.exchange.calls).toMatchObject([{ direction: 'inbound', status: 'completed' }]);
  expect(own.hand.hangUp()).toBe(false);
  expect(() => stage.exchange.callIn(own.number, ANN)).toThrow('Nobody here');
});
