/** How much faster than real time a practice runs: nobody should wait for a neighbour's 40 ms. */
export const SPEED = 20;

/** Hides the log lines of Functions, which are of no use in a practice. Returns a function that shows them again. */
export function quietly(): () => void {
  const { log, warn } = console;
  console.log = () => {};
  console.warn = () => {};
  return () => Object.assign(console, { log, warn });
}
