/** What Mackerel's webhook reports. */

import {
  type AlertDetails,
  type AlertItem,
  hasGotWorse,
  isGoingOn,
  type Page,
  withFacts,
} from '../escalation';
import { RETRY, WAIT } from '../platform/budget';
import { type Entry, warn } from '../platform/log';
import { accepted, failed, type Reply } from '../platform/problem';
import type { Services } from '../platform/services';
import { sleep } from '../platform/time';
import { afterClosing, noteClosed, readByAll } from '../store/close';
import { tracked } from '../store/fate';
import { rememberedPage, rememberPage } from '../store/page-memory';
import { posted, ring, ringWhatIsDue, type Stepped, UNREACHABLE } from './steps/ring-alert';

/** An alert opened, changed or was re-sent. If no phone can ring for it, the answer is a failure. */
export async function opened(services: Services, alert: AlertDetails): Promise<Reply> {
  const { config, list } = services;
  const entry = { event: 'opened', ...(await rungOrKept(services, alert)) };
  if (list.start === 'webhook' && config.callerId === null)
    return failed('Nobody can be called. Set CALLER_ID to a number of your Twilio account and deploy', entry);
  if (entry.step === UNREACHABLE)
    return failed('Nobody was called. Twilio refused every call; its log says why', entry);
  return accepted(entry);
}

/** If the webhook starts pages, somebody is rung for it. */
async function rungOrKept(services: Services, alert: AlertDetails): Promise<Stepped> {
  const { config, list } = services;
  if (list.start === 'webhook') {
    if (config.callerId === null) warn('CALLER_ID is not set: with "start": "webhook" nobody can be called');
    return ring(services, alert, config.callerId);
  }
  return alert.isGroup ? groupOpened(services, alert) : reported(services, alert);
}

/**
 * Mackerel's Twilio channel does not call about groups, so a call of our own rings for the group. The calls about its
 * alerts go first, and the group joins their page.
 */
async function groupOpened(services: Services, group: AlertDetails): Promise<Stepped> {
  const { config, list, news } = services;
  if (config.callerId === null) {
    const name = group.monitor ?? group.id;
    return {
      step: 'told',
      told: await said(() => news.announceTrouble(list.language, { kind: 'group-not-rung', name })),
    };
  }
  await sleep(WAIT.callMs);
  return ring(services, group, config.callerId);
}

/** The call about the alert rings. It, or the pickup, reads what is reported here for the first time. */
async function reported(services: Services, alert: AlertDetails): Promise<Stepped> {
  const { details, alerts, pages, history, list, config, now } = services;
  const kept = await details?.keep(alert);
  if (kept === 'new') return { step: 'kept' };
  if (kept) await sleep(WAIT.callMs);
  const at = now();
  const learned = await alerts
    .change(alert.id, (known) => known && (known.closedAt === undefined ? withFacts(known, alert, at) : null))
    .catch(() => null);
  if (!learned) return { step: 'kept' };
  const stored = await pages.read();
  if (!stored) return { step: 'reported', remembered: false };
  const { alert: known } = await tracked(learned.data, stored.data, history, list).catch(() => ({
    alert: learned.data,
  }));
  // The call may have come before this report, and have been kept quiet.
  if (config.callerId && !isGoingOn(stored.data.page) && hasGotWorse(known))
    return ring(services, alert, config.callerId);
  return { step: 'reported', page: stored.data.page?.id, remembered: true };
}

/** An alert closed: if it was the page's last, the phone that rings for it stops. */
export async function closed(services: Services, id: string): Promise<Entry> {
  const { pages, news, list, now } = services;
  const at = now();
  const noted = await noteClosed(services, id, at, { patience: RETRY.closing });
  const page = noted && pageThatTellsOf(noted.alert);
  if (page) return { step: 'hang-up', page: page.id, remembered: true };
  const stored = await readByAll(pages);
  if (stored) rememberPage(list, stored.data);
  const came = stored && (await afterClosing(services, id, at, stored));
  const label = noted?.alert.page;
  if (came) await posted(services, came);
  // A closing while people are rung is posted with the next news of the page.
  const isRinging = isGoingOn(stored?.data.page) && stored.data.page.id === label;
  if (stored && !came && label !== undefined && noted?.isNew && !isRinging)
    await news.tell(stored.data, { alerts: 'few', page: label });
  const state = came?.state ?? stored?.data;
  const revision = came ? came.revision : (stored?.revision ?? null);
  if (state) await ringWhatIsDue(services, { state, revision });
  return {
    step: came?.step.kind ?? 'hang-up',
    page: state?.page?.id,
    remembered: noted !== null && (came ? came.revision !== null : stored !== null),
  };
}

/**
 * The page that this process remembers, if the closed alert is on it and does not stand for it: then the closing is
 * posted with the page's next news, and the document is not read. The last alert to close always stands for its page.
 */
function pageThatTellsOf({ id, page: label, isWatch }: AlertItem): Page | null {
  const page = rememberedPage();
  return page?.id === label && !isWatch && page?.watch !== id ? page : null;
}

/** Mackerel's test button. */
export const sampleSent = async ({ list, news }: Services): Promise<Entry> => ({
  event: 'sample',
  told: await said(() => news.announceConnected(list.language)),
});

/** Mackerel sent something that we do not understand: people are asked to look. */
export const notUnderstood = async ({ list, news }: Services, event: string): Promise<Entry> => ({
  step: 'told',
  told: await said(() => news.announceTrouble(list.language, { kind: 'not-understood', event })),
});

const said = (announce: () => Promise<void>): Promise<boolean> =>
  announce().then(
    () => true,
    (fault: Error) => {
      warn(`Could not post to Slack: ${fault.message}`);
      return false;
    },
  );
