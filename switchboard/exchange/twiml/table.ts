import {
  absoluteUrl,
  anything,
  type Check,
  keys,
  language,
  listOf,
  method,
  oneOf,
  phoneNumber,
  truth,
  url,
  whole,
} from './values';

/**
 * Every element that this exchange supports, with the attributes that Twilio documents for it (docs/voice/twiml/…).
 * An attribute that Twilio knows and this exchange does not support is in `notHere`: it is refused as well, with a
 * message that says so, so that no test relies on it.
 */
export type ElementRule = {
  readonly attributes: Readonly<Record<string, { readonly check: Check; readonly code: number }>>;
  readonly notHere: readonly string[];
  /** Element names allowed inside; `text` = character data. */
  readonly children: readonly string[];
  /** Twilio's error number for a child in the wrong place. */
  readonly nesting: number;
};

/** 12200 = schema validation warning: the number for a fault without one of its own. */
const SCHEMA = 12200;
const is = (check: Check, code = SCHEMA) => ({ check, code });

/** Speech Synthesis Markup inside Say (docs/voice/twiml/say/text-speech). */
export const SSML = [
  'break',
  'emphasis',
  'lang',
  'p',
  'phoneme',
  'prosody',
  's',
  'say-as',
  'sub',
  'w',
] as const;

export const VERBS = ['Say', 'Play', 'Pause', 'Gather', 'Dial', 'Redirect', 'Hangup', 'Reject'] as const;

/** Known to Twilio, unknown to this exchange. */
export const VERBS_NOT_HERE = [
  'Connect',
  'Echo',
  'Enqueue',
  'Leave',
  'Pay',
  'Prompt',
  'Queue',
  'Record',
  'Refer',
  'Siprec',
  'Sms',
  'Start',
  'Stop',
  'Stream',
];

/** The only verbs that Twilio carries out on a whisper's `url` (docs/voice/twiml/number). */
export const WHISPER_VERBS: readonly string[] = ['Say', 'Play', 'Gather', 'Hangup'];

export const RULES: Readonly<Record<string, ElementRule>> = {
  Response: { attributes: {}, notHere: [], children: VERBS, nesting: SCHEMA },
  Say: {
    attributes: {
      voice: is(anything, 13511),
      language: is(language, 13512),
      loop: is(whole(0), 13510),
    },
    notHere: [],
    children: ['text', ...SSML],
    nesting: 13520,
  },
  Play: {
    attributes: { loop: is(whole(0), 13410) },
    notHere: ['digits'],
    children: ['text'],
    nesting: SCHEMA,
  },
  Pause: { attributes: { length: is(whole(1), 13910) }, notHere: [], children: [], nesting: SCHEMA },
  Gather: {
    attributes: {
      action: is(url, 11100),
      method: is(method, 13312),
      timeout: is(whole(1), 13313),
      numDigits: is(whole(1), 13314),
      finishOnKey: is(keys, 13310),
      actionOnEmptyResult: is(truth, 13338),
      input: is(oneOf('dtmf'), 13326),
      language: is(language, 13331),
    },
    notHere: [
      'partialResultCallback',
      'partialResultCallbackMethod',
      'hints',
      'speechTimeout',
      'maxSpeechTime',
      'profanityFilter',
      'speechModel',
      'enhanced',
      'debug',
    ],
    children: ['Say', 'Play', 'Pause'],
    nesting: 13320,
  },
  Dial: {
    attributes: {
      action: is(url, 11100),
      method: is(method, 13210),
      timeout: is(whole(5, 600), 13212),
      hangupOnStar: is(truth, 13213),
      callerId: is(phoneNumber, 13214),
      timeLimit: is(whole(1, 14400), 13216),
      answerOnBridge: is(truth, 13219),
      sequential: is(truth, 13218),
      ringTone: is((text) => /^[a-z]{2}(-[a-z]{2,3})?$/.test(text), 13220),
      record: is(oneOf('do-not-record'), 13217),
      callReason: is((text) => text.length <= 50),
    },
    notHere: [
      'referUrl',
      'referMethod',
      'trim',
      'recordingConfigurationId',
      'recordingStatusCallback',
      'recordingStatusCallbackMethod',
      'recordingStatusCallbackEvent',
      'recordingTrack',
      'events',
    ],
    children: ['text', 'Number'],
    nesting: 13215,
  },
  Number: {
    attributes: {
      url: is(url, 11100),
      method: is(method, 13221),
      // A relative one was refused with 21609: github.com/twilio/twilio-csharp/issues/395
      statusCallback: is(absoluteUrl, 21609),
      statusCallbackMethod: is(method, 13221),
      statusCallbackEvent: is(listOf('initiated', 'ringing', 'answered', 'completed')),
    },
    notHere: [
      'sendDigits',
      'byoc',
      'phoneNumberSid',
      'machineDetection',
      'machineDetectionTimeout',
      'machineDetectionSpeechThreshold',
      'machineDetectionSpeechEndThreshold',
      'machineDetectionSilenceTimeout',
      'amdStatusCallback',
      'amdStatusCallbackMethod',
    ],
    children: ['text'],
    nesting: SCHEMA,
  },
  Redirect: { attributes: { method: is(method, 13710) }, notHere: [], children: ['text'], nesting: SCHEMA },
  Hangup: { attributes: {}, notHere: [], children: [], nesting: SCHEMA },
  Reject: {
    attributes: { reason: is(oneOf('rejected', 'busy'), 13810) },
    notHere: [],
    children: [],
    nesting: SCHEMA,
  },
};
