/** What happens to a page: what matters to a test, it says itself. */
import type {
  AlertNotified,
  AlertsClosed,
  Answered,
  CallEnded,
  Confirmed,
  KeyPressed,
  PauseOver,
  RingEnded,
  TestStarted,
} from '../../src/core/escalation/event';
import type { Page } from '../../src/core/escalation/state';

/** 2026-11-22 18:00 in Japan, in seconds since the epoch. */
export const EVENING = Date.parse('2026-11-22T18:00:00+09:00') / 1000;

/** A call SID: docs/voice/api/call-resource */
export const callSid = (nth: number) => `CA${String(nth).padStart(32, '0')}`;

/** An alert that nobody has heard of, with a call of its own. */
export function alertNotified(nth: number, changes: Partial<AlertNotified> = {}): AlertNotified {
  const at = changes.at ?? EVENING;
  const alert = { id: `alert-${nth}`, heardAt: at };
  return { kind: 'alert-notified', way: 'bridge', alert, call: callSid(nth), turn: 0, at, ...changes };
}

export function testStarted(nth: number, changes: Partial<TestStarted> = {}): TestStarted {
  return { kind: 'test-started', way: 'bridge', call: callSid(nth), turn: 0, at: EVENING, ...changes };
}

/** The ring that a page is at rang out. */
export function ringEnded(page: Page, changes: Partial<RingEnded> = {}): RingEnded {
  return {
    kind: 'ring-ended',
    ...presentRing(page),
    call: page.call,
    why: 'no-answer',
    wasBridged: false,
    ...changes,
  };
}

export function pauseOver(page: Page, changes: Partial<PauseOver> = {}): PauseOver {
  return { kind: 'pause-over', ...presentRing(page), call: page.call, ...changes };
}

export function answered(page: Page, changes: Partial<Answered> = {}): Answered {
  return { kind: 'answered', ...presentRing(page), ...changes };
}

export function keyPressed(page: Page, key: 'take' | 'pass', changes: Partial<KeyPressed> = {}): KeyPressed {
  return { kind: 'key-pressed', key, ...presentRing(page), ...changes };
}

/** Whoever took the page has heard so. */
export function confirmed(page: Page, changes: Partial<Confirmed> = {}): Confirmed {
  return { kind: 'confirmed', ...presentRing(page), ...changes };
}

/** The call that carries a page is gone, and no other can be placed. */
export function callEnded(page: Page, changes: Partial<CallEnded> = {}): CallEnded {
  const { call, startedAt } = page;
  return { kind: 'call-ended', call, isSure: true, canCall: false, at: startedAt + 20, ...changes };
}

export function alertsClosed(alerts: readonly string[], changes: Partial<AlertsClosed> = {}): AlertsClosed {
  return { kind: 'alerts-closed', alerts, at: EVENING + 20, ...changes };
}

/** Every event of a ring comes 20 s after its page began, if a test says nothing else. */
const presentRing = ({ id, attempt, startedAt }: Page) => ({ page: id, attempt, at: startedAt + 20 });
