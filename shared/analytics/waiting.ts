/** Minutes at which the bands of the waiting times begin. */
const bandsFrom = [0, 5, 15, 30, 60, 120] as const;

export interface Waiting {
  arrived: number;
  called: number;
  median: number | null;
  ninetieth: number | null;
  bands: { from: number; to: number | null; count: number }[];
}

/** The waiting times of a period from how many waited for how many minutes, shortest first; percentiles by nearest rank. */
export function waitingOf(counts: readonly { minutes: number | null; count: number }[]): Waiting {
  // A call before the check-in is a wrong clock's: nobody knows how long that was.
  const waited = counts.filter((row): row is { minutes: number; count: number } => row.minutes !== null && row.minutes >= 0);
  const sum = (rows: readonly { count: number }[]) => rows.reduce((total, { count }) => total + count, 0);
  const called = sum(waited);
  const at = (share: number): number | null => {
    let seen = 0;
    for (const { minutes, count } of waited) if ((seen += count) >= Math.max(1, Math.ceil(share * called))) return minutes;
    return null;
  };
  const bands = bandsFrom.map((from, index) => {
    const to = bandsFrom[index + 1] ?? null;
    return { from, to, count: sum(waited.filter(({ minutes }) => minutes >= from && (to === null || minutes < to))) };
  });
  return { arrived: sum(counts), called, median: at(0.5), ninetieth: at(0.9), bands };
}
