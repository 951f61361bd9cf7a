/** How the switchboard's requests travel in a run of the tests: within the process, or with `TRANSPORT=http` over the real server and clients. */
import type { SwitchboardOptions } from '../../switchboard';

export const transport: NonNullable<SwitchboardOptions['transport']> =
  process.env.TRANSPORT === 'http' ? 'http' : 'direct';
