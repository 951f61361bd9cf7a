/** The project as it lies here: the list and `.env`, read as the build and the deploy read them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { DialList } from '../src/dial-list/list';
import { builtList } from '../switchboard';
import { StepFault } from './fault';
import { text } from './text';

export const root = join(__dirname, '..');
/** The service's name at Twilio, which the deploy tool takes from package.json. */
export const SERVICE = 'mackerel-kaden';

/** Empty if there is no `.env` yet. */
export function readEnv(): Readonly<Record<string, string>> {
  try {
    return parse(readFileSync(join(root, '.env')));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw fault;
  }
}

export function listOrFault(): DialList {
  const list = builtList();
  if (list) return list;
  throw new StepFault(
    text('Nothing is built', 'ビルドされていません'),
    text('npm run build', 'npm run build を実行してください'),
  );
}
