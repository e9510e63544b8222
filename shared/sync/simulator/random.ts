/**
 * Chance from a number: the same number gives the same draws on every machine (32-bit arithmetic only). `mulberry32` by
 * Tommy Ettinger, with a finalizer before it so that neighbouring seeds have nothing in common.
 */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = mix(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0);
  }

  /** An integer from 0 to `below` - 1. */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

/** Two numbers into one, well stirred (the finalizer of MurmurHash3). */
export function mix(one: number, two: number): number {
  let hash = Math.imul(one ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(two ^ 0x7f4a7c15, 0xc2b2ae35);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** Mints ids (UUIDs in form), the same ones from the same seed. */
export function idsFrom(seed: number): () => string {
  let count = 0;
  return () => {
    count += 1;
    const [one, two, three] = [mix(seed, count), mix(seed ^ 0x5bd1e995, count), mix(seed ^ 0x27d4eb2f, count)].map(hex) as [string, string, string];
    return `${hex(count)}-${one.slice(0, 4)}-7${one.slice(5)}-8${two.slice(1, 4)}-${two.slice(4)}${three}`;
  };
}
