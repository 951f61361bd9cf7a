import type { MackerelApi } from '../../src/mackerel/api';
import type { ApiAlert } from '../../src/mackerel/api-alert';
import { EVENING } from './event';

/** An API that knows these alerts, and shows their memos. */
export function apiWith(...alerts: (Partial<ApiAlert> & { readonly id: string })[]): Partial<MackerelApi> & {
  readonly memos: Record<string, string>;
} {
  const all = alerts.map((alert): ApiAlert => ({ status: 'CRITICAL', openedAt: EVENING, ...alert }));
  const memos: Record<string, string> = {};
  return {
    memos,
    async alert(id) {
      const value = all.find((alert) => alert.id === id);
      return value ? { ok: true, value } : { ok: false, why: 'not-found' };
    },
    openAlerts: async () => ({
      ok: true,
      value: { alerts: all.filter(({ status }) => status !== 'OK'), isAll: true },
    }),
    async writeMemo(id, memo) {
      memos[id] = memo;
      return { ok: true, value: null };
    },
  };
}
