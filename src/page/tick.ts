/** The clock: Mackerel's external monitor of `/health` comes once a minute, and what is due is done. */
import type { Entry } from '../http/log';
import type { Services } from '../services';

export type Ticked = {
  /** What a page needs to be remembered with is there. */
  readonly isWell: boolean;
  readonly note: Entry;
};

/** Where nothing is due, it costs one read of Sync. */
export async function tick({ pages }: Services): Promise<Ticked> {
  const event = 'tick';
  const stored = await pages.reading().catch(() => null);
  if (!stored) return { isWell: false, note: { event, remembered: false } };
  return { isWell: true, note: { event, step: 'none', remembered: true } };
}
