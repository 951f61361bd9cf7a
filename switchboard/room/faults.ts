/** The things that can be broken in the room, by name. */
import type { Delivery, Fault, NeighbourName, Switchboard } from '..';

export const NEIGHBOURS = ['twilio', 'sync', 'slack', 'mackerel'] as const satisfies readonly NeighbourName[];
export const NEIGHBOUR_FAULTS = ['down', 'silent', 'slow', 'wrong', 'busy'] as const;
export const CALLBACK_FAULTS = ['late', 'twice', 'lost'] as const;
export const LIMITS = ['one-a-second', 'four-at-once'] as const;

/** What is broken, and how; `undefined` = mended. */
export type Breakage =
  | { readonly what: (typeof NEIGHBOURS)[number]; readonly how?: (typeof NEIGHBOUR_FAULTS)[number] }
  | { readonly what: 'callbacks' | 'documents'; readonly how?: (typeof CALLBACK_FAULTS)[number] }
  | { readonly what: 'account'; readonly how?: (typeof LIMITS)[number] };

/** Seconds: longer than the product waits for Slack and Sync, shorter than Twilio waits for a webhook. */
const SLOW = 4;
const LATE = 6;

const FAULTS: Readonly<Record<(typeof NEIGHBOUR_FAULTS)[number], Fault>> = {
  down: { kind: 'down' },
  silent: { kind: 'hang' },
  slow: { kind: 'slow', seconds: SLOW },
  wrong: { kind: 'status', status: 500, body: '<html>Internal Server Error</html>' },
  busy: { kind: 'status', status: 429, body: 'Too Many Requests', headers: { 'retry-after': '30' } },
};

/** Status callbacks, and the requests for TwiML, of which only the answers are lost. */
const CALLBACKS = { late: [LATE], twice: [0, 2], lost: [] } as const;
const DOCUMENTS = { late: [LATE], twice: [0, 1], lost: { unheard: [0] } } as const;

const UNLIMITED = { callsPerSecond: undefined, concurrentCalls: undefined };
const LIMITED: Readonly<Record<(typeof LIMITS)[number], object>> = {
  'one-a-second': { callsPerSecond: 1 },
  'four-at-once': { concurrentCalls: 4 },
};

export type Broken = Readonly<Record<string, string>>;

/** Everything that is broken once this is, too. */
export function breakOn(board: Switchboard, before: Broken, breakage: Breakage): Broken {
  const { [breakage.what]: _mended, ...others } = before;
  const broken = breakage.how === undefined ? others : { ...others, [breakage.what]: breakage.how };
  switch (breakage.what) {
    case 'callbacks':
    case 'documents':
      board.exchange.delivery = deliveryIn(broken);
      break;
    case 'account':
      Object.assign(board.exchange.limits, UNLIMITED, breakage.how && LIMITED[breakage.how]);
      break;
    default:
      board.network.fault(breakage.what, breakage.how && FAULTS[breakage.how]);
  }
  return broken;
}

function deliveryIn(broken: Broken): Delivery {
  const callbacks = broken.callbacks as keyof typeof CALLBACKS | undefined;
  const documents = broken.documents as keyof typeof DOCUMENTS | undefined;
  return ({ kind }) => {
    if (kind === 'status') return callbacks ? CALLBACKS[callbacks] : [0];
    return documents ? DOCUMENTS[documents] : [0];
  };
}
