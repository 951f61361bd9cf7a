/** What can be wrong with an account that is being examined: each fault alone, and the line that has to say so. */
import { OF_PEOPLE } from './people';
import { AT_MACKEREL, AT_SLACK } from './slack-mackerel';
import { AT_TWILIO } from './twilio';

export type { FaultCase, Manner } from './case';
export const FAULTS = [...AT_TWILIO, ...AT_SLACK, ...AT_MACKEREL, ...OF_PEOPLE];
