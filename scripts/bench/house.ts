/** How far one has to walk to follow a webhook, and how large the house is. */
import { enteredByWebhooks } from './entered';
import { grid } from './measure';
import { p90, sizesOfSrc } from './sizes';

/** What there is to reach. */
const GOALS = { files: 18, functions: 50, lines: 6_300, longest: 60, p90: 20 };

const VOICE = /\/(dial-list|dial-ended|answered|answered-key)\b/;

export async function enteredRows(): Promise<string[]> {
  const entered = (await enteredByWebhooks()).filter(({ webhook }) => VOICE.test(webhook));
  return grid(
    ['webhook', `files (≤ ${GOALS.files})`, `functions (≤ ${GOALS.functions})`, 'closures in them'],
    entered.map(({ webhook, files, functions, closures }) => [
      webhook,
      files.length,
      functions.length,
      closures,
    ]),
  );
}

export async function sizeRows(): Promise<string[]> {
  const { lines, files, filesOver200, functions } = sizesOfSrc();
  const longest = functions[0];
  return grid(
    ['src', 'today', 'goal'],
    [
      ['lines', lines, GOALS.lines],
      ['files', files, ''],
      ['files over 200 lines', filesOver200.length, 0],
      ['longest function', longest?.lines ?? 0, GOALS.longest],
      ['nine of ten functions', p90(functions.map((one) => one.lines)), GOALS.p90],
    ],
  ).concat([...filesOver200.map((path) => `  ${path}`), `  longest: ${longest?.where}`]);
}
