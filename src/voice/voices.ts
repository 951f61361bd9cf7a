/** Twilio's name for each language, and a voice that speaks it: docs/voice/twiml/say */
export const VOICES = {
  ja: { language: 'ja-JP', voice: 'Polly.Tomoko-Neural' },
  en: { language: 'en-US', voice: 'Polly.Joanna-Neural' },
} as const;
