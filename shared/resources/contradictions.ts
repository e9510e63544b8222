import type { Host } from '../schema/host.ts';
import { resourceDimensions, type ResourceAmounts } from '../schema/resource-amounts.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';
import { fitsIn, promisedBy, shortDimension, sumOf } from './amounts.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import { byId, failureDomainOf, groupsOf, pinsOf, placesOf, type Inventory } from './inventory.ts';

interface Place {
  host: Host;
  room: ResourceAmounts;
}

/** Demands, rules and hosts that no placement whatever can bring together. */
export function contradictions({ hosts, virtualMachines }: Inventory): Finding[] {
  const takesMachines = placesOf(virtualMachines);
  const places = hosts.filter((host) => host.state === 'available' && takesMachines(host)).map((host) => ({ host, room: promisedBy(host) }));
  return [
    ...virtualMachines.flatMap((machine) => ofMachine(machine, places)),
    ...ofAffinity(virtualMachines, places),
    ...ofCounts(virtualMachines, places),
  ];
}

const subjectOf = (machine: VirtualMachine) => ({ collection: 'virtualMachines' as const, id: machine.id });

function ofMachine(machine: VirtualMachine, places: readonly Place[]): Finding[] {
  const rule = { kind: 'pin', virtualMachineId: machine.id } as const;
  const common = { severity: 'impossible' as const, subject: subjectOf(machine), virtualMachineIds: [machine.id] };
  const pins = pinsOf(machine);
  const open = pins === undefined ? places : places.filter(({ host }) => pins.has(host.id));
  if (open.length === 0) {
    return pins === undefined ? [] : [finding({ code: 'pinned-nowhere', ...common, rule, hostIds: [...pins] })];
  }
  const { dimension, available } = greatestRoom(machine.demand, open) ?? {};
  if (dimension === undefined || available === undefined) return [];
  const hostIds = pins === undefined ? [] : open.map(({ host }) => host.id);
  return [finding({ code: 'machine-too-large', ...common, rule: pins === undefined ? null : rule, hostIds, dimension, asked: machine.demand[dimension], available })];
}

/** Undefined where the demand fits one of the places; else a dimension that it fails in, and how much there is of it. */
function greatestRoom(demand: ResourceAmounts, places: readonly Place[]) {
  if (places.some(({ room }) => fitsIn(demand, room))) return undefined;
  const most = (of: keyof ResourceAmounts) => places.reduce((best, { room }) => Math.max(best, room[of]), 0);
  const hopeless = resourceDimensions.find((each) => demand[each] > most(each));
  if (hopeless !== undefined) return { dimension: hopeless, available: most(hopeless) };
  // Enough of everything, but nowhere together: the first place stands for the others.
  const room = places[0]?.room ?? demand;
  const dimension = shortDimension(demand, room);
  return dimension === undefined ? undefined : { dimension, available: room[dimension] };
}

function ofAffinity(machines: readonly VirtualMachine[], places: readonly Place[]): Finding[] {
  return [...groupsOf(machines, 'affinity')].flatMap(([group, members]) => {
    if (members.length < 2) return [];
    const rule = { kind: 'affinity', group } as const;
    const [first] = members as [VirtualMachine];
    const common = { severity: 'impossible', subject: subjectOf(first), rule } as const;
    const found: Finding[] = [];
    for (const against of ['anti-affinity', 'spread'] as const) {
      for (const [, both] of groupsOf(members, against)) {
        if (both.length > 1) found.push(finding({ code: `affinity-against-${against}`, ...common, virtualMachineIds: both.map(({ id }) => id) }));
      }
    }
    const open = places.filter(({ host }) => members.every((member) => pinsOf(member)?.has(host.id) ?? true));
    const virtualMachineIds = members.map(({ id }) => id);
    const pinned = members.some((member) => member.allowedHostIds !== undefined);
    if (open.length === 0) return pinned ? [...found, finding({ code: 'affinity-against-pins', ...common, virtualMachineIds })] : found;
    const demand = sumOf(members);
    const { dimension, available } = greatestRoom(demand, open) ?? {};
    if (dimension === undefined || available === undefined) return found;
    return [...found, finding({ code: 'affinity-group-too-large', ...common, virtualMachineIds, dimension, asked: demand[dimension], available })];
  });
}

/** Groups of which no two share a host, or a failure domain, and that have more members than there are hosts, or domains, for them. */
function ofCounts(machines: readonly VirtualMachine[], places: readonly Place[]): Finding[] {
  const all = places.map(({ host }) => host);
  const hosts = byId(all);
  const domains = new Set(all.map(failureDomainOf)).size;
  return (['anti-affinity', 'spread'] as const).flatMap((kind) =>
    [...groupsOf(machines, kind)].flatMap(([group, members]) => {
      const free = members.some(({ allowedHostIds }) => allowedHostIds === undefined);
      const open = free ? all : [...new Set(members.flatMap(({ allowedHostIds = [] }) => allowedHostIds))].flatMap((id) => hosts.get(id) ?? []);
      const available = kind === 'anti-affinity' ? open.length : free ? domains : new Set(open.map(failureDomainOf)).size;
      const [first] = members as [VirtualMachine];
      if (open.length === 0 || members.length <= available) return [];
      const virtualMachineIds = members.map(({ id }) => id);
      return [finding({ code: `${kind}-group-too-large`, severity: 'impossible', subject: subjectOf(first), rule: { kind, group }, virtualMachineIds, asked: members.length, available })];
    }),
  );
}

