/** How much faster than real time a practice is: what takes a neighbour 40 ms must not keep anybody waiting. */
export const SPEED = 20;

/** Functions log a line at each webhook, which is of no use to whoever practises. Gives what ends it. */
export function quietly(): () => void {
  const { log, warn } = console;
  console.log = () => {};
  console.warn = () => {};
  return () => Object.assign(console, { log, warn });
}
