/** A page with all that the adapters have to write, carry and tell: what matters to a test, it says itself. */

import type { DialList, Member } from '../../src/dial-list/list';
import type { LoggedNews, News } from '../../src/escalation';
import { alertsOf, memberAt, type Page, type State } from '../../src/escalation';
import type { AlertDetails } from '../../src/escalation/alert';
import { aDialList, aMember } from './dial-list';
import { EVENING } from './event';
import { aState, pageIn } from './state';

/** Three people, two rounds, half a minute between them; the last of them speaks English. */
export function onDuty(changes: object = {}): DialList {
  return aDialList({
    members: [
      aMember('佐藤', { reading: 'さとう', phone: '+815000000001', slackUserId: 'U012AB3CD' }),
      aMember('鈴木', { reading: 'すずき', phone: '+815000000002', ringSeconds: 45 }),
      aMember('Alice', { phone: '+15550100', language: 'en' }),
    ],
    ...changes,
  });
}

/** A member as the build completes one. */
export function member(name: string, changes: Partial<Member> = {}): Member {
  return { name, reading: name, phone: '+815000000001', ringSeconds: 60, language: 'ja', ...changes };
}

/** An alert's id, of Mackerel's own form. */
export const ALERT = '2wpLU5fBXbG';

const begun = aState(onDuty());

/** The page that has just begun to ring its first member. */
export const PAGE: Page = pageIn(begun);

/** How far a page has come, if not its very beginning. */
export type PageChanges = Partial<Page>;

type Known = {
  /** Of its alerts: their ids, or all that is known of them. */
  readonly alerts?: readonly (string | Omit<AlertDetails, 'heardAt'>)[];
  /** That the page has begun and calls, if nothing else is said. */
  readonly news?: readonly News[];
};

export const BEGAN: News = { kind: 'page-started', why: 'new' };

/** A state with a page, whose news are all of it. */
export function stateOf(changes: PageChanges = {}, { alerts, news }: Known = {}): State {
  const page = { ...PAGE, ...changes };
  const { attempt } = page;
  const facts = alerts ?? (page.isTest ? [] : [ALERT]);
  const all = news ?? [BEGAN, { kind: 'calling', attempt, member: memberAt(page, attempt) }];
  return {
    ...begun,
    page,
    alerts: facts.map((alert) => ({
      ...(typeof alert === 'string' ? { id: alert } : alert),
      heardAt: EVENING,
      page: page.id,
    })),
    news: logged(all, page),
    newsCount: all.length,
  };
}

export function logged(news: readonly News[], page: Page = PAGE, at: number = EVENING): LoggedNews[] {
  return news.map((item) => ({ ...item, page: page.id, at }));
}

/** A state some news later. */
export function withMore(state: State, ...news: News[]): State {
  return {
    ...state,
    news: [...state.news, ...logged(news, state.page ?? PAGE)],
    newsCount: state.newsCount + news.length,
  };
}

/** The ids of the page's open alerts, as many as there are. */
export const alertIdsOf = (state: State | undefined | null): string[] =>
  state ? alertsOf(state, state.page).map(({ id }) => id) : [];

export { EVENING } from './event';
