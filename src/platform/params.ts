/** A webhook's parameters, query and body in one, as text: Functions hand them over merged, in whatever shape. */
export type Params = Readonly<Record<string, string | undefined>>;

/** Of a repeated parameter the first counts; what is no text is left out. */
export function readParams(event: object): Params {
  const entries = Object.entries(event).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? [[name, first] as const] : [];
  });
  return Object.fromEntries(entries);
}
