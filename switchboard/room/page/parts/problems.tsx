import { useEffect, useState } from 'preact/hooks';
import { onProblem, type Problem } from '../send';
import { useWords } from '../settings';

const SHOWN_MS = 8000;

/** What the switchboard refused to do, and why. */
export function Problems() {
  const words = useWords();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  useEffect(() => onProblem(setProblem), []);
  useEffect(() => {
    if (!problem) return;
    const timer = setTimeout(() => setProblem(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [problem]);
  return (
    <p class={problem ? 'problem' : 'unseen'} role="alert">
      {problem && words.problems[problem.why]}
      {problem?.detail && <code> {problem.detail}</code>}
    </p>
  );
}
