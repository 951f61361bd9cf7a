/** Whatever people and checks write into an alert is heard and shown as words, and never taken for markup. */
import * as fc from 'fast-check';
import { toQuery } from '../../src/store/continuation';
import { isDeep } from '../support/depth';
import { aDialList, aMember } from '../support/dial-list';
import { BASIC, besieged, nonsense } from './siege';
import { answerTo, expectTwiml, request, signed } from './wire';

const siege = besieged();

/** The verbs of a briefing, and no element beside them: what an alert says stays text. */
function expectWordsOnly(twiml: string): void {
  const elements = [...twiml.matchAll(/<([^\s/>]+)/g)].map(([, name]) => name);
  expect(
    elements.filter((name) => !['?xml', 'Response', 'Gather', 'Say', 'Hangup'].includes(name ?? '')),
  ).toEqual([]);
  expect(twiml.isWellFormed()).toBe(true);
}

test.each([
  ['SSML', '<speak><break time="9s"/><prosody rate="x-fast">a</prosody></speak>'],
  ['a verb', '<Dial>+15550199</Dial>'],
  ['an end of ours', '</Say></Gather><Dial>+15550199</Dial><Gather><Say>'],
  ['a section', '<![CDATA[<Hangup/>]]>'],
  ['an entity', '<!DOCTYPE x [<!ENTITY a "b">]>&a;&#0;&lt;Dial/&gt;'],
  ['a comment', '<!-- -- --><?xml version="1.0"?>'],
  ['quotes', `"'>`],
  ['half a character', 'a\ud800b\udfff'],
  ['half a character where it is cut', 'あ'.repeat(119) + '😀'.repeat(300)],
  ['what XML cannot hold', '\0\u0001\u0008\u000b\ufffe\uffff'],
])('%s in every text of an alert is heard and shown as text', async (_what, text) => {
  siege.reopen({ list: aDialList({ start: 'webhook', rounds: 1 }) });
  for (const type of ['host', 'external', 'check']) {
    const id = `2bj-${type}`;
    const posted = {
      event: 'alert',
      type,
      message: text,
      imageUrl: `https://example.com/${text}`,
      host: { id: text, name: text, memo: text, roles: [{ fullname: text, serviceName: text }] },
      service: { id: text, name: text, memo: text, roles: [{ fullname: text }] },
      alert: {
        id,
        isOpen: true,
        status: 'critical',
        trigger: text,
        monitorName: text,
        metricLabel: text,
        monitorOperator: text,
        metricValue: 1,
        criticalThreshold: 0.5,
        url: `https://example.com/${text}`,
      },
    };
    const ask = (body: object) =>
      request(siege.board, {
        path: '/mackerel-webhook',
        body: JSON.stringify(body),
        headers: { authorization: BASIC, 'content-type': 'application/json' },
      });
    expect((await answerTo(siege.board, ask(posted))).status).toBe(200);
    const state = siege.stored();
    if (!state?.page) throw new Error('There is no page');
    const query = toQuery(state, null).toString();
    const answer = await answerTo(siege.board, signed(siege.board, { path: '/answered', query }));
    expectTwiml(answer, 'whisper');
    expectWordsOnly(answer.body);
    await answerTo(siege.board, ask({ ...posted, alert: { ...posted.alert, isOpen: false } }));
    await siege.board.clock.run(5);
  }
  const told = siege.board.slack.messages.map(({ text: shown }) => shown);
  expect(told.length).toBeGreaterThan(0);
  expect(
    told.filter((shown) => !shown.isWellFormed() || /<(Dial|Hangup|speak|break|!--|\?xml)/.test(shown)),
  ).toEqual([]);
});

test('what an alert says never makes TwiML or a message that is refused', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    nonsense,
    fc.constantFrom(
      '<speak><audio src="https://example.com/x.mp3"/></speak>',
      '</Say></Gather><Dial>+15550199</Dial>',
      '<![CDATA[<Hangup/>]]>',
      '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
      '&#0;&#xD800;&#65;',
      '<!channel> <https://example.com|x> *bold* `code`',
      '\ud83d\ude00 👩‍👩‍👧 \u202e\u0000\u2028',
      'あ'.repeat(5_000),
    ),
  );
  const facts = fc.record({
    monitorName: text,
    metricLabel: text,
    url: text,
    metricValue: fc.option(fc.double()),
  });
  const members = ['ja', 'en'].map((language, n) =>
    aMember(language, { language, phone: `+81500000000${n}` }),
  );
  siege.reopen({ list: aDialList({ start: 'webhook', members }) });
  await fc.assert(
    fc.asyncProperty(facts, text, text, text, fc.nat(1), async (alert, message, name, role, attempt) => {
      const id = `2bj${siege.board.functions.invocations.length}`;
      const host = { name, roles: [{ fullname: role }] };
      const posted = (isOpen: boolean) =>
        request(siege.board, {
          path: '/mackerel-webhook',
          body: JSON.stringify({
            event: 'alert',
            message,
            host,
            imageUrl: alert.url,
            alert: { ...alert, id, status: isOpen ? 'critical' : 'ok', isOpen },
          }),
          headers: { authorization: BASIC, 'content-type': 'application/json' },
        });
      expect((await answerTo(siege.board, posted(true))).status).toBe(200);
      const state = siege.stored();
      if (!state?.page) throw new Error('There is no page');
      const { page } = state;
      const query = toQuery({ ...state, page: { ...page, attempt } }, null).toString();
      const answer = await answerTo(siege.board, signed(siege.board, { path: '/answered', query }));
      expectTwiml(answer, 'whisper');
      expect(answer.body).toContain('<Gather');
      expectWordsOnly(answer.body);
      expect((await answerTo(siege.board, posted(false))).status).toBe(200);
      // Sync takes 20 requests a second.
      await siege.board.clock.run(2);
    }),
    { numRuns: isDeep ? 25 : 6 },
  );
  await siege.board.clock.run(120);
  expect(siege.board.exchange.faults).toEqual([]);
  expect(siege.board.slack.messages.filter(({ text }) => text.includes('<!channel> <https'))).toEqual([]);
});
