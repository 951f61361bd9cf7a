/** Finished pages, one item each in a Sync map, until their time is up. twilio.com/docs/sync/api/map-item-resource */
import type { AlertFacts } from '../core/alert';
import type { DialList } from '../core/dial-list';
import { subjectsOf } from '../core/escalation/book';
import type { Page, State } from '../core/escalation/state';
import { Conflict, type SyncService } from './sync-document';
import { ignoring, syncMap } from './sync-map';

export type History = {
  /** Records a page of the state that is over; once, however often it is asked to. */
  record(list: DialList, state: State, page: Page): Promise<void>;
};

/** Seconds: 90 days. Twilio drops items some time after that: docs/sync/objects-ttl */
const KEPT_SECONDS = 90 * 24 * 60 * 60;

export function syncHistory(sync: () => SyncService, name: string): History {
  const map = syncMap(sync, name, KEPT_SECONDS);
  return {
    record: (list, state, page) =>
      map.add(page.id, recordOf(list, page, subjectsOf(state, page))).catch(ignoring(Conflict)),
  };
}

/** A page as it is remembered: names and times, no numbers. */
function recordOf({ members }: DialList, page: Page, alerts: readonly AlertFacts[]) {
  const name = (member: number) => members[member]?.name ?? `#${member + 1}`;
  return {
    startedAt: new Date(page.startedAt * 1000).toISOString(),
    endedAt: new Date((page.end?.at ?? page.startedAt) * 1000).toISOString(),
    end: page.end?.kind,
    takenBy: page.end?.kind === 'taken' ? name(page.end.by) : null,
    rings: page.attempt + 1,
    order: page.order.map(name),
    alerts: alerts.map(({ id }) => id),
    ...(page.more && { moreAlerts: page.more }),
    isTest: page.isTest,
  };
}
