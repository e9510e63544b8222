import { generate } from './column-generation.ts';
import type { Master, Relaxed } from './master.ts';
import type { Pricer } from './pricing.ts';
import type { Pattern } from './stock.ts';

export interface Dive {
  master: Master;
  pricer: Pricer;
  demands: Int32Array;
  /** Bins that the packing may use. */
  target: number;
  secondsLeft(): number;
  random(): number;
  /** 0: always the pattern most used by the linear program; more: the more by chance. */
  noise: number;
  /** How many patterns to fix at one go where none is used whole: more is quicker, and worse. */
  atOnce: number;
  /** Packs what is left in any quick way; its bins are taken if they are few enough. */
  complete(demands: Int32Array, bins: number): Pattern[] | null;
}

/** A packing, or the patterns fixed before there was no way on, in the order they were. */
export type Dived = { packing: Pattern[] } | { fixed: Pattern[] };

const near = 1e-6;

/** Removes from a pattern what is not asked for any more; takes the rest off the demand. */
function take({ types, counts }: Pattern, left: Int32Array): Pattern {
  const taken: Pattern = { types: [], counts: [] };
  types.forEach((type, index) => {
    const count = Math.min(counts[index] as number, left[type] as number);
    if (count === 0) return;
    taken.types.push(type);
    taken.counts.push(count);
    left[type] = (left[type] as number) - count;
  });
  return taken;
}

/** The patterns to fix next: all that are used once or more, or else those used most, with some chance. */
function choose({ patterns }: Master, { uses }: Relaxed, { noise, random, atOnce }: Dive): number[] {
  const whole: number[] = [];
  const part: { index: number; score: number }[] = [];
  for (let index = 0; index < patterns.length; index += 1) {
    const use = uses[index] as number;
    if (use < near) continue;
    for (let copy = 1; copy <= use + near; copy += 1) whole.push(index);
    part.push({ index, score: use * (1 - noise * random()) });
  }
  if (whole.length > 0) return whole;
  return part.sort((a, b) => b.score - a.score).slice(0, atOnce).map(({ index }) => index);
}

/** Whether all of a pattern is still asked for. */
const wanted = ({ types, counts }: Pattern, left: Int32Array) => types.every((type, index) => (counts[index] as number) <= (left[type] as number));

/**
 * Rounds the linear program to a packing: fixes a pattern, solves what is left again with new columns for it, and so on
 * (R. Sadykov, F. Vanderbeck and others, Primal heuristics for branch and price, INFORMS J. Computing 31, 2019). Begins
 * with the patterns of `from`, and gives up where more bins than `target` would be needed or time runs out.
 */
export function dive(options: Dive, from: readonly Pattern[]): Dived {
  const { master, pricer, demands, target, secondsLeft, complete } = options;
  const left = demands.slice();
  const chosen = from.map((pattern) => take(pattern, left));
  for (;;) {
    const bins = target - chosen.length;
    const rest = complete(left, bins);
    if (rest !== null) return { packing: [...chosen, ...rest] };
    if (bins <= 0) return { fixed: chosen };
    master.demand(left);
    const generated = generate({ master, pricer, demands: left, smooth: false, secondsLeft, enough: (relaxed, bound) => relaxed.value <= bins + near || bound > bins });
    if (generated === null || generated.relaxed.value > bins + near) return { fixed: chosen };
    const next = choose(master, generated.relaxed, options);
    if (next.length === 0) return { fixed: chosen };
    for (const [place, index] of next.entries()) {
      const known = master.patterns[index] as Pattern;
      // After the first, those that would be torn wait for the next linear program.
      if (place > 0 && !wanted(known, left)) continue;
      const pattern = take(known, left);
      if (pattern.types.length > 0) chosen.push(pattern);
    }
  }
}
