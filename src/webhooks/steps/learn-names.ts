/** The names of a page's alerts, and whether our key may write. No caller waits: the phone is ringing. */
import {
  type AlertDetails,
  alertsOf,
  factsIn,
  namedAlertsOf,
  type State,
  type Unavailable,
  withAlerts,
  withFacts,
} from '../../escalation';
import { detailsOf } from '../../mackerel/alert';
import type { MackerelApi } from '../../mackerel/api';
import { ALERTS, MACKEREL } from '../../platform/budget';
import { warn } from '../../platform/log';
import type { Services } from '../../platform/services';
import { within } from '../../platform/time';

/**
 * Learns that about the alerts in the state. The state with it; null if nothing was learned. If Sync does not take
 * it, the next post still has it.
 */
export async function learn(services: Services, state: State): Promise<State | null> {
  const left = services.deadline - MACKEREL.leftToPostMs - Date.now();
  return within(
    Math.min(MACKEREL.learningMs, Math.max(0, left)),
    'there was no time left',
    newlyLearned(services, state),
  ).catch((fault: Error) => {
    warn(`Could not learn what the alerts are called: ${fault.message}`);
    return null;
  });
}

async function newlyLearned(services: Services, state: State): Promise<State | null> {
  const { mackerel, details, pages, now } = services;
  if (alertsOf(state, state.page).length === 0 || !(mackerel || details)) return null;
  const known = namedAlertsOf(state, state.page);
  const nameless = known.filter((alert) => isHalfKnown(alert, mackerel)).slice(0, MACKEREL.named);
  // A page with many alerts needs no saved details: nothing asks later how bad each alert was.
  const unsaved = known.length <= ALERTS.few ? known.filter(({ isUnsaved }) => isUnsaved) : [];
  const isTried = mackerel && isToTry(state);
  const [mayWrite, ...found] = await Promise.all([
    isTried ? mackerel.mayWrite() : null,
    ...(isTried && nameless.length === 0
      ? [justLooked(mackerel)]
      : nameless.map(({ id }) => lookUp(services, id))),
  ]);
  const learned = found.flatMap(({ alert }) => alert ?? []);
  const isLearned = ({ id }: AlertDetails) => learned.some((alert) => alert.id === id);
  const alerts = [...learned, ...unsaved.filter((alert) => !isLearned(alert)).map(factsIn)];
  // If the API refuses everything, for example our IP address, that does not show that the key may not write.
  const mayRead = found.some(({ unavailable }) => unavailable === undefined);
  const unavailable = mayRead || state.page?.isUnavailable ? undefined : found[0]?.unavailable;
  const isNews = mayWrite !== null && mayWrite !== state.mayWrite && (mayWrite || mayRead);
  if (alerts.length === 0 && !isNews && !unavailable) return null;
  const at = now();
  const page = state.page?.id ?? '';
  const [, key] = await Promise.all([
    Promise.all(alerts.map((alert) => keep(services, alert, at))),
    isNews ? pages.apply({ kind: 'note-key', mayWrite, at }, null) : null,
  ]);
  const told = unavailable
    ? await pages.apply({ kind: 'note-unavailable', page, why: unavailable, at }, null)
    : null;
  const document = told ?? key;
  // News that Sync does not hold must not count as posted: as many later ones would be left out.
  if (document && document.revision === null) return null;
  const latest = document ? { ...document.state, alerts: state.alerts } : state;
  return withAlerts(
    latest,
    alerts.map((alert) => withFacts(known.find(({ id }) => id === alert.id) ?? alert, alert, at)),
  );
}

const keep = ({ alerts }: Services, fresh: AlertDetails, at: number) =>
  alerts.change(fresh.id, (known) => known && withFacts(known, fresh, at)).catch(() => null);

/**
 * Thresholds are the monitor's and display names the host's, and the API gives both. The webhook has reported them by
 * now if it ever will. Only hosts have roles.
 */
const isHalfKnown = (alert: AlertDetails, mackerel: MackerelApi | null) =>
  alert.monitor === undefined ||
  (mackerel !== null &&
    ((alert.value !== undefined && alert.threshold === undefined) ||
      (alert.roles !== undefined && !alert.isDisplayName)));

/** Once a page, because people change keys. If everything is refused, nothing is learned about the key. */
const isToTry = ({ page, mayWrite }: State) =>
  !page?.isUnavailable && ((page?.attempt === 0 && page.leg === 'ringing') || mayWrite === undefined);

type Found = {
  /** Null if nothing is known. */
  readonly alert: AlertDetails | null;
  /** Mackerel's API was asked, and was unavailable. */
  readonly unavailable?: Unavailable;
};

/** The only thing to learn is whether Mackerel's API answers. */
async function justLooked(mackerel: MackerelApi): Promise<Found> {
  const answer = await mackerel.openAlerts();
  return { alert: null, ...(!answer.ok && { unavailable: answer.why }) };
}

async function lookUp({ mackerel, details, now }: Services, id: string): Promise<Found> {
  const [told, answer] = await Promise.all([details?.of(id) ?? null, mackerel?.alert(id)]);
  if (!mackerel || !answer) return { alert: told };
  if (!answer.ok) return { alert: told, unavailable: answer.why };
  const [names, url] = await Promise.all([mackerel.namesOf(answer.value), mackerel.urlOf(id)]);
  return { alert: { ...told, ...detailsOf(answer.value, now()), ...names, ...(url && { url }) } };
}
