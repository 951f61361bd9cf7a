/** The TwiML of each step. */
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { DialList, Member } from '../dial-list/list';
import { alertsOf, type MemberStep, mayClose, namedAlertsOf } from '../escalation';
import { fitted } from '../speech/fit';
import { secondsOf } from '../speech/pace';
import {
  type Brief,
  type Briefing,
  FULL_MESSAGE_WITHIN,
  KEYS_KNOWN_WITHIN,
  type Speech,
} from '../speech/speech';
import { speechIn } from '../speech/spoken';
import { callbacks, type Line, memberOf } from './caller';
import { VOICES } from './voices';

/** Seconds of silence after the message, to find the keypad in the dark. */
const KEY_TIMEOUT_SECONDS = 8;

/**
 * On the member's leg: the message and the keys, or a last word.
 *
 * A whisper may hold only Play, Say, Gather and Hangup (docs/voice/twiml/number#attributes-url). Without Hangup at
 * its end, the member would be connected to the hold music.
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
      // A member who takes a page by picking up has not heard yet what it is about.
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

/** Seconds. Twilio's shortest: docs/voice/twiml/gather#timeout */
const MOMENT_SECONDS = 1;

/**
 * A whisper may hold no Redirect, so only a Gather can report that a message is over. Asked only if Sync holds the
 * page.
 */
function addConfirmation(response: VoiceResponse, member: Member, line: Line, text: string): void {
  const { end, isTest } = line.state.page ?? {};
  const isAsked = line.revision !== null && end?.kind === 'taken' && !isTest;
  const speaker = isAsked
    ? response.gather({
        action: `${keyUrl(line)}&confirmed=1`,
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
 * Twice, because the first words are lost on the way from the pillow to the ear. After that it is a voicemail.
 *
 * @param before spoken first, within the same time
 */
function addBriefing(response: VoiceResponse, member: Member, line: Line, before = ''): void {
  const { language } = member;
  const speech = speechIn(language);
  const { text, isWhole } = inBrief(line, member, before);
  const keys = speech.keys(mayClose(line.state), isWhole);
  if (before) response.say(VOICES[language], before);
  const url = keyUrl(line);
  for (let times = 0; times < 2; times++) addQuestion(response, member, url, [text, keys]);
  response.say(VOICES[language], speech.goodbye);
}

/** Everything once, and then the keys again, to leave time for one before the line is cut. */
function addAll(response: VoiceResponse, member: Member, line: Line): void {
  const speech = speechIn(member.language);
  const keys = speech.keys(mayClose(line.state), true);
  const url = keyUrl(line);
  addQuestion(response, member, url, [inFull(line, member), keys]);
  addQuestion(response, member, url, [keys]);
  response.say(VOICES[member.language], speech.goodbye);
}

const inFull = (line: Line, member: Member): string =>
  speechIn(member.language).brief(briefingOf(line, member), FULL_MESSAGE_WITHIN).text;

/** As much as can be said before the keys, so that those are known in time. */
function inBrief(line: Line, member: Member, before: string): Brief {
  const { language } = member;
  const speech = speechIn(language);
  const others = [true, false].map((isWhole) =>
    secondsOf(before + speech.keys(mayClose(line.state), isWhole), language),
  );
  return speech.brief(briefingOf(line, member), KEYS_KNOWN_WITHIN - Math.max(...others));
}

/** The question's URL says up to when alerts had joined: an alert that joins during the question is not closed. */
function askToClose(response: VoiceResponse, member: Member, line: Line): void {
  const alerts = namedAlertsOf(line.state, line.state.page);
  const question = speechIn(member.language).askToClose(alerts.length);
  gatherKey(response, `${keyUrl(line)}&close=${line.briefed?.atMs ?? 0}`).say(
    VOICES[member.language],
    question,
  );
}

/** The URL for the key says what the member had heard before it. */
function keyUrl(line: Line): string {
  const known = line.heard ?? line.briefed;
  const heard = known ? `&briefed=${known.atMs}.${known.alerts}` : '';
  return `${callbacks(line)('/answered-key')}${heard}`;
}

function addQuestion(response: VoiceResponse, { language }: Member, url: string, texts: readonly string[]) {
  const gather = gatherKey(response, url);
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

function briefingOf({ state, now, briefed }: Line, { reading }: Member): Briefing {
  const { page } = state;
  const heardMs = briefed?.atMs ?? Number.POSITIVE_INFINITY;
  const alerts = alertsOf(state, page).map((alert) => ({
    ...alert,
    isNewcomer: (alert.joinedMs ?? 0) > heardMs,
  }));
  const counted = briefed ? alerts.length - briefed.alerts : 0;
  // An alert that closed meanwhile must not hide one that joined.
  const joinedSince = Math.max(0, counted, alerts.filter(({ isNewcomer }) => isNewcomer).length);
  return { reading, isTest: page?.isTest ?? false, alerts, joinedSince, now };
}

/** Alerts that came while the member heard the confirmation. */
function newcomersOf(line: Line, member: Member, ids: readonly string[]): Briefing {
  const briefing = briefingOf(line, member);
  const alerts = briefing.alerts
    .filter(({ id }) => ids.includes(id))
    .map((alert) => ({ ...alert, isNewcomer: true }));
  return { ...briefing, alerts, joinedSince: alerts.length };
}
