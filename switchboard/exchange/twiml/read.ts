import { RULES, VERBS_NOT_HERE, WHISPER_VERBS } from './table';
import { absoluteUrl, type Check, phoneNumber, url } from './values';
import {
  type CallEvent,
  type Dial,
  type Gather,
  type Method,
  type NumberNoun,
  type Play,
  type Say,
  TwimlFault,
  type Verb,
} from './verbs';
import { checkText, checkVoice } from './voices';
import { type Element, readXml } from './xml';

/** At most ten numbers in one Dial (docs/voice/twiml/number). */
const MOST_NUMBERS = 10;
/** Bytes of a TwiML document (docs/api/errors/11750). */
const MOST_BYTES = 64 * 1024;

/**
 * Reads a TwiML document strictly. Any element, attribute, value or nesting that Twilio does not document throws a
 * `TwimlFault`, as does a verb that a whisper may not hold. Twilio itself only warns about some of these, which is
 * how they reach production.
 */
export function readTwiml(text: string, where: 'call' | 'whisper'): readonly Verb[] {
  if (Buffer.byteLength(text) > MOST_BYTES) throw new TwimlFault(11750, 'TwiML response body too large');
  const root = readXml(text);
  if (root.name !== 'Response')
    throw new TwimlFault(12102, `The root element must be Response: <${root.name}>`);
  checkElement(root);
  const verbs = elementsOf(root);
  if (where === 'whisper') verbs.forEach(checkWhisper);
  return verbs.map(readVerb);
}

function checkWhisper(verb: Element): void {
  if (!WHISPER_VERBS.includes(verb.name))
    throw new TwimlFault(
      verb.name === 'Dial' ? 13201 : 12200,
      `<${verb.name}> may not stand in a whisper (Number url)`,
    );
  if (verb.name === 'Gather') elementsOf(verb).forEach(checkWhisper);
}

function checkElement(element: Element): void {
  const rule = RULES[element.name];
  if (!rule) return;
  for (const [name, value] of Object.entries(element.attributes)) {
    if (rule.notHere.includes(name))
      throw new TwimlFault(12200, `the switchboard does not carry out ${element.name} ${name}`);
    const attribute = rule.attributes[name];
    if (!attribute) throw new TwimlFault(12200, `<${element.name}> has no attribute ${name}`);
    if (!attribute.check(value))
      throw new TwimlFault(attribute.code, `<${element.name}>: invalid ${name}: "${value}"`);
  }
  for (const child of element.children) {
    const name = typeof child === 'string' ? 'text' : child.name;
    if (typeof child === 'string' && child.trim() === '') continue;
    if (!rule.children.includes(name)) throw nestingFault(element.name, name);
    if (typeof child !== 'string') checkElement(child);
  }
}

function nestingFault(parent: string, child: string): TwimlFault {
  if (VERBS_NOT_HERE.includes(child))
    return new TwimlFault(12200, `the switchboard does not carry out <${child}>`);
  return new TwimlFault(RULES[parent]?.nesting ?? 12200, `<${child}> may not stand in <${parent}>`);
}

function readVerb(element: Element): Verb {
  const { name, attributes } = element;
  switch (name) {
    case 'Say':
      return readSay(element);
    case 'Play':
      return readPlay(element);
    case 'Pause':
      return { kind: 'pause', length: Number(attributes.length ?? 1) };
    case 'Gather':
      return readGather(element);
    case 'Dial':
      return readDial(element);
    case 'Redirect':
      return { kind: 'redirect', url: urlIn(element), method: methodOf(attributes.method) };
    case 'Hangup':
      return { kind: 'hangup' };
    case 'Reject':
      return { kind: 'reject', reason: attributes.reason === 'busy' ? 'busy' : 'rejected' };
    default:
      throw new TwimlFault(12200, `unknown verb <${name}>`);
  }
}

function readSay(element: Element): Say {
  const { voice, language, loop } = element.attributes;
  const text = textOf(element).replace(/\s+/g, ' ').trim();
  checkVoice(voice, language);
  checkText(text, voice);
  return { kind: 'say', text, voice, language: language ?? 'en-US', loop: Number(loop ?? 1) };
}

function readPlay(element: Element): Play {
  return { kind: 'play', url: urlIn(element, absoluteUrl), loop: Number(element.attributes.loop ?? 1) };
}

function readGather(element: Element): Gather {
  const { attributes } = element;
  return {
    kind: 'gather',
    action: attributes.action,
    method: methodOf(attributes.method),
    timeout: Number(attributes.timeout ?? 5),
    numDigits: attributes.numDigits === undefined ? undefined : Number(attributes.numDigits),
    finishOnKey: attributes.finishOnKey ?? '#',
    actionOnEmptyResult: attributes.actionOnEmptyResult === 'true',
    prompts: elementsOf(element).map((child) => readVerb(child) as Gather['prompts'][number]),
  };
}

function readDial(element: Element): Dial {
  const { attributes } = element;
  const bare = element.children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
  const nouns = elementsOf(element).map(readNumber);
  if (bare !== '' && nouns.length > 0) throw new TwimlFault(13215, 'Dial: a bare number beside <Number>');
  const numbers = bare === '' ? nouns : [bareNumber(bare)];
  if (numbers.length === 0) throw new TwimlFault(13223, 'Dial: nobody to dial');
  if (numbers.length > MOST_NUMBERS) throw new TwimlFault(12200, 'Dial: more than ten numbers');
  return {
    kind: 'dial',
    action: attributes.action,
    method: methodOf(attributes.method),
    timeout: Number(attributes.timeout ?? 30),
    timeLimit: Number(attributes.timeLimit ?? 14400),
    answerOnBridge: attributes.answerOnBridge === 'true',
    hangupOnStar: attributes.hangupOnStar === 'true',
    sequential: attributes.sequential === 'true',
    callerId: attributes.callerId,
    numbers,
  };
}

function readNumber(element: Element): NumberNoun {
  const { attributes } = element;
  return {
    ...bareNumber(textOf(element).trim()),
    url: attributes.url,
    method: methodOf(attributes.method),
    statusCallback: attributes.statusCallback,
    statusCallbackMethod: methodOf(attributes.statusCallbackMethod),
    statusCallbackEvents: (attributes.statusCallbackEvent ?? 'completed').trim().split(/\s+/) as CallEvent[],
  };
}

function bareNumber(text: string): NumberNoun {
  if (!phoneNumber(text)) throw new TwimlFault(13223, 'Dial: Invalid phone number format');
  return {
    number: text.replace(/[\s().-]/g, ''),
    method: 'POST',
    statusCallbackMethod: 'POST',
    statusCallbackEvents: ['completed'],
  };
}

function urlIn(element: Element, isTaken: Check = url): string {
  const text = textOf(element).trim();
  if (!isTaken(text)) throw new TwimlFault(11100, `<${element.name}>: Invalid URL format`);
  return text;
}

const methodOf = (text: string | undefined): Method => (text?.toUpperCase() === 'GET' ? 'GET' : 'POST');

const elementsOf = (element: Element): readonly Element[] =>
  element.children.filter((child): child is Element => typeof child !== 'string');

const textOf = (element: Element): string =>
  element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
