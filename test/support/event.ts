/** What tests agree on: a time, and the calls. */

/** 2026-11-22 18:00 in Japan, in seconds since the epoch. */
export const EVENING = Date.parse('2026-11-22T18:00:00+09:00') / 1000;

/** A call SID: docs/voice/api/call-resource */
export const callSid = (nth: number) => `CA${String(nth).padStart(32, '0')}`;
