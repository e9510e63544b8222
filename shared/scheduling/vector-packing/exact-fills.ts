import type { Pattern, Stock } from '../packing/stock.ts';

const mostTypes = 700;
const mostPatterns = 20_000;

/** Whether so many bins must all be full in every dimension: then only patterns that fill a bin exactly are of use. */
export function mustBeFull({ dimensions, capacities, sizes, demands }: Stock, bins: number): boolean {
  for (let d = 0; d < dimensions; d += 1) {
    let total = 0;
    demands.forEach((demand, type) => (total += demand * (sizes[type * dimensions + d] as number)));
    if (total !== bins * (capacities[d] as number)) return false;
  }
  return true;
}

/**
 * Patterns of one, two or three items that fill a bin exactly: what is missing beside two items is looked up by its
 * sizes. Triplets of more than `mostPatterns` are too many to choose from; none then.
 */
export function exactFills({ dimensions, capacities, sizes, demands }: Stock): Pattern[] {
  const types = demands.length;
  if (types > mostTypes) return [];
  const byKey = new Map<string, number>();
  const sizeOf = (type: number) => sizes.subarray(type * dimensions, (type + 1) * dimensions);
  for (let type = 0; type < types; type += 1) byKey.set(sizeOf(type).join(), type);
  const found: Pattern[] = [];
  const missing = new Float64Array(dimensions);
  const keep = (list: number[]) => {
    const distinct = [...new Set(list)];
    const counts = distinct.map((type) => list.filter((other) => other === type).length);
    if (distinct.every((type, index) => (counts[index] as number) <= (demands[type] as number))) found.push({ types: distinct, counts });
  };
  for (let a = 0; a < types; a += 1) {
    if (sizeOf(a).every((size, d) => size === capacities[d])) keep([a]);
    for (let b = a; b < types && found.length <= mostPatterns; b += 1) {
      let least = 0;
      let greatest = 0;
      for (let d = 0; d < dimensions; d += 1) {
        missing[d] = (capacities[d] as number) - (sizes[a * dimensions + d] as number) - (sizes[b * dimensions + d] as number);
        least = Math.min(least, missing[d] as number);
        greatest = Math.max(greatest, missing[d] as number);
      }
      if (least < 0) continue;
      if (greatest === 0) keep([a, b]);
      const third = greatest === 0 ? undefined : byKey.get(missing.join());
      if (third !== undefined && third >= b) keep([a, b, third]);
    }
  }
  return found.length > mostPatterns ? [] : found;
}
