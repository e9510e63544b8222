import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { NamedExplanation, PlacementPlan, WhatIf, WithoutProvider } from '../../shared/contract/placements.ts';
import { fail } from '../../shared/errors.ts';
import { byId } from '../../shared/resources/inventory.ts';
import { planJson } from '../../shared/resources/export/json.ts';
import { domainXml } from '../../shared/resources/export/libvirt.ts';
import { virshScript } from '../../shared/resources/export/virsh.ts';
import { planMoves, type MoveOptions, type MovePlan } from '../../shared/resources/moves.ts';
import type { MoveObstacle, Movers } from '../../shared/resources/provider-move.ts';
import { measurePlacement } from '../../shared/resources/placement/check.ts';
import { clashesAmong } from '../../shared/resources/placement/impossible.ts';
import { explainPlacement } from '../../shared/resources/placement/explain.ts';
import type { ModelName } from '../../shared/scheduling/models.ts';
import { noRestraint } from '../../shared/resources/restraint.ts';
import { lastMoves } from '../storage/resources.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import { keepExport, newTextFile } from './export-files.ts';
import { inventoryOf } from './inventory.ts';
import { placementOf, placementRunsKept, type KeptRun } from './placement-runs.ts';

export interface Wanted {
  model: ModelName;
  threshold: number;
  coolDown: number;
  movers?: CallParsed<'placements.plan'>['movers'];
}

const namesShown = 5;
const shown = (names: string[]) => ({ names: [...new Set(names)].slice(0, namesShown), of: new Set(names).size });

const moversOf = ({ movers }: Wanted): true | Movers => movers === undefined || new Map(movers.map(({ provider, silentHosts }) => [provider, new Set(silentHosts)]));

/** How to get to a model's placement. Fails with `job-not-found`. */
export function placementPlan(context: Context, { jobId, offset, limit, ...wanted }: CallParsed<'placements.plan'>): PlacementPlan {
  const run = placementRunsKept.find(context.workstation, jobId);
  const { moves, leftOut, memory, seconds } = planOf(context, run, wanted);
  const carried = planByServer(context, run, wanted);
  const without = carried.leftOut.filter(({ reason }) => reason === 'no-provider');
  const machines = byId(run.inventory.virtualMachines);
  const hosts = byId(run.inventory.hosts);
  const nameOf = (id: string) => machines.get(id)?.name ?? hosts.get(id)?.name ?? '';
  return {
    rows: moves.slice(offset, offset + limit).map((move) => ({
      ...move, name: nameOf(move.virtualMachineId), toName: nameOf(move.to), ...(move.from !== null && { fromName: nameOf(move.from) }),
    })),
    total: moves.length,
    leftOut: leftOut.map((left) => ({ ...left, name: nameOf(left.virtualMachineId) })),
    ...unplacedOf(run, wanted.model),
    memory,
    seconds,
    byServer: { moves: carried.moves.length, without: { of: without.length, causes: causesOf(without, nameOf) } },
    supposed: isSupposed(run.whatIf),
  };
}

function unplacedOf(run: KeptRun, model: ModelName): Pick<PlacementPlan, 'unplaced' | 'clashes'> {
  const nowhere = new Set((placementOf(run, model).placement ?? []).flatMap(({ virtualMachineId, hostId }) => (hostId === null ? [virtualMachineId] : [])));
  const staying = run.inventory.virtualMachines.filter(({ id, hostId }) => hostId !== undefined && nowhere.has(id));
  const clashes = clashesAmong(run.inventory, nowhere);
  return {
    unplaced: { names: staying.slice(0, namesShown).map(({ name }) => name), of: staying.length },
    clashes: { findings: clashes.slice(0, namesShown), of: clashes.length },
  };
}

function causesOf(without: MovePlan['leftOut'], nameOf: (id: string) => string): WithoutProvider[] {
  const subjectOf = (obstacle: MoveObstacle): string[] => {
    if ('hostId' in obstacle) return [nameOf(obstacle.hostId)];
    if ('provider' in obstacle) return [obstacle.provider];
    return 'group' in obstacle ? [obstacle.group] : [];
  };
  const held = without.flatMap(({ virtualMachineId, obstacle }) => (obstacle === undefined ? [] : [{ name: nameOf(virtualMachineId), obstacle }]));
  const causes = [...Map.groupBy(held, ({ obstacle }) => obstacle.code)].map(([cause, all]): WithoutProvider => ({
    cause, machines: { names: all.slice(0, namesShown).map(({ name }) => name), of: all.length }, subjects: shown(all.flatMap(({ obstacle }) => subjectOf(obstacle))),
  }));
  return causes.sort((a, b) => b.machines.of - a.machines.of);
}

/** A host may be drained in earnest; what else is supposed is not there. */
export const isSupposed = ({ lose, add, growthPercent }: WhatIf): boolean => lose.length > 0 || add.length > 0 || growthPercent !== 0;

export function planOf({ store }: Context, run: KeptRun, { model, threshold, coolDown }: Wanted, only: Pick<MoveOptions, 'byProvider'> = {}): MovePlan {
  const { placement, value } = placementOf(run, model);
  if (placement === null) return { moves: [], leftOut: [], memory: 0, seconds: 0 };
  const present = run.inventory.virtualMachines.map(({ id, hostId = null }) => ({ virtualMachineId: id, hostId }));
  const { value: now, violations } = measurePlacement(run.inventory, run.options, present);
  // From where a rule is broken any way out is worth its moves.
  const before = violations.length === 0 ? now : null;
  const restraint = { now: store.now().toISOString(), coolDown, lastMoves: lastMoves(store.connection), before, after: value, threshold };
  return planMoves(run.inventory, placement, { bandwidth: run.options.bandwidth, restraint, ...only });
}

/** Those moves that providers can make, in an order of their own. */
export const planByServer = (context: Context, run: KeptRun, wanted: Wanted): MovePlan => planOf(context, run, wanted, { byProvider: moversOf(wanted) });

const endsOf = ({ moves }: MovePlan) => new Map(moves.map(({ virtualMachineId, to }) => [virtualMachineId, to]));

/** The moves of a plan that remain for people, from where the machines are once the server has made its own. */
function planByHand(context: Context, run: KeptRun, wanted: Wanted): MovePlan {
  const { inventory, options: { bandwidth } } = run;
  const [wantedAt, doneAt] = [endsOf(planOf(context, run, wanted)), endsOf(planByServer(context, run, wanted))];
  const virtualMachines = inventory.virtualMachines.map((machine) => (doneAt.has(machine.id) ? { ...machine, hostId: doneAt.get(machine.id) } : machine));
  const placement = virtualMachines.map(({ id, hostId = null }) => ({ virtualMachineId: id, hostId: wantedAt.get(id) ?? hostId }));
  // Whether the moves are worth it, and who rests, was asked of the whole plan.
  return planMoves({ ...inventory, virtualMachines }, placement, { bandwidth, restraint: noRestraint });
}

/** What spoke against each host. Fails with `job-not-found`, or `not-found` for a machine that was not part of it. */
export function explainMachine({ workstation }: Context, { jobId, model, virtualMachineId }: CallParsed<'placements.explain'>): NamedExplanation {
  const { inventory, options, ...run } = placementRunsKept.find(workstation, jobId);
  const { placement, partial } = placementOf({ inventory, options, ...run }, model);
  const explanation = explainPlacement(inventory, options, placement ?? partial ?? [], virtualMachineId);
  if (explanation === undefined) return fail({ code: 'not-found', collection: 'virtualMachines' });
  const hosts = byId(inventory.hosts);
  const name = byId(inventory.virtualMachines).get(virtualMachineId)?.name ?? '';
  return { ...explanation, name, hosts: explanation.hosts.map((host) => ({ ...host, name: hosts.get(host.hostId)?.name ?? '' })) };
}

/** Writes a plan for others to read or carry out. Fails with `job-not-found`. */
export function exportPlan(context: Context, { jobId, format, part, ...wanted }: CallParsed<'placements.export'>): Job {
  const run = placementRunsKept.find(context.workstation, jobId);
  const plan = part === 'whole' ? planOf(context, run, wanted) : planByHand(context, run, wanted);
  const { inventory, options, seed } = run;
  const answer = placementOf(run, wanted.model);
  const texts = {
    json: () => planJson({ inventory, options, model: wanted.model, seed, answer, plan }),
    virsh: () => virshScript(inventory, plan),
    'libvirt-xml': () => {
      const moving = new Set(plan.moves.map(({ virtualMachineId }) => virtualMachineId));
      return inventory.virtualMachines.filter(({ id }) => moving.has(id)).map((machine) => domainXml(machine)).join('');
    },
  };
  const keep = keepExport(context);
  return context.jobs.start('export', async (job) => keep(job.id, await newTextFile(texts[format]())), context.user.id);
}

/** Machines in a change set: it travels whole, and a server takes no message over 16 MB. */
const batchSize = 500;

/** Notes where the machines are once somebody has moved them. Fails with `job-not-found`, `plan-supposed` or `plan-outdated`. */
export function recordPlan(context: Context, { jobId, ...wanted }: CallParsed<'placements.record'>): { moves: number } {
  const { store, actor, workstation } = context;
  const run = placementRunsKept.find(workstation, jobId);
  if (isSupposed(run.whatIf)) fail({ code: 'plan-supposed' });
  const now = inventoryOf(store);
  if (run.present.virtualMachines !== now.virtualMachines || run.present.hosts !== now.hosts) fail({ code: 'plan-outdated' });
  // A machine may move twice, to make way; it ends where its last move brings it.
  const ends = [...endsOf(planOf(context, run, wanted))];
  const machines = byId(now.virtualMachines);
  for (let start = 0; start < ends.length; start += batchSize) {
    const batch = ends.slice(start, start + batchSize);
    store.commit({ actor, action: 'resource.moved', count: batch.length }, (transaction) => {
      for (const [id, hostId] of batch) {
        const machine = machines.get(id);
        if (machine !== undefined) transaction.update('virtualMachines', id, { ...contentOf(machine), hostId }, { over: machine.rev });
      }
    });
  }
  return { moves: ends.length };
}
