import { resourceDimensions } from '../../schema/resource-amounts.ts';
import type { Host } from '../../schema/host.ts';
import type { VirtualMachine } from '../../schema/virtual-machine.ts';
import type { PlacementAnswer, PlacedMachine } from './answer.ts';
import type { PlacementOptions } from './options.ts';

/** What the checker found wrong, and with which machines and host. */
export interface PlacementViolation {
  code: 'wrong-machines' | 'unknown-host' | 'host-state' | 'provider' | 'over-capacity' | 'over-budget' | 'pin' | 'affinity' | 'anti-affinity' | 'spread' | 'not-placed' | 'no-reserve' | 'wrong-value' | 'bound-beyond-value' | 'wrong-status';
  virtualMachineIds: string[];
  hostId: string | null;
}

interface Documents {
  hosts: readonly Host[];
  virtualMachines: readonly VirtualMachine[];
}

const violation = (code: PlacementViolation['code'], machines: readonly VirtualMachine[] = [], hostId: string | null = null): PlacementViolation => ({ code, virtualMachineIds: machines.map(({ id }) => id), hostId });

type Where = ReadonlyMap<string, string | null>;

const limitOf = (host: Host, dimension: (typeof resourceDimensions)[number]) => {
  const times = dimension === 'cpu' ? host.overcommit.cpu : dimension === 'memory' ? host.overcommit.memory : 1;
  return host.capacity[dimension] * times * (1 + 1e-12);
};

const sum = (machines: readonly VirtualMachine[], dimension: (typeof resourceDimensions)[number]) => machines.reduce((total, { demand }) => total + demand[dimension], 0);

function clashes(machines: readonly VirtualMachine[], group: 'antiAffinityGroup' | 'spreadGroup', place: (machine: VirtualMachine) => string): VirtualMachine[][] {
  const named = machines.filter((machine) => machine[group] !== undefined);
  return [...Map.groupBy(named, (machine) => JSON.stringify([machine[group], place(machine)])).values()].filter((sharing) => sharing.length > 1);
}

/** A host of a provider that shows no machine, where others do. */
const isBeside = ({ provider }: Host, machines: readonly VirtualMachine[]): boolean =>
  provider !== undefined && machines.some((machine) => machine.provider !== undefined) && machines.every((machine) => machine.provider !== provider);

/** Every rule and capacity, from the documents alone and by no code of the models. */
function broken({ hosts, virtualMachines }: Documents, where: Where): PlacementViolation[] {
  const known = new Map(hosts.map((host) => [host.id, host]));
  const at = (machine: VirtualMachine) => where.get(machine.id) ?? '';
  const placed = virtualMachines.filter((machine) => at(machine) !== '');
  const found: PlacementViolation[] = [];
  for (const [hostId, machines] of Map.groupBy(placed, at)) {
    const host = known.get(hostId);
    if (host === undefined) found.push(violation('unknown-host', machines, hostId));
    else {
      if (host.state !== 'available') found.push(violation('host-state', machines, hostId));
      if (isBeside(host, virtualMachines)) found.push(violation('provider', machines, hostId));
      if (resourceDimensions.some((dimension) => sum(machines, dimension) > limitOf(host, dimension))) found.push(violation('over-capacity', machines, hostId));
    }
  }
  for (const machine of placed) if (machine.allowedHostIds !== undefined && !machine.allowedHostIds.includes(at(machine))) found.push(violation('pin', [machine], at(machine)));
  const grouped = virtualMachines.filter(({ affinityGroup }) => affinityGroup !== undefined);
  for (const machines of Map.groupBy(grouped, ({ affinityGroup }) => affinityGroup).values()) if (new Set(machines.map(at)).size > 1) found.push(violation('affinity', machines));
  for (const sharing of clashes(placed, 'antiAffinityGroup', at)) found.push(violation('anti-affinity', sharing));
  const domain = (machine: VirtualMachine) => JSON.stringify(known.get(at(machine))?.failureDomain ?? [at(machine)]);
  for (const sharing of clashes(placed, 'spreadGroup', domain)) found.push(violation('spread', sharing));
  return found;
}

/** The value of a placement, counted from the documents. */
function measured({ hosts, virtualMachines }: Documents, where: Where, { objective }: PlacementOptions): number {
  const states = new Map(hosts.map(({ id, state }) => [id, state]));
  const placed = virtualMachines.filter(({ id }) => (where.get(id) ?? null) !== null);
  const moved = placed.filter(({ id, hostId }) => ['available', 'draining'].includes(states.get(hostId ?? '') ?? '') && where.get(id) !== hostId);
  const anyProfit = virtualMachines.some(({ profit = 0 }) => profit > 0);
  switch (objective) {
    case 'hosts':
      return new Set(placed.map(({ id }) => where.get(id))).size;
    case 'moves':
      return moved.length;
    case 'time':
      return sum(moved, 'memory');
    case 'profit':
      return placed.reduce((total, { profit = 0 }) => total + (anyProfit ? profit : 1), 0);
    case 'balance': {
      const byHost = Map.groupBy(placed, ({ id }) => where.get(id));
      const shares = hosts.flatMap((host) => resourceDimensions.map((dimension) => sum(byHost.get(host.id) ?? [], dimension) / Math.max(1, Math.floor(limitOf(host, dimension)))));
      return shares.reduce((most, share) => Math.max(most, Math.ceil(Number((share * 1e6).toPrecision(15)))), 0);
    }
  }
}

/** Whether the machines of every host can be put on the others, the others staying: tried in every way, up to `steps`. */
function reserveHolds(documents: Documents, where: Where, steps = 200_000): boolean {
  let left = steps;
  const place = (rest: readonly string[], lost: string, now: Map<string, string | null>): boolean => {
    const [first, ...others] = rest;
    if (first === undefined) return true;
    for (const { id, state } of documents.hosts) {
      if (id === lost || state !== 'available' || (left -= 1) < 0) continue;
      const machine = documents.virtualMachines.find((each) => each.id === first);
      const mates = machine?.affinityGroup === undefined ? [first] : documents.virtualMachines.filter(({ affinityGroup }) => affinityGroup === machine.affinityGroup).map((each) => each.id);
      const next = new Map(now);
      for (const mate of mates) next.set(mate, id);
      const trial = broken({ ...documents, virtualMachines: documents.virtualMachines.filter((each) => (next.get(each.id) ?? null) !== null) }, next);
      if (trial.length === 0 && place(others.filter((other) => !mates.includes(other)), lost, next)) return true;
    }
    return false;
  };
  return documents.hosts.every(({ id }) => {
    const lost = documents.virtualMachines.filter((machine) => where.get(machine.id) === id).map((machine) => machine.id);
    const now = new Map([...where].map(([machine, host]) => [machine, host === id ? null : host]));
    return place(lost, id, now);
  });
}

/** Small enough that the checker can try every way to make a loss good. */
const fewMachines = 40;

/** Value of a placement and what is wrong with it, counted from the documents alone and by no code of the models. */
export function measurePlacement(documents: Documents, options: PlacementOptions, placement: readonly PlacedMachine[]): { value: number; violations: PlacementViolation[] } {
  const where: Where = new Map(placement.map(({ virtualMachineId, hostId }) => [virtualMachineId, hostId]));
  const { virtualMachines } = documents;
  const { objective, budget, reserve } = options;
  if (placement.length !== virtualMachines.length || !virtualMachines.every(({ id }) => where.has(id))) return { value: Number.NaN, violations: [violation('wrong-machines')] };
  const violations = broken(documents, where);
  const [placed, left] = [virtualMachines.filter(({ id }) => where.get(id) !== null), virtualMachines.filter(({ id }) => where.get(id) === null)];
  if (objective !== 'profit' && left.length > 0) violations.push(violation('not-placed', left));
  if (objective === 'profit' && budget !== null && resourceDimensions.some((dimension) => sum(placed, dimension) > budget[dimension])) violations.push(violation('over-budget', placed));
  if (reserve === 'one-host' && virtualMachines.length <= fewMachines && violations.length === 0 && !reserveHolds(documents, where)) violations.push(violation('no-reserve'));
  return { value: measured(documents, where, options), violations };
}

/**
 * Everything that is wrong with an answer; none: the checker agrees. It cannot know whether a bound is true, only that none
 * contradicts. A reserve is looked at in clouds of up to 40 machines, where every way to make a loss good can be tried.
 */
export function checkPlacement(documents: Documents, options: PlacementOptions, answer: PlacementAnswer): PlacementViolation[] {
  const { status, value, bound, placement, reason } = answer;
  if (placement === null) return value !== null || (status === 'infeasible') !== (reason !== null) || status === 'optimal' || status === 'feasible' ? [violation('wrong-status')] : [];
  const { value: counted, violations: found } = measurePlacement(documents, options, placement);
  if (counted !== value) found.push(violation('wrong-value'));
  const sign = options.objective === 'profit' ? -1 : 1;
  if (bound !== null && sign * bound > sign * counted) found.push(violation('bound-beyond-value'));
  if ((status === 'optimal') !== (bound === counted) || status === 'infeasible' || status === 'stopped') found.push(violation('wrong-status'));
  return found;
}
