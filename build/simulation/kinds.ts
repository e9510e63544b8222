import type { Size } from '../../shared/sync/simulator/history.ts';
import { memoryParts } from '../../shared/sync/simulator/memory-parts.ts';
import { engineHistories } from './engine.ts';

export const storesToSimulate = ['memory', 'sqlite', 'tiers'] as const;

export interface Kind {
  stores: (typeof storesToSimulate)[number];
  size: Size;
}

/** Histories of one kind, each named by its seed. */
export interface Histories {
  /** Runs `count` of them from `seed` on; answers the seed of the first that breaks a promise. */
  firstFailing(seed: number, count: number): Promise<number | undefined>;
  /** Runs one again and prints what it broke, and the smallest part of it that still does. */
  explain(seed: number, withTrace: boolean): Promise<void>;
}

export async function historiesOf({ stores, size }: Kind): Promise<Histories> {
  switch (stores) {
    case 'memory': return engineHistories(memoryParts, size);
    case 'sqlite': return engineHistories((await import('./sqlite-parts.ts')).sqliteParts, size);
    case 'tiers': return (await import('./tiers.ts')).tierHistories;
  }
}
