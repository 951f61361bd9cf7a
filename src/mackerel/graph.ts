/**
 * A page's figures as metrics of a service, and an annotation on the service's graphs from the page's beginning to
 * its end. mackerel.io/api-docs/entry/service-metrics, …/graph-annotations
 */
import { MEMO } from '../platform/budget';
import { type ClientOptions, mackerelClient } from './client';
import { anything } from './fields';

export type PageFigures = {
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly rings: number;
  /** How it ended, in words. */
  readonly title: string;
  readonly isTaken: boolean;
  readonly isUnanswered: boolean;
};

/** Never fails: a refusal is logged. */
export type PageGraph = (figures: PageFigures) => Promise<void>;

export function pageGraph({ key, ...how }: ClientOptions, service: string): PageGraph | null {
  if (key === null) return null;
  const ask = mackerelClient({ ...how, key });
  return async ({ from, to, rings, title, isTaken, isUnanswered }) => {
    const metric = (name: string, value: number) => ({ name: `mackerel-kaden.${name}`, time: to, value });
    const metrics = [
      ...(isTaken ? [metric('seconds-until-taken', to - from)] : []),
      metric('rings', rings),
      metric('unanswered', isUnanswered ? 1 : 0),
    ];
    await Promise.all([
      ask(`/services/${encodeURIComponent(service)}/tsdb`, anything, { method: 'post', body: metrics }),
      ask('/graph-annotations', anything, {
        method: 'post',
        body: { title: [...title].slice(0, MEMO.title).join(''), from, to, service },
      }),
    ]);
  };
}
