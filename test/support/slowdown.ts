/** How many times as long as alone something takes on this machine just now: wall-clock time over processor time. */
export function slowdown(): number {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  while (process.cpuUsage(before).user < 60_000);
  return Math.max(1, (performance.now() - startedAt) / (process.cpuUsage(before).user / 1000));
}
