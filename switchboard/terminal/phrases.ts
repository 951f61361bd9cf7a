import type { Language } from '../../src/dial-list/list';
import type { Act } from '../drill/scripted-people';
import type { Problem } from '../drill/verdict';
import type { ArgumentFault } from './arguments';
import { english } from './phrases-en';
import { japanese } from './phrases-ja';

/** Everything the terminal says, in one language. What Slack and the telephone say is the product's own. */
export type Phrases = {
  readonly usage: string;
  fault(fault: ArgumentFault): string;
  portTaken(port: number): string;
  readonly notBuilt: string;

  readonly heading: string;
  readonly labels: {
    readonly functions: string;
    readonly room: string;
    readonly members: string;
    readonly time: string;
    readonly plan: string;
  };
  readonly functionsNote: string;
  readonly roomNote: string;
  /** `from` = date, time and zone at which the story begins. */
  time(from: string, speed: number): string;
  plan(members: number, acts: readonly Act[]): string;

  readonly numberB: string;
  readonly switchboard: string;
  raised(alert: string, about: string): string;
  closed(alert: string): string;
  readonly mackerelCalls: string;
  readonly musicStarts: string;
  readonly musicStops: string;
  /** Seconds: the list's, and those that Twilio adds. */
  rings(listed: number, added: number): string;
  ringing(seconds: number, most: number): string;
  answers(seconds: number): string;
  voicemailAnswers(seconds: number): string;
  onTheLine(seconds: number): string;
  readonly again: string;
  presses(digit: string): string;
  readonly unheard: string;
  noAnswer(seconds: number): string;
  readonly busy: string;
  refuses(seconds: number): string;
  readonly unreachable: string;
  readonly canceled: string;
  hangsUp(seconds: number): string;
  callEnds(seconds: number): string;
  readonly bridged: string;
  readonly edited: string;

  /** The line under the story while nothing rings. */
  readonly keys: string;
  next(room: string, alert: string): readonly { readonly what: string; readonly how: string }[];
  taken(by: string, rings: number, hadMusic: boolean): string;
  alertClosed(alert: string): string;
  readonly offPlan: string;
  readonly failed: string;
  problem(problem: Problem): string;
  readonly logLines: string;
};

export const phrasesIn = (language: Language): Phrases => (language === 'ja' ? japanese : english);
