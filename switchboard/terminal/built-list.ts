import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DialList } from '../../src/core/dial-list';

const file = join(__dirname, '../../.twilioserverless/assets/dial-list.private.json');

/** The list as the build checked and completed it; undefined if there has been none. */
export function readBuiltList(): DialList | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DialList;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
