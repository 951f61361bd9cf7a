/** What Mackerel's webhook tells. */
import type { AlertFacts } from '../core/alert';
import { isGoingOn } from '../core/escalation/state';
import { turnByDate } from '../core/rotation';
import type { Entry } from '../http/log';
import { warn } from '../http/log';
import type { Services } from '../services';
import { carryOut } from './direct';
import { withPutAside } from './ending';

/** An alert opened, changed or was re-sent. Where the webhook starts pages, somebody is rung for it. */
export async function opened(services: Services, alert: AlertFacts): Promise<Entry> {
  const { config, list, pages, news, now } = services;
  const at = now();
  if (list.start === 'call') {
    const outcome = await pages.apply({ kind: 'alert-reported', alert, at }, null);
    return { step: 'reported', page: outcome.state.page?.id, remembered: outcome.revision !== null };
  }
  if (config.callerId === null) warn('CALLER_ID is not set: with "start": "webhook" nobody can be rung');
  const turn = turnByDate(list, at * 1000);
  const decided = await pages.apply(
    { kind: 'alert-notified', alert, call: '', way: 'direct', turn, at },
    null,
  );
  const outcome = await carryOut(services, decided, config.callerId);
  await news.tellOutcome(outcome);
  return { step: decided.step.kind, page: outcome.state.page?.id, remembered: outcome.revision !== null };
}

/** An alert closed: if it was the page's last, the phone that rings for it stops. */
export async function closed(services: Services, id: string): Promise<Entry> {
  const { pages, calls, news, now } = services;
  const decided = await pages.apply({ kind: 'alerts-closed', alerts: [id], at: now() }, null);
  const outcome = await withPutAside(services, decided);
  const endsCall = outcome.step.kind === 'end-call' && !isGoingOn(outcome.state.page);
  await Promise.all([
    outcome.step.kind === 'end-call' && endsCall && calls.complete(outcome.step.call),
    news.tellOutcome(outcome),
  ]);
  return { step: outcome.step.kind, page: outcome.state.page?.id, remembered: outcome.revision !== null };
}

/** Mackerel's test button. */
export async function sampleSent({ list, announceConnected }: Services): Promise<Entry> {
  try {
    await announceConnected(list.language);
    return { event: 'sample', told: true };
  } catch (fault) {
    warn(`Slack was not told: ${(fault as Error).message}`);
    return { event: 'sample', told: false };
  }
}
