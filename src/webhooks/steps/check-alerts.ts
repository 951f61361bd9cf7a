/** Which alerts have closed, by Mackerel's API. */

import type { CallerStep } from '../../escalation';
import {
  isGoingOn,
  isInApi,
  isOnPage,
  namedAlertsOf,
  type Page,
  pageOf,
  type State,
  type Unavailable,
} from '../../escalation';
import { isClosed } from '../../mackerel/alert';
import type { MackerelApi } from '../../mackerel/api';
import { MACKEREL } from '../../platform/budget';
import type { Services } from '../../platform/services';
import { afterClosing, noteClosed } from '../../store/close';
import type { Continuation } from '../../store/continuation';
import { listAlerts, withListed } from '../../store/list-alerts';
import type { Outcome } from '../../store/page-store';
import { inTurn } from './carried';

/** Mackerel's answer: nothing is closed if it was unavailable. */
export type MackerelCheck = { readonly closed: readonly string[]; readonly unavailable?: Unavailable };

/** Those of some alerts that have closed, by Mackerel's API. */
export const closedAmong = async (
  mackerel: MackerelApi,
  ids: readonly string[],
): Promise<readonly string[]> => (await check(mackerel, ids, Date.now() + MACKEREL.patienceMs)).closed;

async function check(mackerel: MackerelApi, ids: readonly string[], until: number): Promise<MackerelCheck> {
  if (ids.length <= MACKEREL.asked) return askedOneByOne(mackerel, ids);
  const answer = await mackerel.openAlerts();
  if (!answer.ok) return { closed: [], unavailable: answer.why };
  const open = new Set(answer.value.alerts.map(({ id }) => id));
  const unlisted = ids.filter((id) => !open.has(id));
  return answer.value.isAll ? { closed: unlisted } : inFews(mackerel, unlisted, until);
}

/**
 * More alerts are open than one answer of Mackerel lists. One open alert is enough to ring for: the others wait for
 * the next ring.
 */
async function inFews(mackerel: MackerelApi, ids: readonly string[], until: number): Promise<MackerelCheck> {
  let seen: MackerelCheck = { closed: [] };
  while (seen.closed.length < ids.length && Date.now() < until) {
    const few = ids.slice(seen.closed.length, seen.closed.length + MACKEREL.asked);
    const look = await askedOneByOne(mackerel, few);
    seen = { ...look, ...seen, closed: [...seen.closed, ...look.closed] };
    if (look.closed.length < few.length) break;
  }
  return seen;
}

async function askedOneByOne(mackerel: MackerelApi, ids: readonly string[]): Promise<MackerelCheck> {
  const answers = await Promise.all(ids.map((id) => mackerel.alert(id)));
  const [unavailable] = answers.flatMap((answer) => (answer.ok ? [] : [answer.why]));
  const closed = ids.filter((_, nth) => {
    const answer = answers[nth];
    return answer?.ok && isClosed(answer.value);
  });
  return { closed, ...(unavailable && { unavailable }) };
}

type Checked = {
  /** To go on from. */
  readonly carried: Continuation;
  readonly unavailable?: Unavailable;
  /** The result of alerts that turned out to have closed; null if none did. */
  readonly came: Outcome<CallerStep> | null;
};

/**
 * Before anybody else is rung for a page: whether its watch is open, by its item and by Mackerel's API. If not, all
 * of the page's alerts are checked, and one that is open becomes the watch, or the page closes.
 */
export async function checkPage(services: Services, carried: Continuation): Promise<Checked> {
  const { mackerel, alerts } = services;
  const page = carried.state ? pageOf(carried.state, carried.page) : null;
  if (!page || !isGoingOn(page) || page.watch === '') return { carried, came: null };
  const { watch } = page;
  const until = Date.now() + MACKEREL.patienceMs;
  const [item, look] = await Promise.all([
    alerts.read(watch).catch(() => null),
    mackerel && isAskable(carried.state, watch)
      ? check(mackerel, [watch], until)
      : ({ closed: [] } as MackerelCheck),
  ]);
  const { unavailable } = look;
  const isClosedByNow = item?.data.closedAt !== undefined || look.closed.includes(watch);
  if (!isClosedByNow) return { carried, came: null, ...(unavailable && { unavailable }) };
  const came = await closePage(services, page, look.closed, until);
  if (!came) return withoutSync(services, carried, page, until);
  const { state, revision } = came;
  return { carried: { ...carried, state, revision }, came };
}

/** Sync does not list the others: if all alerts in the URL have closed, the page has. */
async function withoutSync(
  services: Services,
  carried: Continuation,
  page: Page,
  until: number,
): Promise<Checked> {
  const { mackerel, pages, now } = services;
  const ids = carried.state ? namedAlertsOf(carried.state, page).map(({ id }) => id) : [];
  const look = mackerel && ids.length > 0 ? await check(mackerel, ids, until) : { closed: [] };
  const isAll = ids.length > 0 && ids.every((id) => look.closed.includes(id));
  const isSilent = isAll && (await pages.read()) === null;
  if (!isSilent) return { carried: { ...carried, revision: null }, came: null };
  const command = { kind: 'close-all', page: page.id, alerts: ids.length, at: now() } as const;
  const came = pages.applyWithoutSync(command, carried);
  return { carried: { ...carried, state: came.state, revision: null }, came };
}

const isAskable = (state: State | null, id: string) =>
  isInApi(state?.alerts.find((alert) => alert.id === id) ?? { id, heardAt: 0 });

/** Checks all alerts of a page whose watch has closed. */
export async function closePage(
  services: Services,
  page: Page,
  known: readonly string[],
  until: number,
): Promise<Outcome<CallerStep> | null> {
  const { mackerel, now } = services;
  const all = mackerel ? await listAlerts(services) : null;
  const open = (all ?? []).filter((alert) => isOnPage(alert, page) && alert.closedAt === undefined);
  const others = open
    .filter(isInApi)
    .map(({ id }) => id)
    .filter((id) => !known.includes(id));
  const look = mackerel && others.length > 0 ? await check(mackerel, others, until) : { closed: [] };
  await noteAll(services, [...known, ...look.closed]);
  return afterClosing(services, page.watch, now());
}

/** Saves that alerts have closed. */
export async function noteAll(services: Services, ids: readonly string[], by?: number): Promise<void> {
  const at = services.now();
  for (let first = 0; first < ids.length; first += MACKEREL.noted)
    await Promise.all(
      ids.slice(first, first + MACKEREL.noted).map((id) => noteClosed(services, id, at, { by })),
    );
}

/** Saves that alerts have closed, and what follows for their pages; null if nothing does. */
export async function closeAlerts(
  services: Services,
  state: State,
  ids: readonly string[],
): Promise<Outcome<CallerStep> | null> {
  if (ids.length === 0) return null;
  await noteAll(services, ids);
  const watched = [state.page, ...state.ended].filter((page) => page && ids.includes(page.watch));
  let came: Outcome<CallerStep> | null = null;
  for (const page of watched) {
    const next = page && (await afterClosing(services, page.watch, services.now()));
    if (next) came = came ? inTurn(came, next) : next;
  }
  return came;
}

/** The API to ask about closings; null if the webhook reports them, or no key is set. */
const apiAlone = ({ mackerel, config }: Services) => (config.webhookCredentials ? null : mackerel);

/**
 * Alerts that people were rung for and that have closed since: without Mackerel's webhook, they are looked for at the
 * end of the taker's call and at the next page. The page that rings now is checked before each ring. The state with
 * all alerts.
 *
 * @param given all alerts, if they have just been listed
 */
export async function closedSince(
  services: Services,
  state: State,
  given?: State['alerts'],
): Promise<{ readonly state: State; readonly came: Outcome<CallerStep> | null }> {
  const mackerel = apiAlone(services);
  if (!mackerel) return { state, came: null };
  const known = withListed(state, given ?? (await listAlerts(services)));
  const isRinging = (page: string) => isGoingOn(state.page) && state.page.id === page;
  const ids = known.alerts
    .filter(isInApi)
    .filter(({ page, closedAt }) => closedAt === undefined && page !== undefined && !isRinging(page))
    .map(({ id }) => id);
  const closed = ids.length > 0 ? await closedAmong(mackerel, ids) : [];
  const came = await closeAlerts(services, known, closed);
  const at = services.now();
  const alerts = known.alerts.map((alert) =>
    closed.includes(alert.id) ? { ...alert, closedAt: at } : alert,
  );
  return { state: { ...(came?.state ?? known), alerts }, came };
}

/** The ids of a page's open alerts that Mackerel can be asked about. */
export const idsOf = (state: State): readonly string[] =>
  namedAlertsOf(state, state.page).map(({ id }) => id);

export { apiAlone };
