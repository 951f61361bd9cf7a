import { useEffect, useState } from 'preact/hooks';
import { onProblem } from '../send';

const SHOWN_MS = 8000;

/** What the switchboard refused to do, in its own words. */
export function Problems() {
  const [problem, setProblem] = useState('');
  useEffect(() => onProblem(setProblem), []);
  useEffect(() => {
    if (problem === '') return;
    const timer = setTimeout(() => setProblem(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [problem]);
  return (
    <p class={problem === '' ? 'unseen' : 'problem'} role="alert">
      {problem}
    </p>
  );
}
