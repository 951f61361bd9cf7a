/** Something was not awaited any longer. */
export class Late extends Error {
  override name = 'Late';
}

/** The result of the work, unless it takes longer. The work itself goes on, and its result is lost. */
export async function within<T>(milliseconds: number, message: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(message)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const sleep = (ms: number) => new Promise<void>((over) => setTimeout(over, ms));
