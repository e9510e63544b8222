import { objectiveFor, type AutomationSettings, type ProposalReason } from '../../shared/resources/automation.ts';
import { byId, emptyInventory, type Inventory } from '../../shared/resources/inventory.ts';
import type { Move as PlannedMove } from '../../shared/resources/move.ts';
import { planMoves } from '../../shared/resources/moves.ts';
import type { PlacedMachine, PlacementAnswer } from '../../shared/resources/placement/answer.ts';
import { measurePlacement } from '../../shared/resources/placement/check.ts';
import { placementOptionsSchema } from '../../shared/resources/placement/options.ts';
import { providerMove } from '../../shared/resources/provider-move.ts';
import { isWorthMoving } from '../../shared/resources/restraint.ts';
import type { ProposalContent } from '../../shared/sync/automation-protocol.ts';
import type { Move } from '../../shared/sync/move.ts';
import type { Jobs } from '../jobs/index.ts';
import { readHeld } from '../resources/refresh.ts';
import type { ServiceContext } from '../service/context.ts';

const seed = 1;

/** The cloud as the documents have it. What its provider no longer shows takes no part: a host counts as lost, a machine as not there. */
export async function inventoryNow(context: ServiceContext, organisationId: number): Promise<Inventory> {
  const held = (await readHeld(context, organisationId)).filter(({ deleted, content }) => !deleted && content !== null);
  const inventory = { ...emptyInventory } as unknown as Record<string, object[]>;
  for (const { collection, id, rev, createdAt, content } of held) {
    const gone = content?.['vanishedAt'] !== undefined;
    if (gone && collection === 'virtualMachines') continue;
    const state = gone && collection === 'hosts' ? { state: content['state'] === 'maintenance' ? 'maintenance' : 'lost' } : {};
    inventory[collection] = [...(inventory[collection] ?? []), { ...content, ...state, id, rev, createdAt, updatedAt: createdAt, updatedBy: 'server', deleted: false }];
  }
  return inventory as unknown as Inventory;
}

/** What a look found: moves with their reasons, or why there are none. */
export type Looked = ProposalContent | 'nothing' | 'impossible' | 'failed';

/** Solves for the most pressing reason, in a thread of the jobs, and plans the moves there under the settings' restraint. */
export async function look(context: ServiceContext & { jobs: Jobs }, organisationId: number, inventory: Inventory, settings: AutomationSettings, reasons: ProposalReason[]): Promise<Looked> {
  const options = placementOptionsSchema.parse({ objective: objectiveFor(reasons[0] ?? 'asked', settings) });
  const { model, seconds, threshold, coolDownMinutes } = settings;
  const { jobId } = await context.jobs.add(organisationId, 'placement', { inventory, options, model, seconds, seed }, inventory.virtualMachines.length);
  const result = await context.jobs.ended(organisationId, jobId);
  if (result === null) return 'failed';
  // The answer of twenty thousand machines is two megabytes: what comes of it is kept, in the proposal.
  await context.database.change('UPDATE jobs SET result = NULL WHERE id = ?', [jobId]);
  const { answer, violations } = JSON.parse(result) as { answer: PlacementAnswer; violations: number };
  if (violations > 0 || answer.status === 'stopped') return 'failed';
  if (answer.placement === null) return 'impossible';
  const present = inventory.virtualMachines.map(({ id, hostId = null }) => ({ virtualMachineId: id, hostId }));
  const measured = measurePlacement(inventory, options, present);
  const before = measured.violations.length === 0 ? measured.value : null;
  const now = context.now();
  const lastMoves = await movedSince(context, organisationId, inventory, now.getTime() - coolDownMinutes * 60_000);
  const restraint = { now: now.toISOString(), coolDown: coolDownMinutes * 60, lastMoves, before, after: answer.value, threshold };
  const plan = planMoves(inventory, answer.placement, { bandwidth: options.bandwidth, restraint, byProvider: true });
  const [machines, hosts] = [byId(inventory.virtualMachines), byId(inventory.hosts)];
  const moves = plan.moves.flatMap(({ virtualMachineId, from, to, reason }) => {
    const [machine, source, target] = [machines.get(virtualMachineId), hosts.get(from ?? ''), hosts.get(to)];
    const move = providerMove(machine, source, target);
    return move === undefined ? [] : [{ move, machine: machine?.name ?? '', from: source?.name ?? '', to: target?.name ?? '', reason }];
  });
  // What stays where it is, since no provider can move it or there is no way, is a part of what the plan comes to.
  const after = plan.leftOut.length === 0 ? answer.value : measurePlacement(inventory, options, endOf(present, plan.moves)).value;
  if (moves.length === 0 || !isWorthMoving({ ...restraint, after })) return 'nothing';
  return { reasons, objective: options.objective, model, seed, status: answer.status, before, after, bound: answer.bound, seconds: plan.seconds, moves, leftOut: plan.leftOut.length };
}

function endOf(present: readonly PlacedMachine[], moves: readonly PlannedMove[]): PlacedMachine[] {
  const ends = new Map(moves.map(({ virtualMachineId, to }) => [virtualMachineId, to]));
  return present.map(({ virtualMachineId, hostId }) => ({ virtualMachineId, hostId: ends.get(virtualMachineId) ?? hostId }));
}

/** When the runs of this server last moved each machine, instants by the machines' ids. */
async function movedSince({ database }: ServiceContext, organisationId: number, { virtualMachines }: Inventory, since: number): Promise<Record<string, string>> {
  const rows = await database.rows<{ move: string; at: number }>(
    `SELECT s.move AS move, s.ended_at AS at FROM plan_steps s JOIN plan_runs r ON r.id = s.run_id WHERE r.organisation_id = ? AND s.ended_at >= ? AND s.state IN ('done', 'rolled-back') ORDER BY s.ended_at`,
    [organisationId, since],
  );
  const ids = new Map(virtualMachines.map(({ id, provider, providerKey }) => [`${provider} ${providerKey}`, id]));
  return Object.fromEntries(rows.flatMap(({ move, at }) => {
    const parsed = JSON.parse(move) as Move;
    const id = parsed.kind === 'migrate' ? ids.get(`${parsed.provider} ${parsed.machine}`) : undefined;
    return id === undefined ? [] : [[id, new Date(at).toISOString()]];
  }));
}

/** Whether every machine of a proposal is still where its first move takes it from. */
export function stillStands({ moves }: Pick<ProposalContent, 'moves'>, inventory: Inventory): boolean {
  const hosts = byId(inventory.hosts);
  const places = new Map(inventory.virtualMachines.map(({ provider, providerKey, hostId }) => [`${provider} ${providerKey}`, hosts.get(hostId ?? '')?.providerKey]));
  const open = new Set(inventory.hosts.filter(({ state }) => state === 'available').map(({ providerKey }) => providerKey));
  const now = new Map(places);
  return moves.every(({ move }) => {
    if (move.kind !== 'migrate') return false;
    const key = `${move.provider} ${move.machine}`;
    const stands = now.get(key) === move.from && open.has(move.to);
    now.set(key, move.to);
    return stands;
  });
}
