import { type CallRecord, durationOf } from './calls';
import { rfc2822 } from './params';

/** A call as the Calls REST API shows it (docs/voice/api/call-resource). */
export function callJson(call: CallRecord): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${call.accountSid}/Calls/${call.sid}`;
  const date = (at: number | undefined) => (at === undefined ? null : rfc2822(at));
  return {
    sid: call.sid,
    account_sid: call.accountSid,
    parent_call_sid: call.parentCallSid ?? null,
    from: call.from,
    from_formatted: call.from,
    to: call.to,
    to_formatted: call.to,
    phone_number_sid: null,
    status: statusOf(call),
    direction: call.direction,
    date_created: date(call.createdAt),
    date_updated: date(call.endedAt ?? call.answeredAt ?? call.createdAt),
    start_time: date(call.answeredAt),
    end_time: date(call.endedAt),
    duration: call.endedAt === undefined ? null : String(durationOf(call)),
    price: null,
    price_unit: 'USD',
    answered_by: null,
    api_version: '2010-04-01',
    forwarded_from: null,
    caller_name: null,
    group_sid: null,
    queue_time: String(call.queueTime),
    trunk_sid: null,
    annotation: null,
    uri: `${uri}.json`,
    subresource_uris: { events: `${uri}/Events.json`, recordings: `${uri}/Recordings.json` },
  };
}

/** `initiated` is a word of status callbacks only (docs/voice/api/call-resource#call-status-values). */
const statusOf = ({ status }: CallRecord) => (status === 'initiated' ? 'queued' : status);
