/** Remembers what is in some objects, however deep. Gives what puts it back. */
export function remembered(...roots: readonly object[]): () => void {
  const known = new Map<object, object>();
  const walk = (value: unknown): void => {
    if (!isPlain(value) || known.has(value)) return;
    known.set(value, Array.isArray(value) ? [...value] : { ...value });
    for (const inner of Object.values(value)) walk(inner);
  };
  roots.forEach(walk);
  return () => {
    for (const [target, before] of known) {
      if (Array.isArray(target)) target.splice(0, target.length, ...(before as unknown[]));
      else {
        for (const name of Object.keys(target)) if (!(name in before)) Reflect.deleteProperty(target, name);
        Object.assign(target, before);
      }
    }
  };
}

/** What is of a kind of its own, as a Buffer, is taken as a whole. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);
