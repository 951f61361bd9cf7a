/** Mackerel's API, as far as an operator sees and changes the set-up. mackerel.io/api-docs */

export type MackerelChannel = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly suspendedAt: number | null;
  readonly url?: string;
  readonly events?: readonly string[];
};
export type NotificationGroup = {
  readonly id: string;
  readonly type?: string;
  readonly name: string;
  readonly notificationLevel: 'all' | 'critical';
  readonly childNotificationGroupIds: readonly string[];
  readonly childChannelIds: readonly string[];
  readonly monitors?: readonly { readonly id: string; readonly skipDefault: boolean }[];
  readonly services?: readonly { readonly name: string }[];
};
export type MackerelMonitor = {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly url?: string;
  readonly isMute?: boolean;
  readonly notificationInterval?: number;
  readonly expectedStatusCode?: number;
};

/** The answer was not 2xx. The message has Mackerel's own words, if any. */
export class MackerelRefusal extends Error {
  constructor(
    readonly status: number,
    words: string,
  ) {
    super(`Mackerel answered ${status}${words && `: ${words}`}`);
  }
}

/** Longer than what the doctor gives a line, which then says in its own words who is silent. */
const LIMIT_MS = 12_000;

export function mackerelOf(key: string, fetched: typeof fetch = (...given) => fetch(...given)) {
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetched(`https://api.mackerelio.com/api/v0/${path}`, {
      method,
      headers: { 'X-Api-Key': key, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    const text = await answer.text();
    if (!answer.ok) throw new MackerelRefusal(answer.status, wordsIn(text));
    return JSON.parse(text) as T;
  }

  return {
    org: () => ask<{ name: string }>('GET', 'org'),
    /** CIDR ranges that may use the API; none = all may. */
    apiRestriction: async () => (await ask<{ cidrs: string[] }>('GET', 'settings/ip-restriction/api')).cidrs,
    channels: async () => (await ask<{ channels: MackerelChannel[] }>('GET', 'channels')).channels,
    groups: async () =>
      (await ask<{ notificationGroups: NotificationGroup[] }>('GET', 'notification-groups'))
        .notificationGroups,
    monitors: async () => (await ask<{ monitors: MackerelMonitor[] }>('GET', 'monitors')).monitors,
    services: async () =>
      (await ask<{ services: { name: string }[] }>('GET', 'services')).services.map(({ name }) => name),
    addChannel: (channel: object) => ask<{ id: string }>('POST', 'channels', channel),
    addGroup: (group: Omit<NotificationGroup, 'id'>) =>
      ask<{ id: string }>('POST', 'notification-groups', group),
    /** The whole of it: what is left out is deleted. */
    putGroup: (id: string, group: Omit<NotificationGroup, 'id'>) =>
      ask<{ id: string }>('PUT', `notification-groups/${encodeURIComponent(id)}`, group),
    addMonitor: (monitor: object) => ask<{ id: string }>('POST', 'monitors', monitor),
    /**
     * Whether the key may write. Found out without a change: an impossible channel is refused either for the missing
     * right or for itself. Null if the answer says neither.
     */
    async mayWrite(): Promise<boolean | null> {
      try {
        await ask('PUT', 'channels/none-such', {
          type: 'email',
          name: '',
          emails: [],
          userIds: [],
          events: [],
        });
        return null;
      } catch (fault) {
        if (!(fault instanceof MackerelRefusal)) return null;
        if (fault.status === 403) return false;
        return fault.status === 404 ? true : null;
      }
    },
  };
}

export type Mackerel = ReturnType<typeof mackerelOf>;

/** mackerel-client-go reads `{"error":{"message"}}` and `{"error":"…"}`; the documentation shows neither. */
function wordsIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: string | { message?: string } };
    return typeof error === 'string' ? error : (error?.message ?? '');
  } catch {
    return '';
  }
}
