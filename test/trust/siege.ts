/** A switchboard that anything is sent to, and what is sent. All of it is signed, so that it gets past the platform's gate. */
import * as fc from 'fast-check';
import type { State } from '../../src/escalation';
import { forgetPage } from '../../src/store/page-memory';
import { numbers, openSwitchboard, type Switchboard, type SwitchboardOptions } from '../../switchboard';
import { aDialList } from '../support/dial-list';
import { callSid, EVENING } from '../support/event';
import { alertsIn } from '../support/story';
import { transport } from '../support/transport';
import { answerTo, expectTwiml, signed } from './wire';

export const list = aDialList({ rounds: 1, pauseSeconds: 30 });
export const BASIC = `Basic ${Buffer.from('mackerel:switchboard').toString('base64')}`;

export type Siege = {
  board: Switchboard;
  log: string[];
  readonly reopen: (options: Partial<SwitchboardOptions>) => void;
  readonly stored: () => State | undefined;
};

/**
 * Opens a switchboard before each test, and looks after it that nothing broke: no 500, no trace in the log of how it is
 * made, no number, no request that is wrong or goes to a stranger.
 */
export function besieged(): Siege {
  // The same each time: a red test is a fault, not luck.
  fc.configureGlobal({ seed: 20_261_122, endOnFailure: true });
  const open = (options: Partial<SwitchboardOptions> = {}) =>
    openSwitchboard({
      startAt: new Date(EVENING * 1000),
      list,
      from: 'source',
      transport,
      mackerel: { webhook: true },
      env: { CALLER_ID: numbers.a },
      ...options,
    });
  const siege: Partial<Siege> & Pick<Siege, 'log' | 'reopen' | 'stored'> = {
    log: [],
    reopen(options) {
      siege.board?.close();
      siege.board = open(options);
    },
    stored() {
      const { sync } = siege.board ?? {};
      const document = sync?.document('mackerel-kaden')?.data as State | undefined;
      return sync && document && { ...document, alerts: alertsIn({ sync }) };
    },
  };
  beforeEach(() => {
    siege.log = [];
    const note = (line: unknown) => void siege.log.push(String(line));
    jest.spyOn(console, 'log').mockImplementation(note);
    jest.spyOn(console, 'warn').mockImplementation(note);
    jest.spyOn(console, 'error').mockImplementation(note);
    forgetPage();
    siege.board = open();
  });
  afterEach(() => {
    const { board, log } = siege as Siege;
    board.close();
    jest.restoreAllMocks();
    expect(board.functions.invocations.filter(({ status }) => status >= 500)).toEqual([]);
    // Nothing that is sent makes us ask strangers, or ask Twilio what it does not know.
    expect(board.network).toMatchObject({ unexpected: [], violations: [] });
    // Whatever a handler breaks on is answered all the same, and stands in the log only; so does what Slack is not told.
    expect(log.filter((line) => /"level":"error"|was not told|\bat .+:\d+:\d+/.test(line))).toEqual([]);
    expect(log.filter((line) => list.members.some(({ phone }) => line.includes(phone.slice(1))))).toEqual([]);
  });
  return siege as Siege;
}

/** What is answered before any code of ours runs. */
export const UNREADABLE: readonly (readonly [type: string, body: string, status: number])[] = [
  ['application/json', '{', 400],
  ['application/json', '{"event":"alert"', 400],
  ['application/json', 'event=sample', 400],
  ['application/json', '"a text"', 400],
  ['application/json', 'null', 400],
  ['application/json', '\ufeff\ufeff{}', 400],
  ['application/json; charset=iso-2022-jp', '{}', 415],
  ['application/json; charset=x-none', '{}', 415],
  ['application/x-www-form-urlencoded; charset=shift_jis', 'page=1', 415],
  ['application/x-www-form-urlencoded', 'a=1&'.repeat(1_001), 413],
];

/** Bytes, numbers, markup and names of JavaScript's own in the place of a word. */
export const nonsense = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '0', '-1', '99', '1e99', 'NaN', 'null', '٣', '１', '\0', '\ud800', '\udc00x'),
  fc.constantFrom('<Say>', '</Response><Dial>+15550199</Dial>', ']]>', '&amp;&', '"\'', '<break time="9s"/>'),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '[object Object]',
    '../../etc/passwd',
    '{{7*7}}',
    'x'.repeat(9_000),
  ),
);

export const encoded = (pairs: readonly [string, string][]) => new URLSearchParams([...pairs]).toString();

/** Mackerel's call about an alert rings somebody. */
export async function expectRingFor({ board }: Siege, alertId: string): Promise<void> {
  const query = encoded([['alertId', alertId]]);
  const body = encoded([
    ['CallSid', callSid(1)],
    ['From', numbers.a],
    ['Direction', 'outbound-api'],
  ]);
  const answer = await answerTo(board, signed(board, { path: '/dial-list', query, body }));
  expectTwiml(answer, 'call');
  expect(answer.body).toContain('<Dial');
}
