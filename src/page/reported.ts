/** What Mackerel's webhook tells. */
import { type AlertFacts, isWorse } from '../core/alert';
import { alertsOf, isInApi, recordOf } from '../core/escalation/book';
import { crowdOf } from '../core/escalation/closing';
import { dueAgain } from '../core/escalation/starting';
import { emptyState, isGoingOn, type State } from '../core/escalation/state';
import type { CallerStep } from '../core/escalation/step';
import type { Entry } from '../http/log';
import { warn } from '../http/log';
import { accepted, failed, type Reply } from '../http/problem';
import type { Services } from '../services';
import type { Outcome } from '../twilio/page-store';
import { carryOut } from './direct';
import { closedAmong } from './lookups';

/** An alert opened, changed or was re-sent. One for which no phone can ring is answered as a failure. */
export async function opened(services: Services, alert: AlertFacts): Promise<Reply> {
  const { config, list } = services;
  const entry = { event: 'opened', ...(await rungOrKept(services, alert)) };
  if (list.start === 'webhook' && config.callerId === null)
    return failed('Nobody can be called. Set CALLER_ID to a number of your Twilio account and deploy', entry);
  if (entry.step === UNREACHABLE)
    return failed('Nobody was called. Twilio refused every call; its log says why', entry);
  return accepted(entry);
}

/** The step of an alert for which Twilio takes no call at all. */
const UNREACHABLE = 'unreachable';

/** Where the webhook starts pages, somebody is rung for it. */
async function rungOrKept(services: Services, alert: AlertFacts): Promise<Entry & { step: string }> {
  const { config, list, pages, now } = services;
  const at = now();
  if (alert.isGroup && list.start === 'call') return groupOpened(services, alert);
  if (list.start === 'call') {
    if (await isLeftToTheCall(services, alert)) return { step: 'kept' };
    const outcome = await pages.apply({ kind: 'alerts-reported', alerts: [alert], at }, null);
    if (config.callerId && hasGotWorse(outcome.state, alert.id))
      return ring(services, alert, config.callerId);
    return { step: 'reported', page: outcome.state.page?.id, remembered: outcome.revision !== null };
  }
  if (config.callerId === null) warn('CALLER_ID is not set: with "start": "webhook" nobody can be called');
  return ring(services, alert, config.callerId);
}

/** Milliseconds in which the call that comes with a webhook has noted the alert. */
const CALL_FIRST_MS = 300;

/**
 * Mackerel's Twilio channel is told of no groups, so a call of our own rings for it. The calls about its alerts go
 * first: it joins their page.
 */
async function groupOpened(services: Services, group: AlertFacts): Promise<Entry & { step: string }> {
  const { config, list, news } = services;
  if (config.callerId === null) {
    const name = group.monitor ?? group.id;
    return {
      step: 'told',
      told: await said(() => news.announceTrouble(list.language, { kind: 'group-not-rung', name })),
    };
  }
  await new Promise((over) => setTimeout(over, CALL_FIRST_MS));
  return ring(services, group, config.callerId);
}
/** A page with so many alerts has no use for the names of more, and its document enough to do. */
const FEW_ALERTS = 4;

/**
 * The document is for those who ring: what is told goes there only when a page has to do with it, and has room. What
 * was never told of before is looked up by whoever rings, or is rung: a storm must not read the document twice an alert.
 */
async function isLeftToTheCall({ facts, pages }: Services, alert: AlertFacts): Promise<boolean> {
  const kept = await facts?.keep(alert);
  if (kept === 'new') return true;
  if (!kept) return false;
  await new Promise((over) => setTimeout(over, CALL_FIRST_MS));
  const stored = await pages.read();
  const record = stored && recordOf(stored.data, alert.id);
  if (!record) return true;
  const isCrowd = alertsOf(stored.data, stored.data.page).length > FEW_ALERTS;
  return isCrowd && !isWorse(alert.status, record.status);
}

/** Somebody took it, and it is worse than they know: the call that says so may have come before, and been kept quiet. */
function hasGotWorse(state: State, id: string): boolean {
  const record = recordOf(state, id);
  return !isGoingOn(state.page) && record?.taken !== undefined && isWorse(record.status, record.taken.status);
}

/** Rings people by calls of our own. */
async function ring(
  services: Services,
  alert: AlertFacts,
  from: string | null,
): Promise<Entry & { step: string }> {
  const { pages, news, now, turnAt } = services;
  const at = now();
  const turn = turnAt(at);
  const decided = await pages.apply(
    { kind: 'alert-notified', alert, call: '', way: 'direct', turn, at },
    null,
  );
  const outcome = await carryOut(services, decided, from);
  // What only joins is told with whatever the phone that rings does next: one post for a hundred alerts.
  // Without Sync, whoever rings knows nothing of it.
  const hasJoined =
    decided.step.kind === 'hang-up' && isGoingOn(decided.state.page) && outcome.revision !== null;
  if (outcome.news.length > 0 && !hasJoined) await news.tellOutcome(outcome);
  await ringWhatIsDue(services, outcome);
  const isUnreachable = decided.step.kind === 'ring' && outcome.state.page?.end?.kind === 'unanswered';
  const step = isUnreachable ? UNREACHABLE : decided.step.kind;
  return { step, page: outcome.state.page?.id, remembered: outcome.revision !== null };
}

/** Milliseconds that a ring takes with a slow Twilio: one that is decided and then not placed would be nobody's. */
const RING_MS = 5_500;

/**
 * Functions have no timer: whatever Mackerel tells of is the occasion to ring again for what nobody answered. That was
 * some time ago: what has closed since, untold, nobody is woken for. Where there is no time left, the next occasion does.
 */
export async function ringWhatIsDue(
  services: Services,
  { state, revision }: Pick<Outcome, 'state' | 'revision'>,
  isClock = false,
): Promise<boolean> {
  const { config, list, mackerel, pages, deadline, now } = services;
  const due = revision === null ? [] : dueAgain(list, state, now(), isClock);
  if (due.length === 0) return false;
  const ids = due.filter(isInApi).map(({ id }) => id);
  const alerts = mackerel ? await closedAmong(mackerel, ids) : [];
  const closing =
    alerts.length > 0 ? await pages.apply({ kind: 'alerts-closed', alerts, at: now() }, null) : null;
  const open = due.find(({ id }) => !alerts.includes(id));
  if (open && deadline - Date.now() > RING_MS) await ring(services, open, config.callerId);
  if (closing) await told(services, closing);
  return true;
}

/** An alert closed: if it was the page's last, the phone that rings for it stops. */
export async function closed(services: Services, id: string): Promise<Entry> {
  const { pages, now } = services;
  const reading = pages.reading();
  const state = (await reading.catch(() => null))?.data ?? emptyState;
  const crowd = crowdOf(state, id);
  const isLeft = crowd !== undefined && (await isLeftToOthers(services, crowd, id));
  if (isLeft) return { step: 'kept' };
  const alerts = crowd === undefined ? [id] : await allClosed(services, crowd, id);
  const event = { kind: 'alerts-closed', alerts, at: now() } as const;
  const outcome = await pages.apply(event, null, crowd === undefined ? reading : undefined);
  const entry = await told(services, outcome);
  await ringWhatIsDue(services, outcome);
  return entry;
}

/** Milliseconds in which those that close in the same moment have put that aside. */
const TOGETHER_MS = 400;

/**
 * Where dozens close in the same moment, each is put aside, which is nobody's contest, and then one writes all of them
 * down. One that the page has no room for is looked for by whoever ends the page, or picks up.
 */
async function isLeftToOthers({ inbox, pages }: Services, page: string, id: string): Promise<boolean> {
  const isAside = await inbox.putClosed(page, id).then(
    () => true,
    (fault: Error) => {
      warn(`Could not put a closing aside: ${fault.message}`);
      return false;
    },
  );
  if (!isAside) return false;
  await new Promise((over) => setTimeout(over, TOGETHER_MS * (1 + Math.random())));
  const stored = await pages.read();
  const record = stored && recordOf(stored.data, id);
  return stored !== null && (!record || record.closedAt !== undefined);
}

async function allClosed({ inbox }: Services, page: string, id: string): Promise<readonly string[]> {
  const { closed = [] } = (await inbox.of(page)) ?? {};
  return [...new Set([id, ...closed])];
}

async function told({ calls, news }: Services, outcome: Outcome<CallerStep>): Promise<Entry> {
  await Promise.all([
    outcome.step.kind === 'end-call' && calls.complete(outcome.step.call),
    outcome.news.length > 0 && news.tellOutcome(outcome),
  ]);
  return { step: outcome.step.kind, page: outcome.state.page?.id, remembered: outcome.revision !== null };
}

/** Mackerel's test button. */
export const sampleSent = async ({ list, news }: Services): Promise<Entry> => ({
  event: 'sample',
  told: await said(() => news.announceConnected(list.language)),
});

/** Mackerel sent what nobody here can read: people are told to look. */
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
