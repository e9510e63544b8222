import type { CloudAllocation } from './allocation.ts';
import { contradictions } from './contradictions.ts';
import type { Finding } from './finding.ts';
import type { Inventory } from './inventory.ts';
import { breaches } from './breaches.ts';
import { dangling } from './dangling.ts';

/** Everything inconsistent in an inventory, in the order of its documents: what points nowhere, what contradicts itself, what is broken now. */
export function findingsOf(inventory: Inventory, allocation?: CloudAllocation): Finding[] {
  return [...dangling(inventory), ...contradictions(inventory), ...breaches(inventory, allocation)];
}
