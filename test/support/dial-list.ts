/** A dial list as the build completes it, so that a test says only what matters to it. */

import { checkDialList } from '../../src/dial-list/check';
import type { DialList } from '../../src/dial-list/list';

/** A member as people write one. */
export const aMember = (name: string, changes: object = {}) => ({ name, phone: '+815000000001', ...changes });

/** Three people, rung for a minute each, two rounds, half a minute between them. */
export function aDialList(changes: object = {}): DialList {
  const members = [
    aMember('佐藤', { reading: 'さとう', phone: '+815000000001' }),
    aMember('鈴木', { reading: 'すずき', phone: '+815000000002' }),
    aMember('高橋', { reading: 'たかはし', phone: '+815000000003' }),
  ];
  const checked = checkDialList({ ringSeconds: 60, rounds: 2, pauseSeconds: 30, members, ...changes });
  if (!checked.ok) throw new Error(`The test's dial list is faulty: ${JSON.stringify(checked.faults)}`);
  return checked.list;
}
