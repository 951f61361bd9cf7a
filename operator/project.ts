/** The project as it lies here: the list and `.env`, read as the build and the deploy read them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { DialList } from '../src/dial-list/list';
import { builtList } from '../switchboard';

export const root = join(__dirname, '..');
/** The service's name at Twilio, as the deploy tool takes it from package.json. */
export const SERVICE = 'mackerel-kaden';

/** Empty where there is no `.env` yet. */
export function readEnv(): Readonly<Record<string, string>> {
  try {
    return parse(readFileSync(join(root, '.env')));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw fault;
  }
}

/** Undefined where nothing has been built. */
export const readList = (): DialList | undefined => builtList();
