import type { ModelRun, PlacementRun } from '../../shared/contract/placements.ts';
import { fail } from '../../shared/errors.ts';
import type { Inventory } from '../../shared/resources/inventory.ts';
import type { PlacementAnswer } from '../../shared/resources/placement/answer.ts';
import { gapOf } from '../../shared/scheduling/answer.ts';
import type { ModelName } from '../../shared/scheduling/models.ts';
import type { Progress } from '../../shared/scheduling/run.ts';
import type { SolverAnswer } from './run-solver.ts';
import type { Workstation } from './workstation.ts';

/** A run with what it was made of; `inventory` is the cloud with its what-if. */
export interface KeptRun extends Omit<PlacementRun, 'machines' | 'hosts' | 'outdated'> {
  /** As it is, without the what-if: plans start there. */
  present: Inventory;
  inventory: Inventory;
  placements: Map<ModelName, PlacementAnswer>;
}

const runsKept = 20;
const pointsKept = 500;
const kept = new WeakMap<Workstation, KeptRun[]>();

/** The latest runs, newest first. They hold no patient data and end with the program. */
export function runsOf(workstation: Workstation): KeptRun[] {
  return kept.get(workstation) ?? [];
}

export function keepRun(workstation: Workstation, run: KeptRun): void {
  kept.set(workstation, [run, ...runsOf(workstation)].slice(0, runsKept));
}

/** Fails with `job-not-found`. */
export function findRun(workstation: Workstation, jobId: string): KeptRun {
  return runsOf(workstation).find((run) => run.jobId === jobId) ?? fail({ code: 'job-not-found' });
}

/** Fails with `job-not-found` for a model that has no placement. */
export function placementOf(run: KeptRun, model: ModelName): PlacementAnswer {
  return run.placements.get(model) ?? fail({ code: 'job-not-found' });
}

export const waiting = (model: ModelName): ModelRun => ({ model, state: 'waiting', seconds: 0, progress: [], violations: [] });

/** Where there are too many points every second one goes: the first and the last stay. */
export function addProgress(run: ModelRun, progress: Progress): void {
  run.seconds = progress.seconds;
  run.progress.push(progress);
  if (run.progress.length > pointsKept) run.progress = run.progress.filter((_point, index, all) => index % 2 === 0 || index === all.length - 1);
}

/** Takes a model's end; one whose worker had to be ended has no answer. */
export function finish(kept: KeptRun, run: ModelRun, result: SolverAnswer | undefined): void {
  run.state = 'done';
  if (result === undefined) return;
  const { placement, partial, ...told } = result.answer;
  run.seconds = result.seconds;
  run.violations = result.violations;
  run.answer = { ...told, gap: gapOf(result.answer), placed: (placement ?? partial ?? []).filter(({ hostId }) => hostId !== null).length };
  kept.placements.set(run.model, result.answer);
}

export const toPlacementRun = ({ present, inventory, placements: _placements, ...run }: KeptRun, now: Inventory): PlacementRun => ({
  ...run,
  machines: inventory.virtualMachines.length,
  hosts: inventory.hosts.length,
  outdated: present.virtualMachines !== now.virtualMachines || present.hosts !== now.hosts,
});
