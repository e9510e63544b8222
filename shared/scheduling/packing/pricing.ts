import type { Pattern } from './stock.ts';

/** What pricing finds: the exact greatest profit of a pattern, and patterns worth more than was asked, the best first. */
export interface Priced {
  /** No pattern has more profit than this. */
  most: number;
  patterns: Pattern[];
}

/**
 * Finds patterns of great profit. Profits are non-negative integers, so that sums are exact; `atMost` is how many of each
 * type may be taken. Null where time ran out before the greatest profit was known.
 */
export type Pricer = (profits: Float64Array, atMost: Int32Array, above: number) => Priced | null;

/** Drops patterns that came before. */
export function distinct(patterns: readonly Pattern[]): Pattern[] {
  const seen = new Map(patterns.map((pattern) => [`${pattern.types.join()}:${pattern.counts.join()}`, pattern]));
  return [...seen.values()];
}
