const windowMilliseconds = 60_000;
const delays = [250, 1_000, 4_000];

/**
 * How long to wait before the backend is started again, in milliseconds; undefined to give up. `crashes` are the times
 * (milliseconds) of all crashes so far, `now` included as the last. One crash a day is nothing; four in a minute will
 * be a fifth.
 */
export function restartDelay(crashes: readonly number[], now: number): number | undefined {
  const recent = crashes.filter((time) => now - time < windowMilliseconds).length;
  return delays[recent - 1];
}
