/** What the steps have in common. */
import type { Twilio } from 'twilio';
import type { DialList } from '../../src/dial-list/list';
import type { Mackerel } from '../service/mackerel';
import type { Text } from '../text';
import type { Asking } from './asking';
import type { EnvStore } from './env-store';
import type { Telling } from './telling';

export type Setup = {
  /** The project's folder. */
  readonly root: string;
  readonly env: EnvStore;
  /** As it will be deployed. */
  list: DialList;
  readonly ask: Asking;
  readonly tell: Telling;
  readonly isDryRun: boolean;
  readonly isPractice: boolean;
  /** Suffix of the environment: `dev`, or nothing for production. */
  readonly environment: string;
  /** Added to our own environment for the deploy tool's process. */
  readonly childEnv: Readonly<Record<string, string>>;
  /** With the credentials that are known by then. */
  twilio(): Twilio;
  mackerel(key: string): Mackerel;
  /** What the steps find out for later ones. */
  readonly found: {
    numberA?: OwnNumber;
    numberB?: OwnNumber;
    /** For a number B whose account's credentials nobody has given. */
    phoneB?: string;
    domain?: string;
    mayWriteMackerel?: boolean;
    hasMackerel?: boolean;
  };
  /** What is left to do by hand. */
  readonly todo: Text[];
};

export type OwnNumber = {
  readonly sid: string;
  readonly phone: string;
  readonly voiceUrl: string;
  /** The account that has it: number B may belong to another one. */
  readonly client: Twilio;
};

export type Step = { readonly title: Text; readonly run: (setup: Setup) => Promise<void> };

/**
 * Does what somebody agrees to; in a dry run it says what it would do. Gives whether it was, or would be, done.
 *
 * @param work gives false if it was refused, and has said so
 */
export async function change(
  { ask, tell, isDryRun }: Setup,
  what: { readonly may: Text; readonly done: Text; readonly kind?: 'adds' | 'replaces' },
  work: () => Promise<unknown>,
): Promise<boolean> {
  if (!(await ask.may(what.may, what.kind))) return false;
  if (!isDryRun && (await work()) === false) return false;
  tell.done(what.done);
  return true;
}
