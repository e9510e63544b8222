import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { MachinePlace, PlacementRun, WhatIf } from '../../shared/contract/placements.ts';
import { fail } from '../../shared/errors.ts';
import { byId, type Inventory } from '../../shared/resources/inventory.ts';
import { addHosts, drainHost, growDemand, loseHost } from '../../shared/resources/what-if.ts';
import type { Context } from './context.ts';
import { inventoryOf } from './inventory.ts';
import { placementOf, placementRunsKept, toModelAnswer, toPlacementRun, type KeptRun } from './placement-runs.ts';
import { runSolver } from './run-solver.ts';
import { solveEach, waiting } from './solver-runs.ts';

/**
 * Solves the placement with each model in turn: two at once on one core would ruin each other's time. Fails with `job-running`
 * beside another, or `not-found` for a host that more are supposed like.
 */
export function solvePlacement(context: Context, { options, models, secondsPerModel, seed, whatIf }: CallParsed<'placements.solve'>): Job {
  const { jobs, store, workstation, environment } = context;
  jobs.assertIdle('placement', 'report');
  const present = inventoryOf(store);
  const run: KeptRun = {
    jobId: '', startedAt: store.now().toISOString(), options, whatIf, secondsPerModel, seed, present,
    inventory: applied(present, whatIf, environment.newId), models: models.map(waiting), placements: new Map(),
  };
  const ask = { what: 'placement', inventory: run.inventory, options, seconds: secondsPerModel, seed } as const;
  const job = jobs.start('placement', (running) =>
    solveEach(run.models, running, (model, watch) => runSolver({ ...ask, model }, watch), (course, answer) => {
      course.answer = toModelAnswer(answer);
      run.placements.set(course.model, answer);
    }), context.user.id);
  run.jobId = job.id;
  placementRunsKept.keep(workstation, run);
  return job;
}

function applied(present: Inventory, { lose, add, growthPercent, drain }: WhatIf, newId: () => string): Inventory {
  const drained = drain.reduce(drainHost, present);
  const lost = lose.reduce(loseHost, drained);
  const added = add.reduce((inventory, { like, count }) => addHosts(inventory, like, Array.from({ length: count }, newId)) ?? fail({ code: 'not-found', collection: 'hosts' }), lost);
  return growthPercent === 0 ? added : growDemand(added, growthPercent);
}

export function placementRuns({ workstation, store }: Context): PlacementRun[] {
  return placementRunsKept.of(workstation).map((run) => toPlacementRun(run, inventoryOf(store)));
}

/** Fails with `job-not-found`. */
export function placementRun({ workstation, store }: Context, { jobId }: CallParsed<'placements.run'>): PlacementRun {
  return toPlacementRun(placementRunsKept.find(workstation, jobId), inventoryOf(store));
}

/** Machine by machine, those that move first. Fails with `job-not-found`. */
export function placedMachines({ workstation }: Context, { jobId, model, onlyMoved, search, offset, limit }: CallParsed<'placements.machines'>): Page<MachinePlace> {
  const run = placementRunsKept.find(workstation, jobId);
  const { placement, partial } = placementOf(run, model);
  const hosts = byId(run.inventory.hosts);
  const machines = byId(run.inventory.virtualMachines);
  const nameOf = (hostId: string | null | undefined) => (hostId == null ? undefined : { hostId, name: hosts.get(hostId)?.name ?? '' });
  const wanted = search?.trim().toLowerCase() ?? '';
  const places = (placement ?? partial ?? []).flatMap(({ virtualMachineId, hostId }): MachinePlace[] => {
    const machine = machines.get(virtualMachineId);
    if (machine === undefined || (wanted !== '' && !machine.name.toLowerCase().includes(wanted))) return [];
    const [from, to] = [nameOf(machine.hostId), nameOf(hostId)];
    if (onlyMoved && from?.hostId === to?.hostId) return [];
    return [{ virtualMachineId, name: machine.name, ...(from && { from }), ...(to && { to }) }];
  });
  const stays = ({ from, to }: MachinePlace) => (from?.hostId === to?.hostId ? 1 : 0);
  return { rows: places.sort((a, b) => stays(a) - stays(b)).slice(offset, offset + limit), total: places.length };
}
