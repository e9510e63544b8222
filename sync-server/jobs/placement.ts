import type { Inventory } from '../../shared/resources/inventory.ts';
import { checkPlacement } from '../../shared/resources/placement/check.ts';
import type { PlacementOptions } from '../../shared/resources/placement/options.ts';
import { placeMachines } from '../../shared/resources/placement/solve.ts';
import type { ModelName } from '../../shared/scheduling/models.ts';

export interface PlacementInput {
  inventory: Inventory;
  options: PlacementOptions;
  model: ModelName;
  seconds: number;
  seed: number;
}

/** JSON: the answer, and how many faults the independent checker finds in it. */
export async function placement({ inventory, options, model, seconds, seed }: PlacementInput): Promise<string> {
  // Only a thread that solves needs the solver.
  const { default: loadHighs } = await import('highs');
  const highs = await loadHighs();
  const began = performance.now();
  const answer = placeMachines(inventory, options, model, {
    highs, seconds, seed, elapsed: () => (performance.now() - began) / 1000, cancelled: () => false, progress: () => undefined,
  });
  return JSON.stringify({ answer, violations: checkPlacement(inventory, options, answer).length });
}
