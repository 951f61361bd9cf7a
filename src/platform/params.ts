/** A webhook's parameters, query and body in one, as text: Functions get them merged, in any shape. */
export type Params = Readonly<Record<string, string | undefined>>;

/** The first value of a repeated parameter counts. Anything that is not text is left out. */
export function readParams(event: object): Params {
  const entries = Object.entries(event).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? [[name, first] as const] : [];
  });
  return Object.fromEntries(entries);
}
