import type { Size } from '../../shared/sync/simulator/history.ts';
import { memoryParts } from '../../shared/sync/simulator/memory-parts.ts';
import { engineHistories } from './engine.ts';
import type { Histories } from './histories.ts';

export const storesToSimulate = ['memory', 'sqlite', 'tiers'] as const;

export interface Kind {
  stores: (typeof storesToSimulate)[number];
  size: Size;
}

export async function historiesOf({ stores, size }: Kind): Promise<Histories> {
  switch (stores) {
    case 'memory': return engineHistories(memoryParts, size);
    case 'sqlite': return engineHistories((await import('./sqlite-parts.ts')).sqliteParts, size);
    case 'tiers': return (await import('./tiers.ts')).tierHistories;
  }
}
