import type { Text } from './text';

/** A step cannot go on. What was done before it stays, and the next run goes on from there. */
export class StepFault extends Error {
  constructor(
    readonly what: Text,
    /** What to do about it. */
    readonly remedy: Text,
  ) {
    super(what.en);
  }
}

/** Somebody has left a question unanswered. */
export class Cancelled extends Error {}
