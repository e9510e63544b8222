export interface Spread {
  p50: number;
  p95: number;
  p99: number;
}

/** Percentiles of times (nearest rank), in their unit. */
export function spread(times: number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export type Step = (index: number) => unknown;

/**
 * Milliseconds that each of `runs` takes, for the real thing and for its bare limit by turns, so that whatever else the
 * machine does weighs on both. The first `warmUp` runs are made once more beforehand and not counted.
 */
export async function timeBeside(runs: number, steps: { bare: Step; real: Step }, warmUp = 20): Promise<{ bare: Spread; real: Spread }> {
  const times = { bare: [] as number[], real: [] as number[] };
  for (let run = -Math.min(warmUp, runs); run < runs; run += 1) {
    const index = run < 0 ? run + runs : run;
    for (const side of index % 2 === 0 ? (['bare', 'real'] as const) : (['real', 'bare'] as const)) {
      const began = performance.now();
      await steps[side](index);
      if (run >= 0) times[side].push(performance.now() - began);
    }
  }
  return { bare: spread(times.bare), real: spread(times.real) };
}
