/** What a TwiML attribute may hold. Each check says whether Twilio accepts the text. */
export type Check = (text: string) => boolean;

export const anything: Check = () => true;
export const truth: Check = (text) => text === 'true' || text === 'false';
export const method: Check = (text) => /^(GET|POST)$/i.test(text);
/**
 * Relative or absolute, as documented for `action`, a whisper's `url` and <Redirect>
 * (docs/voice/twiml/{dial,gather,number,redirect}).
 */
export const url: Check = (text) => {
  if (text.trim() === '' || /\s/.test(text)) return false;
  // Relative ones are resolved against the document; only http(s) can be requested.
  return !/^[a-z][a-z0-9+.-]*:/i.test(text) || /^https?:\/\/[^/_]+/i.test(text);
};

/**
 * Where the documentation says nothing of relative URLs: a `statusCallback`, a recording
 * (docs/voice/twiml/{number,play}).
 */
export const absoluteUrl: Check = (text) => url(text) && /^https?:/i.test(text);

export const oneOf =
  (...words: readonly string[]): Check =>
  (text) =>
    words.includes(text);

export const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Check =>
  (text) =>
    /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;

export const listOf =
  (...words: readonly string[]): Check =>
  (text) =>
    text.trim() !== '' &&
    text
      .trim()
      .split(/\s+/)
      .every((word) => words.includes(word));

export const language: Check = (text) => /^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3}){0,2}$/.test(text);
/** `finishOnKey`: any set of keys; empty = no key ends it (docs/voice/twiml/gather). */
export const keys: Check = (text) => /^[0-9*#]*$/.test(text);
/** E.164; Twilio also takes the decorations people write. */
export const phoneNumber: Check = (text) => /^\+[1-9]\d{6,14}$/.test(text.replace(/[\s().-]/g, ''));
