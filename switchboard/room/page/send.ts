/** Asks the room's API for something; listeners hear of a refusal. */
import type { Why } from '../moves';

/** `detail` in the API's own words, if there is more to say. */
export type Problem = { readonly why: Why | 'bad-body' | 'not-a-night' | 'lost'; readonly detail?: string };

const listeners = new Set<(problem: Problem) => void>();

export function onProblem(listener: (problem: Problem) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const tellProblem = (problem: Problem): void => {
  for (const listener of listeners) listener(problem);
};

export async function send(method: 'POST' | 'PUT', path: string, body: object = {}): Promise<boolean> {
  try {
    const response = await fetch(path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return true;
    const { error, why = 'lost' } = (await response.json()) as { error: string; why?: Problem['why'] };
    tellProblem({ why, ...(why === 'bad-body' && { detail: error }) });
  } catch {
    tellProblem({ why: 'lost' });
  }
  return false;
}
