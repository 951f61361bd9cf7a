/** What somebody who calls number A hears, as TwiML. */
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { DialList, Language } from '../dial-list/list';
import type { Standing } from '../escalation';
import { type CallInSpeech, callInSpeech } from '../speech/call-in';
import { VOICES } from './voices';

/** Seconds. */
const KEY_TIMEOUT = 8;

/** One sentence, and the end of the call. */
export function lastWordTwiml(
  language: Language,
  word: 'stranger' | 'unknown' | 'willRing' | 'noRehearsal',
): string {
  const response = new VoiceResponse();
  response.say(VOICES[language], callInSpeech(language)[word]);
  response.hangup();
  return response.toString();
}

/**
 * How things stand, and the key for what the caller can do about it.
 *
 * @param url where the key goes, absolute
 */
export function standingTwiml(list: DialList, language: Language, standing: Standing, url: string): string {
  const speech = callInSpeech(language);
  const name = standing.kind === 'held' ? (list.members[standing.by]?.reading ?? '') : '';
  const response = new VoiceResponse();
  const page = 'page' in standing ? standing.page : undefined;
  const key = keyFor(speech, standing);
  const action = page ? `${url}?${new URLSearchParams({ page })}` : url;
  const gather = response.gather({
    action,
    method: 'POST',
    numDigits: 1,
    finishOnKey: '',
    timeout: KEY_TIMEOUT,
  });
  gather.say(VOICES[language], [speech.standing(standing, name), key].filter(Boolean).join(' '));
  response.hangup();
  return response.toString();
}

function keyFor(speech: CallInSpeech, standing: Standing): string {
  switch (standing.kind) {
    case 'ringing':
    case 'unanswered':
      return standing.page ? speech.ringBackKey : '';
    case 'listening':
      return standing.page ? speech.ringNextKey : '';
    case 'held':
    case 'quiet':
      return speech.rehearsalKey;
    case 'rehearsal':
      return '';
  }
}
