/** The service's own record of the rehearsal: the Calls API does not show which key was pressed. */
import type { Twilio } from 'twilio';
import { type Recorded, records } from '../service/history';

const EVERY_MS = 1_000;
const PATIENCE_MS = 20_000;

/** The record of the test that began then; null if there is none in time. */
export async function recordOf(
  client: Twilio,
  service: string | undefined,
  since: number,
): Promise<Recorded | null> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    // The page's id begins with its time in seconds, so the newest comes first.
    const pages = await records(client, service, 20);
    const found = pages.find(
      ({ record }) => record.isTest && record.end && Date.parse(record.startedAt ?? '') >= since - 2_000,
    );
    if (found) return found;
    if (Date.now() > until) return null;
    await new Promise((over) => setTimeout(over, EVERY_MS));
  }
}
