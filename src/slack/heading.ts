/** What a page's message says, in a form short enough for the cursor, to know when it is out of date. */
import { createHash } from 'node:crypto';
import type { DialList } from '../dial-list/list';
import type { State } from '../escalation';
import { NEWS } from '../platform/budget';
import { subjectOf } from './message';
import { pageOf } from './news-text';
import type { Heading, NewsBatch } from './poster';
import { recordsOf, type Subject, standingOf } from './standing';

export const headingOf = (list: DialList, state: State, subject: Subject): Heading => ({
  alerts: alertsToKeep(state, subject),
  says: fingerprint(standingOf(list, state, subject) ?? ''),
});

/** @param isPlain the message does not say how the page stands */
export function headingIn(batch: NewsBatch, isPlain = false): { readonly heading?: Heading } {
  const page = pageOf(batch);
  if (!page) return {};
  const heading = headingOf(batch.list, batch.state, subjectOf(page, batch.alerts));
  return { heading: isPlain ? { ...heading, says: '' } : heading };
}

/** Alerts by which the message can be updated later, when they may be on another page. */
export function alertsToKeep(state: State, subject: Subject): readonly string[] {
  const known = recordsOf(state, subject).map(({ id }) => id);
  return (known.length > 0 ? known : (subject.alerts ?? [])).slice(0, NEWS.headingAlerts);
}

export const fingerprint = (says: string) =>
  createHash('sha256').update(says).digest('base64url').slice(0, 8);
