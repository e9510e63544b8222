import type { ModelRun, PlacementRun } from '../../shared/contract/placements.ts';
import { fail } from '../../shared/errors.ts';
import type { Inventory } from '../../shared/resources/inventory.ts';
import type { PlacementAnswer } from '../../shared/resources/placement/answer.ts';
import { gapOf } from '../../shared/scheduling/answer.ts';
import type { ModelName } from '../../shared/scheduling/models.ts';
import { KeptRuns } from './solver-runs.ts';

/** A run with what it was made of; `inventory` is the cloud with its what-if. */
export interface KeptRun extends Omit<PlacementRun, 'machines' | 'hosts' | 'outdated'> {
  /** As it is, without the what-if: plans start there. */
  present: Inventory;
  inventory: Inventory;
  placements: Map<ModelName, PlacementAnswer>;
}

export const placementRunsKept = new KeptRuns<KeptRun>(20);

/** Fails with `job-not-found` for a model that has no placement. */
export function placementOf(run: KeptRun, model: ModelName): PlacementAnswer {
  return run.placements.get(model) ?? fail({ code: 'job-not-found' });
}

export function toModelAnswer(answer: PlacementAnswer): NonNullable<ModelRun['answer']> {
  const { placement, partial, ...told } = answer;
  return { ...told, gap: gapOf(answer), placed: (placement ?? partial ?? []).filter(({ hostId }) => hostId !== null).length };
}

export const toPlacementRun = ({ present, inventory, placements: _placements, ...run }: KeptRun, now: Inventory): PlacementRun => ({
  ...run,
  machines: inventory.virtualMachines.length,
  hosts: inventory.hosts.length,
  outdated: present.virtualMachines !== now.virtualMachines || present.hosts !== now.hosts,
});
