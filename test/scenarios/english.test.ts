/** A list in English, and members who are spoken to in another language than the list's. */
import { ignores, openStory, presses, type Story, takes } from '../support/story';

let story: Story;
afterEach(() => story.close());

const spoken = () =>
  story.exchange.events.flatMap((event) =>
    event.kind === 'says' ? [`${event.language} ${event.voice}: ${event.text}`] : [],
  );

test('a list in English, from the first ring to the thanks', async () => {
  story = openStory({ list: { language: 'en', members: ['Ann', 'Bob'] } });
  story.members({ Ann: ignores, Bob: presses('7', '1') });
  await story.alert();
  expect(story.rings()).toEqual(['00:00 Ann no-answer', '01:05 Bob answered pressed 71']);
  expect(spoken()).toEqual([
    'en-US Polly.Joanna-Neural: Bob, this is an alert from Mackerel.',
    'en-US Polly.Joanna-Neural: Press 1 to take it, 2 to pass it on, star to hear this again.',
    'en-US Polly.Joanna-Neural: That key does nothing.',
    'en-US Polly.Joanna-Neural: Bob, this is an alert from Mackerel.',
    'en-US Polly.Joanna-Neural: Press 1 to take it, 2 to pass it on, star to hear this again.',
    'en-US Polly.Joanna-Neural: It is yours, Bob. Thank you.',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerel alert `2bje1qym3Fh`*',
    ':white_check_mark: *Bob* is on it',
    'Order: Ann → Bob (up to 1 round)',
    '→ :telephone_receiver: Calling Ann',
    '→ :mobile_phone_off: Ann: no answer',
    '→ :telephone_receiver: Calling Bob',
    '→ :speech_balloon: Bob picked up',
    '→ :white_check_mark: *Bob took it* (ring 2, after 1 min 25 s)',
  ]);
});

test('nobody answers a list in English', async () => {
  story = openStory({ list: { language: 'en', members: ['Ann', 'Bob'], rounds: 2 } });
  await story.alert();
  expect(story.rings()).toHaveLength(4);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerel alert `2bje1qym3Fh`*',
    ':x: *Nobody has answered*',
    'Order: Ann → Bob (up to 2 rounds)',
    '→ :telephone_receiver: Calling Ann',
    '→ :mobile_phone_off: Ann: no answer',
    '→ :telephone_receiver: Calling Bob',
    '→ :mobile_phone_off: Bob: no answer',
    '→ :telephone_receiver: Calling Ann',
    '→ :mobile_phone_off: Ann: no answer',
    '→ :telephone_receiver: Calling Bob',
    '⇒ :mobile_phone_off: Bob: no answer',
    '⇒ <!channel> :x: *Nobody answered* (2 rounds, 4 rings). Phones ring again at the next notification from Mackerel',
  ]);
});

test('one member of a Japanese list is spoken to in English; Slack stays Japanese', async () => {
  const members = ['佐藤', { name: 'Bob', language: 'en' }, { name: '高橋', reading: 'たかはし' }];
  story = openStory({ list: { members } });
  story.members({ 佐藤: presses('2'), Bob: presses('2'), 高橋: takes });
  await story.alert();
  expect(story.rings()).toEqual([
    '00:00 佐藤 answered pressed 2',
    '00:15 Bob answered pressed 2',
    '00:29 高橋 answered pressed 1',
  ]);
  expect(spoken()).toEqual([
    'ja-JP Polly.Tomoko-Neural: 佐藤さん、マカレルのアラートです。',
    'ja-JP Polly.Tomoko-Neural: 対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    'ja-JP Polly.Tomoko-Neural: 次の人に回します。',
    'en-US Polly.Joanna-Neural: Bob, this is an alert from Mackerel.',
    'en-US Polly.Joanna-Neural: Press 1 to take it, 2 to pass it on, star to hear this again.',
    'en-US Polly.Joanna-Neural: Passing it on to the next person.',
    'ja-JP Polly.Tomoko-Neural: たかはしさん、マカレルのアラートです。',
    'ja-JP Polly.Tomoko-Neural: 対応する場合は1を、次の人に回す場合は2を、もう一度聞く場合はこめじるしを押してください。',
    'ja-JP Polly.Tomoko-Neural: たかはしさんが対応することになりました。よろしくお願いします。',
  ]);
  expect(story.slackShows()).toEqual([
    ':rotating_light: *Mackerelのアラート `2bje1qym3Fh`*',
    ':white_check_mark: *高橋* が対応中',
    '順番: 佐藤 → Bob → 高橋 (1周まで)',
    '→ :telephone_receiver: 佐藤 を呼び出しています',
    '→ :speech_balloon: 佐藤 が電話に出ました',
    '→ :arrow_right: 佐藤 が次の人に回しました',
    '→ :telephone_receiver: Bob を呼び出しています',
    '→ :speech_balloon: Bob が電話に出ました',
    '→ :arrow_right: Bob が次の人に回しました',
    '→ :telephone_receiver: 高橋 を呼び出しています',
    '→ :speech_balloon: 高橋 が電話に出ました',
    '→ :white_check_mark: *高橋 が対応します* (3回目の呼び出し, 44秒)',
  ]);
});
