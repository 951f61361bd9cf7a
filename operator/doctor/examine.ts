/** Runs all checks side by side, each within its own limit. None of them changes anything. */
import type { DialList } from '../../src/dial-list/list';
import { Late, within } from '../service/time-limit';
import { asIs, type Text, text } from '../text';
import type { Check, Finding, Neighbour } from './check';
import { CHAPTERS } from './checks';
import type { Patient } from './patient';

export type ChapterFound = { readonly title: Text; readonly findings: readonly Finding[] };

/** ms for each line, and so for all of it. */
const LIMIT_MS = 10_000;

export const checksOf = (list: DialList): readonly Check[] => CHAPTERS.flatMap(({ checks }) => checks(list));

/** @param isWanted by a check's id; all if left out */
export function examine(
  patient: Patient,
  isWanted: (id: string) => boolean = () => true,
): Promise<readonly ChapterFound[]> {
  return Promise.all(
    CHAPTERS.map(async ({ title, neighbour, checks }) => {
      const wanted = checks(patient.list).filter(({ id }) => isWanted(id));
      const found = await Promise.all(wanted.map((check) => line(check, patient, neighbour)));
      return { title, findings: found.flatMap((finding) => finding ?? []) };
    }),
  );
}

async function line(
  { id, what, look }: Check,
  patient: Patient,
  neighbour: Neighbour,
): Promise<Finding | null> {
  try {
    const verdict = await within(LIMIT_MS, neighbour.name, Promise.resolve(look(patient)));
    return verdict && { id, what, ...verdict };
  } catch (fault) {
    return { id, what, mark: 'unknown', isUnchecked: true, ...failed(fault as Error, neighbour) };
  }
}

function failed(fault: Error & { status?: number }, { name, status }: Neighbour) {
  const found =
    fault instanceof Late
      ? text(
          `${name} did not answer within ${LIMIT_MS / 1000} s`,
          `${name} が ${LIMIT_MS / 1000} 秒以内に応答しません`,
        )
      : asIs(fault.message);
  const isRefused = fault.status === 401 || fault.status === 403;
  const remedy = isRefused
    ? text('Check the credentials in .env.', '.env の認証情報を確認してください。')
    : text(`Try again, and look at ${status}`, `時間をおいて再実行し、${status} を確認してください。`);
  return { found, remedy };
}

/** Nothing is wrong, and everything could be checked. */
export const isWell = (chapters: readonly ChapterFound[]): boolean =>
  chapters.every(({ findings }) =>
    findings.every(({ mark, isUnchecked }) => mark !== 'wrong' && !isUnchecked),
  );
