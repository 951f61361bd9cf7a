/** Whatever the list, the storm or the names, a message fits: Slack refuses to update one with more than 4,000 bytes. */
import type { News, PageEnd } from '../../../src/escalation';
import { type Form, PLAIN } from '../../../src/slack/forms';
import { headingMessage, openingMessage, replyText } from '../../../src/slack/news-text';
import type { NewsBatch } from '../../../src/slack/poster';
import { logged, member, onDuty, PAGE, stateOf } from '../../support/on-duty';

const FORMS: readonly Form[] = [
  { mention: true, inThread: true, words: 'all' },
  { mention: false, inThread: false, words: 'all' },
  { mention: false, inThread: false, words: 'few' },
  PLAIN,
];

const URL = 'https://mackerel.io/orgs/shop/alerts/';

/** Everything about an alert as long as it can be. */
const longAlert = (unit: string, nth: number) => ({
  id: `alert-${nth}`,
  status: 'critical' as const,
  monitor: unit.repeat(400),
  target: unit.repeat(400),
  roles: [unit.repeat(300), unit.repeat(300)],
  metric: unit.repeat(300),
  value: -1.234567890123456e-300,
  threshold: 1.234567890123456e300,
  operator: '<' as const,
  openedAt: 1_795_000_000,
  message: unit.repeat(1_100),
  notes: unit.repeat(600),
  url: URL + 'a'.repeat(nth % 2 === 0 ? 400 : 900),
  imageUrl: URL,
});

const ends: readonly (PageEnd | null)[] = [
  null,
  { kind: 'taken', at: 1, by: 0, attempt: 0 },
  { kind: 'unanswered', at: 1 },
  { kind: 'unanswered', at: 1, isPassed: true },
  { kind: 'closed', at: 1 },
];

describe.each(['a', '&', '<', '|', '\n', '監', '🔥'])('150 members, and alerts, all of %j', (unit) => {
  test.each([0, 1, 60])('%i alerts: it fits in every form, and nothing that is loud gets lost', (count) => {
    const names = Array.from({ length: 150 }, (_, nth) => member(`${unit.repeat(90)}${nth}`));
    const alerts = Array.from({ length: count }, (_, nth) => longAlert(unit, nth));
    const ids = alerts.map(({ id }) => id);
    const news = logged([
      { kind: 'joined', alerts: ids, more: 900 },
      { kind: 'calling', attempt: 149, member: 149 },
      ...ids.map((id): News => ({ kind: 'alert-closed', alert: id })),
      { kind: 'nobody-answered', rings: 150, rounds: 1 },
    ]);
    const texts = { told: [] as string[], headings: [] as string[] };
    for (const [nth, end] of ends.entries()) {
      const list = onDuty({ language: nth % 2 === 0 ? 'ja' : 'en', members: names });
      const state = stateOf({ members: names.length, end }, { alerts });
      const { page } = state;
      for (const form of FORMS) {
        for (const id of [PAGE.id, 'yesterday']) {
          const thread = { kind: 'new' } as const;
          const batch: NewsBatch = { list, state, page: id, news, thread, alerts: ids, until: 0 };
          texts.told.push(replyText(batch, form), openingMessage(batch, form, true).text);
        }
        const own: NewsBatch = { list, state, page: PAGE.id, news, thread: { kind: 'new' }, until: 0 };
        texts.headings.push(
          openingMessage(own, form, false).text,
          headingMessage(list, state, { id: PAGE.id, page }, form).text,
          headingMessage(list, state, { id: 'yesterday', page: null, alerts: ids }, form).text,
        );
      }
    }
    const { told, headings } = texts;
    expect(Math.max(...[...told, ...headings].map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(
      4_000,
    );
    expect(told.filter((text) => !text.includes(':x:'))).toEqual([]);
    expect(headings.filter((text) => text === '')).toEqual([]);
  });
});

test('the plainest form has nothing of anybody’s in it', () => {
  const list = onDuty({ members: [member('寿限無')] });
  const state = stateOf({ members: 1 }, { alerts: [{ id: 'a', monitor: '決済' }] });
  const news = logged([{ kind: 'nobody-answered', rings: 1, rounds: 1 }]);
  const batch: NewsBatch = { list, state, page: PAGE.id, news, thread: { kind: 'new' }, until: 0 };
  expect(openingMessage(batch, PLAIN, true)).toEqual({
    text: ':x: *誰も対応していません*。Mackerelを見てください\n:information_source: このワークスペースでは @channel は許可されていません。誰にもメンションしていません',
  });
});
