/** Steps, as TwiML. */
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { DialList, Member } from '../core/dial-list';
import { TALK_SECONDS } from '../core/escalation/answering';
import { alertsOf, countOf, namedAlertsOf } from '../core/escalation/book';
import { mayClose } from '../core/escalation/closing';
import type { State } from '../core/escalation/state';
import type { CallerStep, MemberStep } from '../core/escalation/step';
import { fitted } from '../core/wording/fit';
import { secondsOf } from '../core/wording/pace';
import {
  type Brief,
  type Briefing,
  KEYS_KNOWN_WITHIN,
  type Speech,
  speechIn,
  TOLD_IN_FULL_WITHIN,
} from '../core/wording/speech';
import { toQuery } from './continuation';

/** Twilio's name of the language, and a voice that speaks it: docs/voice/twiml/say */
const VOICES = {
  ja: { language: 'ja-JP', voice: 'Polly.Tomoko-Neural' },
  en: { language: 'en-US', voice: 'Polly.Joanna-Neural' },
} as const;

/** Seconds of silence after the message: somebody has to find the keypad in the dark. */
const KEY_TIMEOUT_SECONDS = 8;

/** What the TwiML of a page is written from. */
export type Line = {
  readonly list: DialList;
  readonly state: State;
  readonly revision: string | null;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Where our Functions are reached: src/http/origin */
  readonly origin: string;
  /** The number shown to the member, of ours; none where the request gave none. */
  readonly callerId?: string;
};

/** The paths that a page comes back to. */
type Callback = '/dial-list' | '/dial-ended' | '/dial-status' | '/answered' | '/answered-key';

const callback = (path: Callback, { origin, state, revision }: Line) =>
  `${origin}${path}?${toQuery(state, revision)}`;

/** On the caller's leg: ring a member, wait, or hang up. */
export function callerTwiml(step: CallerStep, line: Line): string {
  const response = new VoiceResponse();
  if (step.kind === 'ring') addDial(response, memberOf(line.list, step.member), line);
  if (step.kind === 'pause') {
    response.pause({ length: step.seconds });
    response.redirect({ method: 'POST' }, callback('/dial-list', line));
  }
  if (step.kind === 'hang-up' || step.kind === 'end-call') response.hangup();
  return response.toString();
}

function addDial(response: VoiceResponse, member: Member, line: Line): void {
  const dial = response.dial({
    ...(line.callerId && { callerId: line.callerId }),
    timeout: member.ringSeconds,
    // Whom Twilio connects to the hold music for want of a message would listen to it for hours.
    timeLimit: TALK_SECONDS,
    action: callback('/dial-ended', line),
    method: 'POST',
  });
  dial.number(
    {
      url: callback('/answered', line),
      method: 'POST',
      statusCallback: callback('/dial-status', line),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'answered', 'completed'],
    },
    member.phone,
  );
}

/**
 * On the member's leg: the message and the keys, or a last word.
 *
 * A whisper may hold only Play, Say, Gather and Hangup (docs/voice/twiml/number#attributes-url), and one that ended
 * without Hangup would connect the member to the hold music.
 */
export function memberTwiml(step: MemberStep, line: Line): string {
  const response = new VoiceResponse();
  const member = memberOf(line.list, step.member);
  const speech = speechIn(member.language);
  const say = (text: string) => response.say(VOICES[member.language], fitted(text));
  switch (step.kind) {
    case 'brief':
      addBriefing(response, member, line);
      break;
    case 'tell-all':
      addAll(response, member, line);
      break;
    case 'unknown-key':
      addBriefing(response, member, line, speech.unknownKey);
      break;
    case 'confirm-taken':
      // Who takes a page by picking up has not heard yet what it is about.
      if (line.list.answer === 'pickup') say(inFull(line, member));
      addConfirmation(response, member, line, speech.confirmTaken(briefingOf(line, member)));
      break;
    case 'confirm-more':
      addConfirmation(response, member, line, speech.confirmMore(newcomersOf(line, member, step.alerts)));
      break;
    case 'let-go':
      break;
    case 'confirm-passed':
      say(speech.confirmPassed);
      break;
    case 'ask-to-close':
      askToClose(response, member, line);
      addBriefing(response, member, line);
      break;
    case 'confirm-closed':
      if (step.goesOn) addBriefing(response, member, line, speech.confirmClosed(step.alerts, true));
      else say(speech.confirmClosed(step.alerts, false));
      break;
    case 'close-failed':
      addBriefing(response, member, line, speech.closeFailed(step.closed, step.failed));
      break;
    case 'dismiss':
      say(dismissal(step, line.list, speech));
      break;
  }
  response.hangup();
  return response.toString();
}

/** Seconds: Twilio takes no less. docs/voice/twiml/gather#timeout */
const MOMENT_SECONDS = 1;

/** A whisper may hold no Redirect: that a message is over, only a Gather tells. Asked for where memory has kept the page. */
function addConfirmation(response: VoiceResponse, member: Member, line: Line, text: string): void {
  const isAsked = line.revision !== null && line.state.page?.hearing !== undefined;
  const speaker = isAsked
    ? response.gather({
        action: `${callback('/answered-key', line)}&confirmed=1`,
        method: 'POST',
        numDigits: 1,
        finishOnKey: '',
        timeout: MOMENT_SECONDS,
        actionOnEmptyResult: true,
      })
    : response;
  speaker.say(VOICES[member.language], fitted(text));
}

function dismissal(step: MemberStep & { kind: 'dismiss' }, list: DialList, speech: Speech): string {
  if (step.why === 'taken') return speech.dismiss(memberOf(list, step.by).reading);
  return step.why === 'gone-on' ? speech.goneOn : speech.dismiss(null);
}

/**
 * Twice: the first words are lost on the way from the pillow to the ear. After that it is a voicemail.
 *
 * @param before what is said first, in the same time
 */
function addBriefing(response: VoiceResponse, member: Member, line: Line, before = ''): void {
  const { language } = member;
  const speech = speechIn(language);
  const { text, isWhole } = inBrief(line, member, before);
  const keys = speech.keys(mayClose(line.state), isWhole);
  if (before) response.say(VOICES[language], before);
  for (let times = 0; times < 2; times++) addQuestion(response, member, line, [text, keys]);
  response.say(VOICES[language], speech.goodbye);
}

/** Once, and the keys once more: before the line is cut, there has to be time for one. */
function addAll(response: VoiceResponse, member: Member, line: Line): void {
  const speech = speechIn(member.language);
  const keys = speech.keys(mayClose(line.state), true);
  addQuestion(response, member, line, [inFull(line, member), keys]);
  addQuestion(response, member, line, [keys]);
  response.say(VOICES[member.language], speech.goodbye);
}

const inFull = (line: Line, member: Member): string =>
  speechIn(member.language).brief(briefingOf(line, member), TOLD_IN_FULL_WITHIN).text;

/** What can be said before the keys, so that those are known in time. */
function inBrief(line: Line, member: Member, before: string): Brief {
  const { language } = member;
  const speech = speechIn(language);
  const others = [true, false].map((isWhole) =>
    secondsOf(before + speech.keys(mayClose(line.state), isWhole), language),
  );
  return speech.brief(briefingOf(line, member), KEYS_KNOWN_WITHIN - Math.max(...others));
}

/** The URL behind it names what it is about: nothing is closed that joined while it was asked. */
function askToClose(response: VoiceResponse, member: Member, line: Line): void {
  const alerts = namedAlertsOf(line.state, line.state.page);
  const close = alerts.map(({ id }) => encodeURIComponent(id)).join();
  const question = speechIn(member.language).askToClose(alerts.length);
  gatherKey(response, `${callback('/answered-key', line)}&close=${close}`).say(
    VOICES[member.language],
    question,
  );
}

function addQuestion(response: VoiceResponse, { language }: Member, line: Line, texts: readonly string[]) {
  const gather = gatherKey(response, callback('/answered-key', line));
  for (const text of texts) gather.say(VOICES[language], fitted(text));
}

function gatherKey(response: VoiceResponse, action: string) {
  return response.gather({
    action,
    method: 'POST',
    numDigits: 1,
    finishOnKey: '', // `#` is a key like the others
    timeout: KEY_TIMEOUT_SECONDS,
  });
}

function briefingOf({ state, now }: Line, { reading }: Member): Briefing {
  const { page } = state;
  const alerts = alertsOf(state, page);
  // Where the pickup was not saved, nobody knows what they were told of.
  const counted = page?.leg === 'answered' ? countOf(state, page) - page.told : 0;
  // One that closed meanwhile must not make up for one that came.
  const joinedSince = Math.max(0, counted, alerts.filter(({ isNewcomer }) => isNewcomer).length);
  return { reading, isTest: page?.isTest ?? false, alerts, more: page?.more, joinedSince, now };
}

/** Those that came while the confirmation was heard. */
function newcomersOf(line: Line, member: Member, ids: readonly string[]): Briefing {
  const briefing = briefingOf(line, member);
  const alerts = briefing.alerts
    .filter(({ id }) => ids.includes(id))
    .map((alert) => ({ ...alert, isNewcomer: true }));
  return { ...briefing, alerts, more: 0, joinedSince: alerts.length };
}

/** Who has left the list while a page was ringing is stood in for: some phone must ring. */
function memberOf({ members }: DialList, index: number): Member {
  const member = members[index % members.length];
  if (!member) throw new RangeError('The dial list has no members');
  return member;
}

/** Ends the leg, and with it whatever hangs on it. */
export function hangUpTwiml(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/**
 * Asks the same webhook once more in a moment: for a fault that nobody foresaw.
 *
 * @param url absolute
 */
export function askAgainTwiml(url: string, params: Readonly<Record<string, string | undefined>>): string {
  const { page, attempt, revision, state, alertId, DialCallStatus, DialBridged } = params;
  const query = new URLSearchParams({ again: '1' });
  for (const [name, value] of Object.entries({
    page,
    attempt,
    revision,
    state,
    alertId,
    DialCallStatus,
    DialBridged,
  })) {
    if (value !== undefined) query.set(name, value);
  }
  const response = new VoiceResponse();
  response.pause({ length: 2 });
  response.redirect({ method: 'POST' }, `${url}?${query}`);
  return response.toString();
}
