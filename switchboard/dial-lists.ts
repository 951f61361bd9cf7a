/** Dial lists for a switchboard: the one that was built, or one written down on the spot. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DialList } from '../src/core/dial-list';
import { checkDialList } from '../src/core/dial-list-check';

const file = join(__dirname, '../.twilioserverless/assets/dial-list.private.json');

/** The list as `npm run build` checked and completed it; undefined if nothing has been built. */
export function builtList(): DialList | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DialList;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * A list as people write it in `src/assets/dial-list.private.json`, checked and completed as the build does.
 * @throws with all that is wrong with it.
 */
export function dialList(written: object): DialList {
  const checked = checkDialList(written);
  if (checked.ok) return checked.list;
  throw new Error(
    `The dial list is faulty: ${checked.faults.map(({ place, message }) => `${place} ${message}`).join('; ')}`,
  );
}
