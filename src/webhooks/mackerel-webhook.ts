/** What Mackerel's webhook reports. */

import {
  type AlertDetails,
  type AlertItem,
  alertsOf,
  type CallerStep,
  dueAgain,
  hasGotWorse,
  isGoingOn,
  isInApi,
  isJustTaken,
  type Page,
  withFacts,
} from '../escalation';
import { RETRY, WAIT, WEBHOOK } from '../platform/budget';
import { type Entry, warn } from '../platform/log';
import { accepted, failed, type Reply } from '../platform/problem';
import type { Services } from '../platform/services';
import { sleep } from '../platform/time';
import { afterClosing, noteClosed, readByAll } from '../store/close';
import { tracked } from '../store/fate';
import { listAlerts, withListed } from '../store/list-alerts';
import { notify } from '../store/notify';
import { rememberedPage, rememberPage } from '../store/page-memory';
import type { Outcome } from '../store/page-store';
import { closeAlerts, closedAmong } from './steps/check-alerts';
import { carryOut } from './steps/place-call';

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

/** The step if Twilio refuses every call. */
const UNREACHABLE = 'unreachable';

type Stepped = Entry & { readonly step: string };

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

/** Rings people by calls of our own. */
export async function ring(
  services: Services,
  alert: AlertDetails,
  from: string | null,
  isClock = false,
): Promise<Stepped> {
  const { news, now, turnAt } = services;
  const at = now();
  const given = { alert, call: '', way: 'direct', turn: turnAt(at), at, isClock } as const;
  const decided = await notify(services, given, Promise.resolve({}));
  const outcome = await carryOut(services, decided, from);
  // An alert that only joins is posted with the next news of the page: one post for a hundred alerts. Without Sync,
  // the page does not know of it.
  const { page } = decided.state;
  const isHeardOf = isGoingOn(page) || (isJustTaken(page, at) && decided.news.length === 0);
  const hasJoined = decided.step.kind === 'hang-up' && isHeardOf && outcome.revision !== null;
  if (!hasJoined) await news.tellOutcome(outcome);
  if (!isClock) await ringWhatIsDue(services, outcome);
  const isUnreachable = decided.step.kind === 'ring' && outcome.state.page?.end?.kind === 'unanswered';
  const step = isUnreachable ? UNREACHABLE : decided.step.kind;
  return { step, page: outcome.state.page?.id, remembered: outcome.revision !== null };
}

/**
 * Functions have no timer, so each notification is an occasion to ring again for unanswered alerts. Before that,
 * closings that nobody reported are looked for. If there is no time left, the next occasion does it.
 */
export async function ringWhatIsDue(
  services: Services,
  { state, revision }: Pick<Outcome, 'state' | 'revision'>,
  isClock = false,
): Promise<boolean> {
  const { config, list, mackerel, deadline, now } = services;
  const page = revision === null ? null : dueAgain(list, state, now(), isClock);
  if (!page) return false;
  const known = withListed(state, await listAlerts(services));
  const due = alertsOf(known, page);
  const ids = due.filter(isInApi).map(({ id }) => id);
  const closed = mackerel ? await closedAmong(mackerel, ids) : [];
  const came = await closeAlerts(services, known, closed);
  const open = due.find(({ id }) => !closed.includes(id));
  if (open && deadline - Date.now() > WEBHOOK.ringMs)
    await ring(services, { ...open }, config.callerId, isClock);
  // The webhook that saved the last closing was cut off before the page was closed as well.
  const over = came ?? (due.length === 0 ? await afterClosing(services, page.watch, now()) : null);
  if (over) await posted(services, over);
  return open !== undefined;
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

async function posted({ calls, news }: Services, outcome: Outcome<CallerStep>): Promise<void> {
  await Promise.all([
    outcome.step.kind === 'end-call' && calls.complete(outcome.step.call),
    news.tellOutcome(outcome),
  ]);
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
