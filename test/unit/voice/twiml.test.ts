/** Verbs and attributes: twilio.com/docs/voice/twiml/dial, …/number, …/gather, …/say. */
import type { MemberStep } from '../../../src/escalation';
import { fromParams } from '../../../src/store/continuation';
import { askAgainTwiml, callerTwiml, hangUpTwiml, type Line } from '../../../src/voice/caller';
import { memberTwiml } from '../../../src/voice/twiml';
import { callSid } from '../../support/event';
import { EVENING, member, onDuty, PAGE, stateOf } from '../../support/on-duty';
import { secondsSpoken } from '../../support/ruler';
import { attributesOf, wordsOf } from '../../support/twilio-typings';
import { elementsIn, parseXml, readableXml } from '../../support/xml';

const list = onDuty();
const ORIGIN = 'https://kaden-1234-dev.twil.io';
/** Somebody has picked up and heard the message. */
const heard = { leg: 'answered', told: 1 } as const;
const line = (changes: Partial<Line> = {}): Line => ({
  list,
  state: stateOf(heard),
  revision: '7',
  now: EVENING,
  origin: ORIGIN,
  callerId: '+815000000100',
  ...changes,
});

/** The whole document; the state in its URLs is opaque and looked at further down. */
function document(twiml: string): string {
  expect(twiml).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?><Response>/);
  return `\n${readableXml(twiml)
    .replace(/state=[\w-]+/g, 'state=…')
    .replace(/(&(?:amp;)?)alerts=[\w-]+/g, '')}\n`;
}

/** The documents below stand at the margin. */
const margined = (text: string) => text.replace(/^ {4}/gm, '').replace(/\n *$/, '\n');

describe('on the caller’s leg', () => {
  test('a ring', () => {
    expect(document(callerTwiml({ kind: 'ring', attempt: 0, member: 0 }, line()))).toBe(
      margined(`
    <Response>
      <Dial
        callerId="+815000000100"
        timeout="60"
        timeLimit="180"
        action="https://kaden-1234-dev.twil.io/dial-ended?page=${PAGE.id}&attempt=0&revision=7&state=…"
        method="POST">
        <Number
          url="https://kaden-1234-dev.twil.io/answered?page=${PAGE.id}&attempt=0&revision=7&state=…"
          method="POST"
          statusCallback="https://kaden-1234-dev.twil.io/dial-status?page=${PAGE.id}&attempt=0&revision=7&state=…"
          statusCallbackMethod="POST"
          statusCallbackEvent="initiated answered completed">+815000000001</Number>
      </Dial>
    </Response>
    `),
    );
  });

  test('a ring of somebody else, without a caller ID, that Sync does not hold', () => {
    const state = stateOf({ attempt: 4, turn: 2 });
    const step = { kind: 'ring', attempt: 4, member: 1 } as const;
    expect(document(callerTwiml(step, line({ state, revision: null, callerId: undefined })))).toBe(
      margined(`
    <Response>
      <Dial
        timeout="45"
        timeLimit="180"
        action="https://kaden-1234-dev.twil.io/dial-ended?page=${PAGE.id}&attempt=4&state=…"
        method="POST">
        <Number
          url="https://kaden-1234-dev.twil.io/answered?page=${PAGE.id}&attempt=4&state=…"
          method="POST"
          statusCallback="https://kaden-1234-dev.twil.io/dial-status?page=${PAGE.id}&attempt=4&state=…"
          statusCallbackMethod="POST"
          statusCallbackEvent="initiated answered completed">+815000000002</Number>
      </Dial>
    </Response>
    `),
    );
  });

  test('a pause', () => {
    const state = stateOf({ attempt: 3, leg: 'pausing' });
    expect(document(callerTwiml({ kind: 'pause', attempt: 3, seconds: 30 }, line({ state })))).toBe(
      margined(`
    <Response>
      <Pause length="30"/>
      <Redirect method="POST">https://kaden-1234-dev.twil.io/dial-list?page=${PAGE.id}&attempt=3&revision=7&state=…</Redirect>
    </Response>
    `),
    );
  });

  const end = margined(`
    <Response>
      <Hangup/>
    </Response>
    `);
  test('the end', () => {
    expect(document(callerTwiml({ kind: 'hang-up' }, line()))).toBe(end);
    expect(document(callerTwiml({ kind: 'end-call', call: callSid(2) }, line()))).toBe(end);
    expect(document(hangUpTwiml())).toBe(end);
  });

  test('once more, after a fault: all that the page is known by, nothing else', () => {
    const params = {
      page: 'p1',
      attempt: '2',
      revision: '7',
      state: 'abc',
      alertId: '2wpLU5fBXbG',
      From: '+815000000100',
    };
    expect(document(askAgainTwiml(`${ORIGIN}/dial-ended`, params))).toBe(
      margined(`
    <Response>
      <Pause length="2"/>
      <Redirect method="POST">https://kaden-1234-dev.twil.io/dial-ended?again=1&page=p1&attempt=2&revision=7&state=…&alertId=2wpLU5fBXbG</Redirect>
    </Response>
    `),
    );
    expect(document(askAgainTwiml(`${ORIGIN}/dial-list`, {}))).toContain(
      `>${ORIGIN}/dial-list?again=1</Redirect>`,
    );
  });

  test('who has left the list is stood in for', () => {
    const shorter = onDuty({ members: list.members.slice(0, 2) });
    const twiml = callerTwiml({ kind: 'ring', attempt: 2, member: 2 }, line({ list: shorter }));
    expect(twiml).toContain('>+815000000001</Number>');
  });
});

describe('on the member’s leg', () => {
  const inJapanese = (changes: Partial<Line> = {}, kind: 'brief' | 'unknown-key' = 'brief') =>
    document(memberTwiml({ kind, member: 0 }, line(changes)));
  const inEnglish = (changes: Partial<Line> = {}, kind: 'brief' | 'unknown-key' = 'brief') =>
    document(memberTwiml({ kind, member: 2 }, line(changes)));

  const gatheredInJapanese = (message: string) => `
      <Gather
        action="https://kaden-1234-dev.twil.io/answered-key?page=${PAGE.id}&attempt=0&revision=7&state=…"
        method="POST"
        numDigits="1"
        finishOnKey=""
        timeout="8">
        <Say language="ja-JP" voice="Polly.Tomoko-Neural">${message}</Say>
        <Say language="ja-JP" voice="Polly.Tomoko-Neural">対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。</Say>
      </Gather>`;
  const gatheredInEnglish = (message: string) => `
      <Gather
        action="https://kaden-1234-dev.twil.io/answered-key?page=${PAGE.id}&attempt=0&revision=7&state=…"
        method="POST"
        numDigits="1"
        finishOnKey=""
        timeout="8">
        <Say language="en-US" voice="Polly.Joanna-Neural">${message}</Say>
        <Say language="en-US" voice="Polly.Joanna-Neural">Press 1 to take it, 2 to pass it on, star to hear this again.</Say>
      </Gather>`;
  const japanese = (message: string, before = '') =>
    margined(`
    <Response>${before}${gatheredInJapanese(message)}${gatheredInJapanese(message)}
      <Say language="ja-JP" voice="Polly.Tomoko-Neural">次の人に回します。</Say>
      <Hangup/>
    </Response>
    `);
  const english = (message: string, before = '') =>
    margined(`
    <Response>${before}${gatheredInEnglish(message)}${gatheredInEnglish(message)}
      <Say language="en-US" voice="Polly.Joanna-Neural">Passing it on to the next person.</Say>
      <Hangup/>
    </Response>
    `);

  const several = { state: stateOf(heard, { alerts: ['a', 'b', 'c'] }) };
  const more = { ...several, briefed: { atMs: EVENING * 1000, alerts: 1 } };
  const trial = { state: stateOf({ isTest: true }) };

  test('the message in Japanese: twice, then good-bye', () => {
    expect(inJapanese()).toBe(japanese('さとうさん、マカレルのアラートです。'));
    expect(inJapanese(several)).toBe(japanese('さとうさん、マカレルのアラートが3件出ています。'));
    expect(inJapanese(trial)).toBe(japanese('さとうさん、架電のテストです。アラートは出ていません。'));
  });

  test('the message in English: twice, then good-bye', () => {
    expect(inEnglish()).toBe(english('Alice, this is an alert from Mackerel.'));
    expect(inEnglish(several)).toBe(english('Alice, Mackerel has 3 alerts.'));
    expect(inEnglish(trial)).toBe(english('Alice, this is a test call. No alert is open.'));
  });

  /** As much as can be known of an alert; the other one is of no account. */
  const known = {
    state: stateOf(heard, {
      alerts: [
        { id: 'b', status: 'warning' },
        {
          id: 'a',
          status: 'critical',
          monitor: 'Disk & swap',
          target: 'db01',
          metric: 'disk %',
          value: 95.2999,
          threshold: 90,
          operator: '>',
          openedAt: EVENING - 3_900,
        },
      ],
    }),
  };

  test('what is known of the worst alert is told', () => {
    expect(inJapanese(known)).toBe(
      japanese(
        'さとうさん、マカレルのアラートが2件出ています。最も重いものをお伝えします。クリティカル。Disk & swap、db01。diskは95.3パーセントで、しきい値の90パーセントを上回っています。1時間5分前から続いています。',
      ),
    );
    expect(inEnglish(known)).toBe(
      english(
        'Alice, Mackerel has 2 alerts. The worst of them: Critical. Disk & swap on db01. disk is 95.3 percent, above 90 percent. Open for 1 hour and 5 minutes.',
      ),
    );
  });

  test('a message without an end is cut, and the keys are told all the same', () => {
    const state = stateOf(heard, { alerts: [{ id: 'a', monitor: 'm', message: '山が高い。'.repeat(400) }] });
    const spoken = elementsIn(parseXml(memberTwiml({ kind: 'brief', member: 0 }, line({ state }))))
      .filter(({ name }) => name === 'Say')
      .map(({ children }) => children.join(''));
    expect(Math.max(...spoken.map((text) => encodeURIComponent(text).length))).toBeLessThanOrEqual(4_500);
    expect(spoken[0]).toMatch(/^さとうさん、マカレルのアラートです。m。山が高い。.*…$/);
    expect(spoken[1]).toMatch(/^対応する場合は1を/);
  });

  test('all of it on *: once, and the keys once more', () => {
    const message = '山が高い。'.repeat(40);
    const state = stateOf(heard, { alerts: [{ id: 'a', monitor: 'm', message }] });
    const gathers = (kind: 'brief' | 'tell-all') =>
      elementsIn(parseXml(memberTwiml({ kind, member: 0 }, line({ state }))))
        .filter(({ name }) => name === 'Gather')
        .map((gather) =>
          elementsIn(gather)
            .filter(({ name }) => name === 'Say')
            .map(({ children }) => children.join('')),
        );
    const [first] = gathers('brief');
    expect(first).toEqual([
      expect.stringMatching(/^さとうさん、マカレルのアラートです。m。(山が高い。)+…$/),
      expect.stringContaining('くわしく聞く場合は'),
    ]);
    const again = expect.stringContaining('もう一度聞く場合は');
    expect(gathers('tell-all')).toEqual([
      [`さとうさん、マカレルのアラートです。m。${message}`, again],
      [again],
    ]);
  });

  test.each<[string, MemberStep]>([
    ['picked up', { kind: 'brief', member: 0 }],
    ['picked up, in English', { kind: 'brief', member: 2 }],
    ['pressed a key without a meaning', { kind: 'unknown-key', member: 0 }],
    ['pressed one, in English', { kind: 'unknown-key', member: 2 }],
    ['closed some, and others joined', { kind: 'confirm-closed', member: 0, alerts: 12, goesOn: true }],
    ['could not close some', { kind: 'close-failed', member: 2, closed: 3, failed: 9 }],
  ])('who has %s knows the keys within 30 s, whatever the alerts say', (_, step) => {
    const message = 'db1 が応答していません。 '.repeat(80);
    const alerts = ['a', 'b', 'c'].map((id) => ({ id, monitor: `監視${'x'.repeat(110)}`, message }));
    const state = { ...stateOf(heard, { alerts }), mayWrite: true };
    const spoken = elementsIn(parseXml(memberTwiml(step, line({ state }))))
      .filter(({ name }) => name === 'Say')
      .map(({ children }) => children.join(''));
    const keys = spoken.findIndex((text) => /対応する場合は1|Press 1/.test(text));
    const before = spoken.slice(0, keys + 1).join('');
    expect(keys).toBeGreaterThan(0);
    expect(secondsSpoken(before, step.member === 2 ? 'en' : 'ja')).toBeLessThanOrEqual(30);
  });

  const mayClose = (changes: Partial<Line> = {}) => {
    const { state } = line(changes);
    return { ...changes, state: { ...state, mayWrite: true } };
  };

  test('key 9 is offered where our key for Mackerel may write', () => {
    expect(inJapanese(mayClose())).toContain(
      '>対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを、アラートを閉じる場合は9を押してください。<',
    );
    expect(inEnglish(mayClose())).toContain(
      '>Press 1 to take it, 2 to pass it on, star to hear this again, 9 to close it.<',
    );
  });

  test('the question whether to close is asked once, with its own way back, and then the message comes', () => {
    const asked = document(memberTwiml({ kind: 'ask-to-close', member: 2 }, line(mayClose(several))));
    const question = `
      <Gather
        action="https://kaden-1234-dev.twil.io/answered-key?page=${PAGE.id}&attempt=0&revision=7&state=…&close=0"
        method="POST"
        numDigits="1"
        finishOnKey=""
        timeout="8">
        <Say language="en-US" voice="Polly.Joanna-Neural">This closes all 3 alerts. Press 1 to go ahead, any other key to go back.</Say>
      </Gather>`;
    expect(asked).toBe(
      inEnglish(mayClose(several)).replace('<Response>', `<Response>${margined(question).trimEnd()}`),
    );
    expect(document(memberTwiml({ kind: 'ask-to-close', member: 0 }, line(mayClose())))).toContain(
      '>アラートを閉じます。よければ1を、やめる場合はほかのキーを押してください。<',
    );
  });

  test('what could not be closed is told, and the message comes again', () => {
    const failed = (member: number, closed: number) =>
      document(memberTwiml({ kind: 'close-failed', member, closed, failed: 1 }, line()));
    const say = '\n      <Say language="en-US" voice="Polly.Joanna-Neural">It could not be closed.</Say>';
    expect(failed(2, 0)).toBe(english('Alice, this is an alert from Mackerel.', say));
    expect(failed(0, 0)).toContain('>アラートを閉じられませんでした。<');
    expect(failed(0, 2)).toContain('>2件閉じましたが、1件は閉じられませんでした。<');
  });

  test('what is closed is told, and the message comes again for what joined', () => {
    const step = { kind: 'confirm-closed', member: 2, alerts: 2, goesOn: true } as const;
    const say =
      '\n      <Say language="en-US" voice="Polly.Joanna-Neural">2 alerts are closed. There are more.</Say>';
    expect(document(memberTwiml(step, line()))).toBe(english('Alice, this is an alert from Mackerel.', say));
  });

  test.each<[string, Partial<Line>]>([
    ['a test, which has no alert', trial],
    ['an alert whose id got lost', { state: stateOf(heard, { alerts: ['unknown'] }) }],
  ])('key 9 is not offered for %s', (_, changes) => {
    expect(inEnglish(mayClose(changes))).toBe(inEnglish(changes));
  });

  test('who takes the page by picking up hears what it is about, and that it is theirs', () => {
    const pickup = onDuty({ answer: 'pickup' });
    expect(document(memberTwiml({ kind: 'confirm-taken', member: 2 }, line({ list: pickup })))).toBe(
      margined(`
    <Response>
      <Say language="en-US" voice="Polly.Joanna-Neural">Alice, this is an alert from Mackerel.</Say>
      <Say language="en-US" voice="Polly.Joanna-Neural">It is yours, Alice. Thank you.</Say>
      <Hangup/>
    </Response>
    `),
    );
  });

  test('the message after a key that does nothing', () => {
    expect(inJapanese({}, 'unknown-key')).toBe(
      japanese(
        'さとうさん、マカレルのアラートです。',
        '\n      <Say language="ja-JP" voice="Polly.Tomoko-Neural">そのキーには割り当てがありません。</Say>',
      ),
    );
    expect(inEnglish({}, 'unknown-key')).toBe(
      english(
        'Alice, this is an alert from Mackerel.',
        '\n      <Say language="en-US" voice="Polly.Joanna-Neural">That key does nothing.</Say>',
      ),
    );
  });

  const lastWord = (language: 'ja' | 'en', text: string) =>
    margined(`
    <Response>
      <Say language="${language === 'ja' ? 'ja-JP' : 'en-US'}" voice="Polly.${language === 'ja' ? 'Tomoko' : 'Joanna'}-Neural">${text}</Say>
      <Hangup/>
    </Response>
    `);

  const taken = 'confirm-taken';
  test.each<[string, MemberStep, Partial<Line>, 'ja' | 'en', string]>([
    [
      'taken',
      { kind: taken, member: 0 },
      {},
      'ja',
      'さとうさんが対応することになりました。よろしくお願いします。',
    ],
    [
      'taken, of several alerts',
      { kind: taken, member: 0 },
      several,
      'ja',
      '3件まとめて、さとうさんが対応することになりました。よろしくお願いします。',
    ],
    [
      'taken, of a test',
      { kind: taken, member: 0 },
      trial,
      'ja',
      'テストを受け付けました。さとうさん、ありがとうございました。',
    ],
    ['taken', { kind: taken, member: 2 }, {}, 'en', 'It is yours, Alice. Thank you.'],
    [
      'taken, of several alerts',
      { kind: taken, member: 2 },
      several,
      'en',
      'All 3 alerts are yours, Alice. Thank you.',
    ],
    ['taken, of a test', { kind: taken, member: 2 }, trial, 'en', 'The test worked. Thank you, Alice.'],
    [
      'taken, and more came meanwhile',
      { kind: taken, member: 0 },
      more,
      'ja',
      'お聞きの間に2件増えました。3件まとめて、さとうさんが対応することになりました。よろしくお願いします。',
    ],
    [
      'taken, and more came meanwhile',
      { kind: taken, member: 2 },
      more,
      'en',
      '2 more came in while you listened. All 3 alerts are yours, Alice. Thank you.',
    ],
    [
      'closed',
      { kind: 'confirm-closed', member: 0, alerts: 1, goesOn: false },
      {},
      'ja',
      'アラートを閉じました。お疲れさまでした。',
    ],
    [
      'closed',
      { kind: 'confirm-closed', member: 2, alerts: 1, goesOn: false },
      {},
      'en',
      'The alert is closed. Thank you.',
    ],
    [
      'all closed',
      { kind: 'confirm-closed', member: 0, alerts: 3, goesOn: false },
      {},
      'ja',
      '3件のアラートを閉じました。お疲れさまでした。',
    ],
    [
      'all closed',
      { kind: 'confirm-closed', member: 2, alerts: 3, goesOn: false },
      {},
      'en',
      '3 alerts are closed. Thank you.',
    ],
    ['passed on', { kind: 'confirm-passed', member: 0 }, {}, 'ja', '次の人に回します。'],
    ['passed on', { kind: 'confirm-passed', member: 2 }, {}, 'en', 'Passing it on to the next person.'],
    [
      'too late',
      { kind: 'dismiss', member: 0, why: 'taken', by: 1 },
      {},
      'ja',
      'すずきさんがすでに対応しています。',
    ],
    [
      'too late',
      { kind: 'dismiss', member: 2, why: 'taken', by: 1 },
      {},
      'en',
      'すずき has already taken it.',
    ],
    ['gone on', { kind: 'dismiss', member: 0, why: 'gone-on' }, {}, 'ja', 'すでに次の人に回っています。'],
    [
      'gone on',
      { kind: 'dismiss', member: 2, why: 'gone-on' },
      {},
      'en',
      'It has already gone on to the next person.',
    ],
    ['over', { kind: 'dismiss', member: 0, why: 'over' }, {}, 'ja', 'この呼び出しは終わっています。'],
    ['over', { kind: 'dismiss', member: 2, why: 'over' }, {}, 'en', 'It is already over.'],
  ])('%s: %j', (_, step, changes, language, text) => {
    expect(document(memberTwiml(step, line(changes)))).toBe(lastWord(language, text));
  });

  test('a name is no mark-up, and no half character', () => {
    const odd = onDuty({ members: [member('A', { reading: 'A & <B>\u0007\ud83d', language: 'en' })] });
    const twiml = memberTwiml({ kind: 'confirm-taken', member: 0 }, line({ list: odd }));
    expect(twiml).toContain('It is yours, A &amp; &lt;B&gt;');
    expect(twiml).not.toMatch(/[\p{Cs}\p{Cc}]/u);
    expect(document(twiml)).toBe(lastWord('en', 'It is yours, A & <B> \ufffd. Thank you.'));
  });

  const endless = onDuty({ members: [member('A', { reading: '山'.repeat(900) })] });
  const longestSay = (step: MemberStep) =>
    elementsIn(parseXml(memberTwiml(step, line({ list: endless }))))
      .filter(({ name }) => name === 'Say')
      .map(({ children }) => encodeURIComponent(children.join('')).length)
      .reduce((one, other) => Math.max(one, other));

  test('a name without an end is cut to what Twilio speaks: docs/api/errors/13521', () => {
    expect(longestSay({ kind: 'brief', member: 0 })).toBeLessThanOrEqual(4_500);
    expect(longestSay({ kind: 'confirm-taken', member: 0 })).toBeLessThanOrEqual(4_500);
    expect(longestSay({ kind: 'dismiss', member: 0, why: 'taken', by: 0 })).toBeLessThanOrEqual(4_500);
  });
});

describe('every document', () => {
  const state = stateOf({}, { alerts: ['a', 'b'] });
  const of = (): Line => line({ state });
  const members = list.members.map((_, index) => index);
  const whispers = members.flatMap((member) => [
    memberTwiml({ kind: 'brief', member }, of()),
    memberTwiml({ kind: 'tell-all', member }, of()),
    memberTwiml({ kind: 'unknown-key', member }, of()),
    memberTwiml({ kind: 'confirm-taken', member }, of()),
    memberTwiml({ kind: 'confirm-passed', member }, of()),
    memberTwiml({ kind: 'ask-to-close', member }, of()),
    memberTwiml({ kind: 'confirm-closed', member, alerts: 2, goesOn: false }, of()),
    memberTwiml({ kind: 'confirm-closed', member, alerts: 2, goesOn: true }, of()),
    memberTwiml({ kind: 'close-failed', member, closed: 1, failed: 1 }, of()),
    memberTwiml({ kind: 'dismiss', member, why: 'over' }, of()),
    memberTwiml({ kind: 'dismiss', member, why: 'gone-on' }, of()),
    memberTwiml({ kind: 'dismiss', member, why: 'taken', by: 1 }, of()),
    hangUpTwiml(),
  ]);
  const callers = [
    callerTwiml({ kind: 'ring', attempt: 0, member: 0 }, of()),
    callerTwiml({ kind: 'pause', attempt: 3, seconds: 30 }, of()),
    callerTwiml({ kind: 'hang-up' }, of()),
    askAgainTwiml('/dial-list', { page: 'p', state: 's' }),
  ];
  const elements = [...whispers, ...callers].flatMap((twiml) => elementsIn(parseXml(twiml)));

  test.each(whispers)('a whisper plays, says, gathers and hangs up, and nothing else: %#', (twiml) => {
    const [root, ...verbs] = elementsIn(parseXml(twiml));
    expect(['Play', 'Say', 'Gather', 'Hangup']).toEqual(
      expect.arrayContaining(verbs.map(({ name }) => name)),
    );
    // Without it, the member would be connected to the hold music.
    expect(root?.children.at(-1)).toMatchObject({ name: 'Hangup' });
  });

  test.each(['Dial', 'Number', 'Gather', 'Say', 'Pause', 'Redirect'])(
    '<%s> has only attributes, and words in them, that Twilio’s typings know',
    (name) => {
      const known = attributesOf(name);
      const found = elements.filter((element) => element.name === name);
      expect(found).not.toEqual([]);
      for (const { attributes } of found) {
        expect([...known.keys()]).toEqual(expect.arrayContaining(Object.keys(attributes)));
        for (const [attribute, value] of Object.entries(attributes)) {
          const type = known.get(attribute) ?? '';
          if (type === 'number') expect(value).toMatch(/^\d+$/);
          const words = wordsOf(type);
          if (words) expect(words).toEqual(expect.arrayContaining(value.split(' ')));
        }
      }
    },
  );

  test('Twilio’s typings are read at all', () => {
    expect(attributesOf('Dial').get('timeout')).toBe('number');
    expect(wordsOf(attributesOf('Number').get('statusCallbackEvent') ?? '')).toContain('initiated');
    expect(wordsOf(attributesOf('Say').get('voice') ?? '')).not.toContain('Polly.Nobody');
  });

  test('a URL carries the page on, and no phone number', () => {
    const urls = [...whispers, ...callers.slice(0, 2)]
      .flatMap((twiml) => elementsIn(parseXml(twiml)))
      .flatMap(({ attributes: { action, url, statusCallback }, name, children }) => [
        action,
        url,
        statusCallback,
        name === 'Redirect' ? String(children[0]) : undefined,
      ])
      .filter((url) => url !== undefined);
    expect(urls.length).toBeGreaterThan(10);
    for (const url of urls) {
      const params = Object.fromEntries(new URL(url, 'https://example.com').searchParams);
      expect(fromParams(params)).toEqual({ page: state.page?.id, attempt: 0, revision: '7', state });
      expect(url).not.toMatch(/(\+|%2B)\d/);
      expect(JSON.stringify(fromParams(params))).not.toMatch(/\+\d{6,}/);
    }
  });
});
