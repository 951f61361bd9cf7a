/** The room's API, as in `docs/switchboard.md`. The page, `npm start` and scripts use nothing else. */
import type { ServerResponse } from 'node:http';
import type { Exchanged, Reaction } from '..';
import { readBody, readNight } from './bodies';
import type { Breakage } from './faults';
import type { Habit, Place } from './journal';
import { type Gesture, Impossible, type Move } from './moves';
import type { Room } from './room';
import { requestsIn, stateOf } from './state-of';
import { stream } from './stream';

export type Answer = { readonly status: number; readonly body: unknown } | 'streams';

export type Asked = {
  readonly room: Room;
  readonly boot: string;
  readonly body: string;
  readonly lastEventId?: string;
  readonly response: ServerResponse;
  /** Starts the next drill, and returns its alert's id. */
  readonly drill: () => string;
};

type Route = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: RegExp;
  answer(asked: Asked, ...parts: string[]): Answer | Promise<Answer>;
};

const ok = (body: unknown, status = 200): Answer => ({ status, body });
const done = (room: Room, move: Move): Answer => {
  room.make(move);
  return ok({});
};

export const routes: readonly Route[] = [
  { method: 'GET', path: /^\/api\/state$/, answer: ({ room }) => ok(stateOf(room)) },
  {
    method: 'GET',
    path: /^\/api\/events$/,
    answer({ room, boot, lastEventId, response }) {
      stream(room, boot, lastEventId, response);
      return 'streams';
    },
  },
  {
    method: 'POST',
    path: /^\/api\/alerts$/,
    answer({ room, body }) {
      const { count, ...alert } = readBody('alert', body);
      return ok({ ids: room.make({ do: 'raise', alert, count }).ids }, 201);
    },
  },
  {
    method: 'PUT',
    path: /^\/api\/alerts\/([^/]+)$/,
    answer: ({ room, body }, id = '') => done(room, { do: 'change', id, ...readBody('status', body) }),
  },
  {
    method: 'POST',
    path: /^\/api\/alerts\/([^/]+)\/resend$/,
    answer: ({ room }, id = '') => done(room, { do: 'resend', id }),
  },
  {
    method: 'POST',
    path: /^\/api\/alerts\/([^/]+)\/close$/,
    answer: ({ room, body }, id = '') => done(room, { do: 'close', id, ...readBody('close', body) }),
  },
  { method: 'POST', path: /^\/api\/drills$/, answer: ({ drill }) => ok({ id: drill() }, 201) },
  {
    method: 'PUT',
    path: /^\/api\/phones\/([^/]+)$/,
    answer({ room, body }, name = '') {
      const { habit, next } = readBody('phone', body);
      const phone = placeOf(room, name);
      if (habit !== undefined) room.make({ do: 'habit', phone, habit: habit as Habit });
      if (next !== undefined) room.make({ do: 'script', phone, reaction: next as Reaction });
      return ok({});
    },
  },
  {
    method: 'POST',
    path: /^\/api\/phones\/([^/]+)\/(pick-up|refuse|hang-up|press)$/,
    answer({ room, body }, name = '', gesture = '') {
      const { digits } = gesture === 'press' ? readBody('press', body) : { digits: undefined };
      return done(room, { do: 'hand', phone: placeOf(room, name), gesture: gesture as Gesture, digits });
    },
  },
  {
    method: 'POST',
    path: /^\/api\/phones\/([^/]+)\/call$/,
    answer: ({ room }, name = '') => done(room, { do: 'call', phone: placeOf(room, name) }),
  },
  {
    method: 'PUT',
    path: /^\/api\/faults$/,
    answer({ room, body }) {
      for (const [what, how] of Object.entries(readBody('faults', body)))
        room.make({ do: 'break', what, how: how ?? undefined } as { do: 'break' } & Breakage);
      return ok({});
    },
  },
  {
    method: 'PUT',
    path: /^\/api\/clock$/,
    answer({ room, body }) {
      room.setClock(readBody('clock', body));
      return ok({});
    },
  },
  {
    method: 'POST',
    path: /^\/api\/clock\/step$/,
    answer: async ({ room }) => ok({ happened: await room.step() }),
  },
  {
    method: 'POST',
    path: /^\/api\/reset$/,
    answer({ room }) {
      room.reset();
      return ok({});
    },
  },
  { method: 'GET', path: /^\/api\/night$/, answer: ({ room }) => ok(room.night()) },
  {
    method: 'POST',
    path: /^\/api\/night$/,
    answer({ room, body }) {
      room.play(readNight(body));
      return ok({});
    },
  },
  { method: 'GET', path: /^\/api\/log$/, answer: ({ room }) => ok(requestsIn(room)) },
  {
    method: 'GET',
    path: /^\/api\/log\/([fr])(\d+)$/,
    answer: ({ room }, kind = '', n = '') => request(room, kind, Number(n)),
  },
];

/** A phone is a member's, by name or by place (`m0`), or `own`. */
function placeOf({ now }: Room, name: string): Place {
  const { members } = now.places;
  const wanted = decodeURIComponent(name);
  const member = members.find((one) => one.name === wanted) ?? members.find(({ phone }) => phone === wanted);
  if (member) return member.phone;
  if (wanted === 'own') return wanted;
  throw new Impossible('no-phone', `There is no phone ${wanted}: it is a member's name, m0, m1 …, or own`);
}

function request({ now }: Room, kind: string, n: number): Answer {
  const { functions, network } = now.board;
  const found: Pick<Exchanged, 'request' | 'response'> | undefined =
    kind === 'f' ? functions.invocations[n] : network.log[n];
  if (!found) throw new Impossible('no-request', `There is no request ${kind}${n}`);
  const { method, url, headers, body } = found.request;
  return ok({ request: { method, url: url.href, headers, body }, response: found.response ?? null });
}
