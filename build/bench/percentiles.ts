export interface Spread {
  p50: number;
  p95: number;
  p99: number;
}

/** Percentiles of times in milliseconds (nearest rank). */
export function spread(times: number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** How long each of `runs` takes, in milliseconds; `warmUp` runs beforehand are not counted. */
export async function timeEach(runs: number, work: (index: number) => unknown, warmUp = 20): Promise<number[]> {
  const times: number[] = [];
  for (let index = -warmUp; index < runs; index += 1) {
    const began = performance.now();
    await work(Math.abs(index));
    if (index >= 0) times.push(performance.now() - began);
  }
  return times;
}
