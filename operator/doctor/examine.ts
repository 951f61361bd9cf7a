/** Runs all checks side by side. None of them changes anything. */
import { within } from '../service/time-limit';
import { asIs, type Text, text } from '../text';
import { account } from './checks/account';
import { arrived } from './checks/arrived';
import { deployed } from './checks/deployed';
import { mackerel } from './checks/mackerel';
import { numbers } from './checks/numbers';
import { people } from './checks/people';
import { slack } from './checks/slack';
import { sync } from './checks/sync';
import { unknowable } from './checks/unknowable';
import { about, type Finding } from './finding';
import type { Check, Patient } from './patient';

export type Chapter = { readonly title: Text; readonly findings: readonly Finding[] };

/** ms for all of it: a schedule waits for it. */
const LIMIT_MS = 14_000;

const CHAPTERS: readonly { readonly id: string; readonly title: Text; readonly check: Check }[] = [
  { id: 'deployed', title: text('Deployed', 'デプロイ'), check: deployed },
  { id: 'account', title: text('Twilio', 'Twilio'), check: account },
  { id: 'numbers', title: text('Numbers', '電話番号'), check: numbers },
  { id: 'sync', title: text('Memory', '状態の保存'), check: sync },
  { id: 'slack', title: text('Slack', 'Slack'), check: slack },
  { id: 'mackerel', title: text('Mackerel', 'Mackerel'), check: mackerel },
  { id: 'arrived', title: text('What Mackerel has sent', 'Mackerel から届いたもの'), check: arrived },
  { id: 'people', title: text('People', 'メンバー'), check: people },
  {
    id: 'unknowable',
    title: text('Only a rehearsal can show', '訓練でしか分からないこと'),
    check: unknowable,
  },
];

export function examine(patient: Patient): Promise<readonly Chapter[]> {
  return Promise.all(
    CHAPTERS.map(async ({ id, title, check }) => ({
      title,
      findings: await within(LIMIT_MS, title.en, check(patient)).catch((fault: Error) => [
        about(`${id}.check`, title).unknown(
          asIs(fault.message),
          text(
            'This check itself failed; try again.',
            'この項目の確認自体が失敗しました。もう一度お試しください。',
          ),
        ),
      ]),
    })),
  );
}

export const isWell = (chapters: readonly Chapter[]): boolean =>
  chapters.every(({ findings }) => findings.every(({ mark }) => mark !== 'wrong'));
