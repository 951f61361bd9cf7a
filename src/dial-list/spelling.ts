/** The name that a misspelt one stands for. At build time only. */
import { closest, distance } from 'fastest-levenshtein';

/** The nearest name, if it is near enough: a third of its letters may differ, and case does not count. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase();
  if (names.length === 0) return undefined;
  const nearest = closest(plain(written), names.map(plain));
  const isNear = distance(plain(written), nearest) <= Math.max(1, Math.floor(nearest.length / 3));
  return isNear ? names.find((name) => plain(name) === nearest) : undefined;
}
