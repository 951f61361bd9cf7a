import { TwimlFault } from './verbs';

/** ja-JP voices without a language in their name (twilio/lib/twiml/VoiceResponse.d.ts). */
const POLLY_JAPANESE = ['Mizuki', 'Takumi', 'Takumi-Neural', 'Kazuha-Neural', 'Tomoko-Neural'].map(
  (name) => `Polly.${name}`,
);

/** Characters a Say may hold; the URL-encoded text may not pass 4500 for any voice (docs/api/errors/13521). */
const LIMITS: readonly [prefix: string, characters: number][] = [
  ['Polly.', 3000],
  ['Google.', 5000],
  ['', 4096],
];
const URL_ENCODED_LIMIT = 4500;

/** Throws 13511 for a voice that does not exist or does not speak the language. */
export function checkVoice(voice: string | undefined, language: string | undefined): void {
  if (voice === undefined) return;
  const japanese = language === 'ja-JP';
  const google = /^Google\.([a-z]{2,3}-[A-Z]{2})-[\w-]+$/.exec(voice);
  const fits = google
    ? language === undefined || google[1] === language
    : voice.startsWith('Polly.')
      ? /^Polly\.[A-Z][A-Za-z]+(-Neural|-Generative)?$/.test(voice) &&
        (language === undefined || POLLY_JAPANESE.includes(voice) === japanese)
      : voice === 'alice' || ((voice === 'man' || voice === 'woman') && !japanese);
  if (!fits) throw new TwimlFault(13511, `Say: Invalid voice value: ${voice} with language ${language}`);
}

/** Throws 13520 for nothing to say and 13521 for too much of it. */
export function checkText(text: string, voice: string | undefined): void {
  if (text === '') throw new TwimlFault(13520, 'Say: Invalid text: empty');
  const [, limit = 0] = LIMITS.find(([prefix]) => (voice ?? '').startsWith(prefix)) ?? [];
  const bytes = Buffer.byteLength(text);
  const encoded = encodeURIComponent(text).length;
  if (bytes > limit || encoded > URL_ENCODED_LIMIT)
    throw new TwimlFault(13521, `Say: Text too long: ${bytes} bytes, ${encoded} URL-encoded`);
}
