/**
 * In Twilio's words: twilio.com/docs/voice/twiml ("Twilio's request to your application"), …/twiml/dial
 * (DialCallStatus, DialBridged), …/twiml/gather (Digits), docs/voice/api/call-resource (call status values).
 */
import {
  isOver,
  readBriefed,
  readCallerLeg,
  readDialResult,
  readKey,
  readLegResult,
  readToClose,
  readWaited,
} from '../../../src/voice/params';

const ours = '+815000000100';
const theirs = '+815000000001';
const sid = `CA${'0'.repeat(31)}1`;

describe('the caller’s leg', () => {
  test.each([
    ['Mackerel’s call goes out from our number', 'outbound-api', ours, theirs],
    ['somebody calls our number to try the line', 'inbound', theirs, ours],
    ['a call that a Dial made goes out, too', 'outbound-dial', ours, theirs],
  ])('%s: %s', (_, Direction, From, To) => {
    expect(readCallerLeg({ CallSid: sid, Direction, From, To, CallStatus: 'in-progress' })).toEqual({
      sid,
      ourNumber: ours,
      isOver: false,
    });
  });

  test.each([
    ['withheld', 'anonymous'],
    ['too short', '+2666'],
    ['a SIP address', 'sip:desk@example.com'],
    ['a client', 'client:desk'],
    ['a national number', '05000000001'],
    ['empty', ''],
    ['missing', undefined],
  ])('a number that is %s does not stand as caller ID', (_, From) => {
    const leg = readCallerLeg({ CallSid: sid, Direction: 'outbound-api', From, To: theirs });
    expect(leg).toEqual({ sid, isOver: false });
  });

  test('a request without anything in it is read, too', () => {
    expect(readCallerLeg({})).toEqual({ sid: '', isOver: false });
  });
});

// docs/voice/api/call-resource#call-status-values
test.each([
  ['queued', false],
  ['initiated', false],
  ['ringing', false],
  ['in-progress', false],
  ['completed', true],
  ['busy', true],
  ['failed', true],
  ['no-answer', true],
  ['canceled', true],
  ['', false],
  [undefined, false],
])('a call that is %p is over: %p', (CallStatus, over) => {
  expect(isOver(CallStatus)).toBe(over);
  expect(readCallerLeg({ CallSid: sid, CallStatus }).isOver).toBe(over);
});

// docs/voice/twiml/dial#action: "completed" is also what a voicemail comes to that pressed no key.
test.each([
  ['the member hung up, or nobody pressed a key', 'completed', 'false', 'no-key', false],
  ['connected to the music', 'completed', 'true', 'no-key', true],
  ['in a conference', 'answered', undefined, 'no-key', false],
  ['rang out', 'no-answer', 'false', 'no-answer', false],
  ['rang out, told nothing more', 'no-answer', undefined, 'no-answer', false],
  ['engaged', 'busy', 'false', 'busy', false],
  ['no such number', 'failed', 'false', 'failed', false],
  ['called off', 'canceled', 'false', 'canceled', false],
  ['a word that Twilio never sends', 'complete', 'false', 'failed', false],
  ['no Dial before it, as after a redirect', undefined, undefined, 'failed', false],
])('a Dial that %s: %s, bridged %s', (_, DialCallStatus, DialBridged, why, wasBridged) => {
  expect(readDialResult({ DialCallStatus, DialBridged })).toEqual({ why, wasBridged });
});

test.each([
  ['1', 'take'],
  ['2', 'pass'],
  ['*', 'repeat'],
  ['9', 'close'],
  ['#', 'unknown'],
  ['0', 'unknown'],
  ['3', 'unknown'],
  ['11', 'unknown'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('key %p: %s', (Digits, key) => {
  expect(readKey({ Digits })).toBe(key);
});

test.each([
  [undefined, null],
  ['', 0],
  ['0', 0],
  ['1795424400123', 1_795_424_400_123],
  ['2wpLU5fBXbG', 0],
  ['-1', 0],
  ['1e9', 0],
  ['9'.repeat(400), 0],
])('asked whether to close what had come until %p: %j', (close, atMs) => {
  expect(readToClose({ close })).toBe(atMs);
});

test.each([
  [undefined, null],
  ['', null],
  ['1795424400123', null],
  ['1795424400123.', null],
  ['1795424400123.3', { atMs: 1_795_424_400_123, alerts: 3 }],
  ['x.3', null],
])('told what there is at %p: %j', (briefed, read) => {
  expect(readBriefed({ briefed })).toEqual(read);
});

test.each([
  [undefined, 0],
  ['', 0],
  ['2', 2],
  ['-1', 0],
  ['1e3', 0],
  ['9'.repeat(400), 0],
])('a call that came back %p times: %i', (waited, times) => {
  expect(readWaited({ waited })).toBe(times);
});

// docs/voice/api/call-resource#call-status-values, of a call of our own that nobody took
test.each([
  ['completed', 'no-key'],
  ['no-answer', 'no-answer'],
  ['busy', 'busy'],
  ['failed', 'failed'],
  ['canceled', 'canceled'],
  [undefined, 'failed'],
])('a leg of our own that ended %p: %s', (CallStatus, why) => {
  expect(readLegResult({ CallStatus })).toBe(why);
});
