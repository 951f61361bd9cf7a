/**
 * A whole call on the switchboard, in virtual time, told in the product's words.
 *
 * Every ring and every Slack message has to be looked at: a story that leaves one unread fails at its end.
 */
import { checkDialList } from '../../src/core/dial-list-check';
import { openSwitchboard, type Switchboard, type SwitchboardOptions } from '../../switchboard/switchboard';

type Written = { members?: readonly (string | object)[] } & Record<string, unknown>;

export type StoryOptions = Partial<Omit<SwitchboardOptions, 'list' | 'from'>> & {
  readonly list?: Written;
  /** The Functions may answer with a fault in this one. */
  readonly mayFail?: boolean;
};

export type Story = ReturnType<typeof openStory>;

const names = ['佐藤', '鈴木', '高橋'];

/** The phone of the nth member, counted from 1. */
export const phoneOf = (member: number) => `+8150000000${String(member).padStart(2, '0')}`;

function written({ members = names, ...list }: Written): object {
  const people = members.map((member, index) => ({
    phone: phoneOf(index + 1),
    ...(typeof member === 'string' ? { name: member } : member),
  }));
  return { rotation: { every: 'never' }, pauseSeconds: 0, rounds: 1, ...list, members: people };
}

export function openStory({ list = {}, mayFail = false, ...options }: StoryOptions = {}) {
  const checked = checkDialList(written(list));
  if (!checked.ok) throw new Error(`The story's dial list is faulty: ${JSON.stringify(checked.faults)}`);
  const { members } = checked.list;
  const startAt = options.startAt ?? new Date('2026-11-22T18:00:00Z');
  const log: string[] = [];
  const note = (line: unknown) => void log.push(String(line));
  const quiet = [jest.spyOn(console, 'log'), jest.spyOn(console, 'warn')].map((spy) => spy.mockImplementation(note));
  const board: Switchboard = openSwitchboard({ ...options, startAt, list: checked.list, from: 'source' });
  const seen = { rings: 0, posts: 0 };

  const nameOf = (number: string) => members.find(({ phone }) => phone === number)?.name ?? number;
  const allRings = () =>
    [...new Set(members.map(({ phone }) => phone))]
      .flatMap((number) => board.exchange.phone(number).rings.map((ring) => ({ ...ring, number })))
      .sort((one, other) => one.at - other.at);
  const liveCalls = () => board.exchange.calls.filter((call) => call.endedAt === undefined);

  return {
    ...board,
    log,
    /** The phone of a member, by name. */
    phone(name: string) {
      const member = members.find((candidate) => candidate.name === name);
      if (!member) throw new Error(`Nobody is called ${name} in this story`);
      return board.exchange.phone(member.phone);
    },
    /** Lets time pass until no call is left and the last callbacks are through. */
    async untilQuiet(limitSeconds = 4 * 3600): Promise<void> {
      await board.clock.run(1);
      if (!(await board.clock.runUntil(() => liveCalls().length === 0, limitSeconds))) {
        throw new Error('The story does not come to an end');
      }
      await board.clock.run(30);
    },
    /** `mm:ss name outcome`, in the order of ringing; time since the story began. */
    rings(): string[] {
      const rings = allRings();
      seen.rings = rings.length;
      return rings.map(({ at, number, outcome, pressed }) =>
        [clockTime(at - startAt.getTime()), nameOf(number), outcome, pressed && `pressed ${pressed}`]
          .filter(Boolean)
          .join(' '),
      );
    },
    /** What a member heard at their latest ring. */
    heard(name: string): readonly string[] {
      return this.phone(name).rings.at(-1)?.heard ?? [];
    },
    /** What stands in Slack: each message line by line, what is in its thread behind an arrow. */
    slackShows(): string[] {
      seen.posts = board.slack.messages.length;
      return board.slack.messages
        .filter(({ threadTs }) => threadTs === undefined)
        .flatMap(({ ts, text }) => [
          ...text.split('\n'),
          ...board.slack.messages
            .filter(({ threadTs }) => threadTs === ts)
            .flatMap((reply) => reply.text.split('\n').map((line) => `→ ${line}`)),
        ]);
    },
    /** Ends the story, with everything that must be true of each. */
    close(): void {
      for (const spy of quiet) spy.mockRestore();
      board.close();
      const rings = allRings();
      expect({ ringsUnread: rings.length - seen.rings }).toEqual({ ringsUnread: 0 });
      expect({ postsUnread: board.slack.messages.length - seen.posts }).toEqual({ postsUnread: 0 });
      expect(board.exchange.faults).toEqual([]);
      expect(board.network.unexpected).toEqual([]);
      if (!mayFail) expect(board.functions.invocations.filter(({ status }) => status >= 500)).toEqual([]);
      expect(overlaps(rings)).toEqual([]);
      expect(leaks(board, log, members.map(({ phone }) => phone))).toEqual([]);
    },
  };
}

const clockTime = (ms: number) => {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
};

type Span = { readonly at: number; readonly endedAt?: number; readonly number: string };

/** Two phones that ring, or are at an ear, at once. */
function overlaps(rings: readonly Span[]): string[] {
  return rings.flatMap((ring, index) => {
    const before = rings[index - 1];
    return before && (before.endedAt ?? Number.POSITIVE_INFINITY) > ring.at ? [`${before.number} and ${ring.number}`] : [];
  });
}

/** Where a member's number got out: a log line, a Slack post, a URL. Only TwiML may hold it. */
function leaks(board: Switchboard, log: readonly string[], phones: readonly string[]): string[] {
  const digits = phones.map((phone) => phone.slice(1));
  const urls = board.exchange.events.flatMap((event) => (event.kind === 'webhook' ? [event.hook.url.href] : []));
  const texts = [...log, ...urls, ...board.slack.messages.map(({ text }) => text)];
  return texts.filter((text) => digits.some((number) => text.includes(number)));
}

// How people behave, for `phone(…).next(…)`.
const answer = (then: readonly object[], after?: number) => ({ kind: 'answer', after, then }) as never;
export const ignores = { kind: 'ignore' } as const;
export const isBusy = { kind: 'busy' } as const;
export const refuses = { kind: 'refuse' } as const;
export const isOff = { kind: 'switched-off' } as const;
export const voicemail = { kind: 'voicemail' } as const;
/** Listens to the message, and presses keys, each once the last answer has been heard. */
export const presses = (...keys: string[]) =>
  answer(keys.flatMap((digits) => [{ kind: 'listen' }, { kind: 'press', digits }]));
export const takes = presses('1');
export const passes = presses('2');
export const hangsUp = (afterSeconds: number) => answer([{ kind: 'wait', seconds: afterSeconds }, { kind: 'hang-up' }]);
export const picksUp = answer([]);
