/** Writes what happens on a switchboard into the journal. */
import type { DialList } from '../../src/dial-list/list';
import { withoutNumbers } from '../../src/platform/log';
import {
  type Exchanged,
  type ExchangeEvent,
  type Invocation,
  type MackerelAlert,
  type Switchboard,
  speechSeconds,
} from '..';
import { aboutAlert } from '../drill/alerts';
import type { AlertSeen, Happening, Journal, RequestSeen } from './journal';
import { pageSeen } from './page-seen';
import type { Places } from './places';

/** Seconds (docs/voice/twiml/dial, "timeout"). */
const TWILIO_ADDS = 5;

export function recordInto(journal: Journal, board: Switchboard, list: DialList, places: Places): void {
  const { clock, exchange, network, functions, mackerel } = board;
  const write = (happening: Happening) => journal.write(clock.now(), happening);
  const requestCounts = new Map<number, Record<string, number>>();
  const ids = new Map<Exchanged, string>();
  let page = '';

  exchange.on((event) => {
    const happening = happeningOf(event, list, places);
    if (happening) write(happening);
  });
  mackerel.on((news) => {
    if (news.kind === 'notified') write({ kind: 'notified', about: news.alert.id, by: news.by });
    else if (news.kind === 'group') {
      write({ kind: 'group', id: news.group.id, name: news.group.name });
      write({ kind: 'notified', about: news.group.name, by: 'webhook' });
    } else write({ kind: 'alert', alert: alertSeen(news.alert) });
  });
  network.on((exchanged) => {
    const { run, neighbour } = exchanged;
    if (!ids.has(exchanged)) {
      ids.set(exchanged, `r${ids.size}`);
      if (run !== undefined) {
        const counts = requestCounts.get(run) ?? {};
        requestCounts.set(run, { ...counts, [neighbour]: (counts[neighbour] ?? 0) + 1 });
      }
    }
    write({ kind: 'request', request: restSeen(exchanged, ids.get(exchanged) ?? '') });
    if (neighbour === 'sync' && exchanged.response) lookAtPage();
  });
  functions.on((invocation) => {
    const made = invocation.run === undefined ? {} : (requestCounts.get(invocation.run) ?? {});
    write({ kind: 'request', request: webhookSeen(invocation, functions.invocations.length - 1, made) });
  });

  function lookAtPage(): void {
    const seen = pageSeen(board);
    const written = JSON.stringify(seen);
    if (written === page) return;
    page = written;
    write({ kind: 'page', page: seen });
  }
}

function happeningOf(event: ExchangeEvent, list: DialList, places: Places): Happening | undefined {
  switch (event.kind) {
    case 'call-created': {
      const { callSid, parentCallSid, direction, from, to } = event;
      const ends = { from: places.of(from), to: places.of(to) };
      return { kind: 'call', call: callSid, parent: parentCallSid, direction, ...ends };
    }
    case 'ringing': {
      const listed = list.members.find(({ phone }) => phone === event.phone)?.ringSeconds ?? 60;
      return { kind: 'ringing', call: event.callSid, most: listed + TWILIO_ADDS };
    }
    case 'answered':
      return { kind: 'answered', call: event.callSid, by: event.by };
    case 'says': {
      const { callSid: call, text, language } = event;
      return { kind: 'says', call, text, language, seconds: speechSeconds({ text, language, loop: 1 }) };
    }
    case 'plays':
      return { kind: 'plays', call: event.callSid, what: new URL(event.url).pathname };
    case 'pressed':
      return { kind: 'pressed', call: event.callSid, digit: event.digit, taken: event.taken };
    case 'bridged':
      return { kind: 'bridged', call: event.callSid };
    case 'hung-up':
      return { kind: 'ended', call: event.callSid, who: event.who, status: event.status };
    case 'fault': {
      const where = event.url === undefined ? '' : ` (${new URL(event.url).pathname})`;
      return { kind: 'trouble', code: event.code, message: withoutNumbers(event.message + where) };
    }
    default:
      return undefined;
  }
}

export function alertSeen({
  id,
  monitorName,
  type,
  status,
  openedAt,
  closedAt,
  reason,
  spec,
}: MackerelAlert): AlertSeen {
  return {
    id,
    monitorName,
    type,
    status,
    openedAt: openedAt * 1000,
    about: aboutAlert(spec),
    ...(closedAt !== undefined && { closedAt: closedAt * 1000, reason }),
    ...(spec.group !== undefined && { group: spec.group }),
  };
}

/** What a request is about, without its content: a page's whole state may be in its query. */
function restSeen({ at, neighbour, request, response, run, ms, fault }: Exchanged, id: string): RequestSeen {
  const { method, url } = request;
  const path = url.pathname
    .replace(/\/20\d\d-\d\d-\d\d\/Accounts\/AC[0-9a-f]+/, '')
    .replace(/^\/v1\/Services\/[^/]+/, '');
  return {
    id,
    to: neighbour as RequestSeen['to'],
    at,
    method,
    path,
    run,
    ...(response && { status: response.status, ms }),
    ...(fault && { fault: fault.kind }),
  };
}

function webhookSeen(
  { at, method, path, status, ms, run }: Invocation,
  count: number,
  requestCounts: Record<string, number>,
): RequestSeen {
  return { id: `f${count}`, to: 'functions', at, method, path, status, ms, run, requestCounts };
}
