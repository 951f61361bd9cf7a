/**
 * Mackerel: keeps alerts, notifies by telephone (its Twilio channel) and by webhook, and answers its API. It notifies
 * when an alert is raised, changes its status or closes, and again at the re-send interval while it is open
 * (mackerel.io/docs/entry/howto/alerts).
 */
import type { Clock } from './clock';
import {
  isClosed,
  type MackerelAlert,
  type MackerelAlertSpec,
  type OpenStatus,
  openAlert,
  type Trigger,
} from './mackerel/alert';
import { type AlertGroup, groupPayload, isGroupOpen, isToldAlone, regrouped } from './mackerel/alert-group';
import { type ApiKey, answerApi } from './mackerel/api';
import { type Organization, organizationInOrder } from './mackerel/organization';
import { callForm, isToCall, type TwilioChannel } from './mackerel/twilio-channel';
import { postTo, type Webhook } from './mackerel/webhook-channel';
import { samplePayload, webhookPayload } from './mackerel/webhook-payload';
import type { Neighbour } from './wire';

export type { MackerelAlert, MackerelAlertSpec } from './mackerel/alert';
export { type Organization, organizationInOrder } from './mackerel/organization';

export type MackerelOptions = {
  clock: Clock;
  twilioChannel?: TwilioChannel;
  /** The monitors' re-send interval, at least 600; left out: nothing is re-sent. */
  resendEverySeconds?: number;
  /** POST /Calls of the exchange. */
  placeCall(form: URLSearchParams): Promise<void>;
  webhook?: Webhook;
  /** Group notification is on for the webhook channel. */
  notifiesGroups?: boolean;
  apiKeys?: readonly ApiKey[];
  /** The API shows an alert's memo. Mackerel's documentation does not say whether it does. */
  showsMemo?: boolean;
  /** What the organization has set up; little if left out. */
  organization?: Organization;
};

/** A webhook that was sent; `at` in virtual ms since epoch, `url` without the password, `status` 0 if nobody answered. */
export type Delivery = { readonly at: number; readonly url: string; readonly status: number };

/** A call that the Twilio channel asked for; `failed` says why Twilio refused it. */
export type CallPlaced = { readonly at: number; readonly form: URLSearchParams; failed?: string };

/** What Mackerel does, before anything follows. `notified`: the channel of a notification. */
export type MackerelNews =
  | { readonly kind: 'raised' | 'changed' | 'closed'; readonly alert: MackerelAlert }
  | { readonly kind: 'notified'; readonly alert: MackerelAlert; readonly by: 'call' | 'webhook' }
  /** An alert group opened, changed or closed, and the webhook tells of it. */
  | { readonly kind: 'group'; readonly group: AlertGroup };

export type Mackerel = Neighbour & {
  on(listener: (news: MackerelNews) => void): () => void;
  readonly alerts: readonly MackerelAlert[];
  /** Returns the alert's id. */
  raise(spec?: MackerelAlertSpec): string;
  change(id: string, status: OpenStatus): void;
  /** Notifies again about an open alert, as at its re-send interval, which starts anew. */
  resend(id: string): void;
  /** By a person if there is a reason; otherwise because the monitor is content again, or was deleted. */
  close(id: string, reason?: string, trigger?: Trigger): void;
  alert(id: string): MackerelAlert | undefined;
  /** Alert groups, the oldest first. */
  readonly groups: readonly AlertGroup[];
  /** Presses the webhook channel's test button. */
  sendSample(): void;
  readonly deliveries: readonly Delivery[];
  readonly calls: readonly CallPlaced[];
  readonly organization: Organization;
};

/** mackerel.io/api-docs/entry/monitors: a shorter interval is refused. */
const shortestResendSeconds = 600;

export function createMackerel(options: MackerelOptions): Mackerel {
  const {
    clock,
    twilioChannel,
    placeCall,
    webhook,
    apiKeys = [],
    showsMemo = false,
    notifiesGroups = false,
  } = options;
  const organization = options.organization ?? organizationInOrder();
  const resendEvery = options.resendEverySeconds ?? twilioChannel?.resendEverySeconds;
  if (resendEvery !== undefined && resendEvery < shortestResendSeconds) {
    throw new RangeError(
      `Mackerel re-sends after ${shortestResendSeconds} s at the earliest, not ${resendEvery}`,
    );
  }
  const alerts = new Map<string, MackerelAlert>();
  const resends = new Map<string, () => void>();
  const groups: AlertGroup[] = [];
  const deliveries: Delivery[] = [];
  const calls: CallPlaced[] = [];
  const listeners = new Set<(news: MackerelNews) => void>();
  const tell = (news: MackerelNews) => {
    for (const listener of listeners) listener(news);
  };
  const seconds = () => Math.floor(clock.now() / 1000);

  function known(id: string): MackerelAlert {
    const alert = alerts.get(id);
    if (!alert) throw new Error(`Mackerel has no alert ${id}`);
    return alert;
  }

  function keep(alert: MackerelAlert): MackerelAlert {
    alerts.set(alert.id, alert);
    return alert;
  }

  function notify(alert: MackerelAlert): void {
    resends.get(alert.id)?.();
    resends.delete(alert.id);
    if (resendEvery !== undefined && !isClosed(alert)) {
      resends.set(
        alert.id,
        clock.after(resendEvery, () => notify(known(alert.id))),
      );
    }
    if (twilioChannel && isToCall(twilioChannel, alert)) {
      tell({ kind: 'notified', alert, by: 'call' });
      void call(callForm(twilioChannel, alert.id));
    }
    if (webhook && (!notifiesGroups || isToldAlone(alert))) {
      tell({ kind: 'notified', alert, by: 'webhook' });
      void send(webhook, webhookPayload(alert));
    }
    if (alert.spec.group !== undefined) regroup(alert.spec.group);
  }

  function regroup(name: string): void {
    const group = regrouped(groups, [...alerts.values()], name, seconds());
    if (!group) return;
    const place = groups.findIndex(({ id }) => id === group.id);
    groups.splice(place === -1 ? groups.length : place, 1, group);
    notifyOfGroup(group.id);
  }

  function notifyOfGroup(id: string): void {
    const group = groups.find((one) => one.id === id);
    resends.get(id)?.();
    resends.delete(id);
    if (!group || !webhook || !notifiesGroups) return;
    if (resendEvery !== undefined && isGroupOpen(group))
      resends.set(
        id,
        clock.after(resendEvery, () => notifyOfGroup(id)),
      );
    tell({ kind: 'group', group });
    void send(webhook, groupPayload(group));
  }

  async function call(form: URLSearchParams): Promise<void> {
    const placed: CallPlaced = { at: clock.now(), form };
    calls.push(placed);
    try {
      await placeCall(form);
    } catch (error) {
      placed.failed = String(error);
    }
  }

  async function send(to: Webhook, payload: object): Promise<void> {
    const at = clock.now();
    const { url, status } = await postTo(to, payload);
    deliveries.push({ at, url, status });
  }

  function close(id: string, trigger: Trigger, reason: string): MackerelAlert {
    const alert = known(id);
    if (isClosed(alert)) return alert;
    const at = seconds();
    const closed = keep({ ...alert, status: 'OK', trigger, reason, closedAt: at, statusChangedAt: at });
    tell({ kind: 'closed', alert: closed });
    notify(closed);
    return closed;
  }

  return {
    name: 'mackerel',
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get alerts() {
      return [...alerts.values()];
    },
    deliveries,
    calls,
    organization,
    raise(spec = {}) {
      const alert = keep(openAlert(alerts.size + 1, spec, seconds()));
      tell({ kind: 'raised', alert });
      notify(alert);
      return alert.id;
    },
    change(id, status) {
      const alert = known(id);
      if (isClosed(alert)) throw new Error(`Mackerel's alert ${id} is closed`);
      if (alert.status === status) return;
      const changed = keep({ ...alert, status, statusChangedAt: seconds() });
      tell({ kind: 'changed', alert: changed });
      notify(changed);
    },
    resend(id) {
      const alert = known(id);
      if (isClosed(alert)) throw new Error(`Mackerel's alert ${id} is closed`);
      notify(alert);
    },
    close(id, reason, trigger = reason === undefined ? 'monitor' : 'manual close') {
      close(id, trigger, reason ?? '');
    },
    alert: (id) => alerts.get(id),
    groups,
    sendSample() {
      if (webhook) void send(webhook, samplePayload);
    },
    handle: async (request) =>
      answerApi(
        request,
        {
          newestFirst: () => [...alerts.values()].reverse(),
          find: (id) => alerts.get(id),
          close: (id, reason) => close(id, 'manual close', reason),
          writeMemo: (id, memo) => void keep({ ...known(id), memo }),
        },
        apiKeys,
        { memo: showsMemo },
        organization,
      ),
  };
}
