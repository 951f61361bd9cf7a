/** Passwords that nobody has to make up or remember. */
import { randomInt } from 'node:crypto';
import { text } from '../../text';
import type { Setup, Step } from '../setup';

export const secretsStep: Step = { title: text('Passwords', 'パスワード'), run };

const PAIRS = [
  ['MACKEREL_WEBHOOK_USER', 'MACKEREL_WEBHOOK_PASSWORD', 'mackerel'],
  ['HEALTH_USER', 'HEALTH_PASSWORD', 'doctor'],
  ['CLOCK_USER', 'CLOCK_PASSWORD', 'clock'],
] as const;
const LENGTH = 32;
/** They stand in URLs. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

async function run({ env, tell }: Setup): Promise<void> {
  const missing = PAIRS.filter(([, password]) => !env.get(password));
  for (const [user, password, name] of missing) {
    if (!env.get(user)) env.set(user, name);
    env.set(password, Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''));
    tell.done(text(`${password} in .env`, `.env に ${password}`));
  }
  if (missing.length === 0) tell.right(text('all are in .env', 'すべて .env にあります'));
}
