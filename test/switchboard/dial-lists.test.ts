import { dialList, sampleIn } from '../../switchboard/dial-lists';

const sato = { name: '佐藤', reading: 'さとう', phone: '+815000000001' };
const suzuki = { name: '鈴木', reading: 'すずき', phone: '+815000000002', ringSeconds: 45 };
const sample = dialList({ rounds: 2, members: [sato, suzuki] });

test('an English reader gets the sample list in English, and nothing else of it changes', () => {
  expect(sampleIn('en', sample)).toEqual({
    ...sample,
    language: 'en',
    members: [
      { ...sample.members[0], name: 'Sato', reading: 'Sato', language: 'en' },
      { ...sample.members[1], name: 'Suzuki', reading: 'Suzuki', language: 'en' },
    ],
  });
});

test.each([
  ['a Japanese reader', 'ja', sample],
  ['another name', 'en', dialList({ members: [{ ...sato, name: '伊藤' }, suzuki] })],
  ['a real number', 'en', dialList({ members: [{ ...sato, phone: '+81312345678' }, suzuki] })],
] as const)('%s: the list stays as it is', (_, language, list) => {
  expect(sampleIn(language, list)).toBe(list);
});
