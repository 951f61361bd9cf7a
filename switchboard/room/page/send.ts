/** Asks the room's API for something; what it refuses is told to whoever listens. */
const listeners = new Set<(problem: string) => void>();

export function onProblem(listener: (problem: string) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const tellProblem = (problem: string): void => {
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
    tellProblem(((await response.json()) as { error: string }).error);
  } catch (error) {
    tellProblem(String(error));
  }
  return false;
}
