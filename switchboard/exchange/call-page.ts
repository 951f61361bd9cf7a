import { pageByPath } from '../paging';
import { callJson } from './call-json';
import { asItWas, type CallRecord } from './calls';
import type { Desk } from './desk';

/** A page of calls, the newest first: docs/voice/api/call-resource#read-multiple-call-resources */
export function callPage({ account, clock, legs, staleFetch }: Desk, url: URL) {
  const seenAt = clock.now() - staleFetch * 1000;
  const calls = [...legs.values()]
    .map(({ record }) => asItWas(record, seenAt))
    .filter((call) => call.accountSid === account.sid && isWanted(call, url.searchParams))
    .sort((one, other) => other.createdAt - one.createdAt);
  return pageByPath(url, 'calls', calls.map(callJson));
}

function isWanted(call: CallRecord, query: URLSearchParams): boolean {
  const is = (name: string, value: string | undefined) => !query.has(name) || query.get(name) === value;
  const startedAt = call.answeredAt ?? call.createdAt;
  return (
    is('To', call.to) &&
    is('From', call.from) &&
    is('ParentCallSid', call.parentCallSid) &&
    is('Status', call.status) &&
    startedAt >= timeOf(query.get('StartTime>'), Number.NEGATIVE_INFINITY) &&
    startedAt <= timeOf(query.get('StartTime<'), Number.POSITIVE_INFINITY)
  );
}

const timeOf = (text: string | null, otherwise: number): number =>
  text === null ? otherwise : Date.parse(text);
