import { resourceDimensions } from '../schema/resource-amounts.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';
import { allocationIn, type CloudAllocation } from './allocation.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import { byId, failureDomainOf, groupsOf, pinsOf, type GroupRule, type Inventory } from './inventory.ts';

/** Rules and capacities that the machines, where they are now, do not keep. */
export function breaches(inventory: Inventory, allocation: Pick<CloudAllocation, 'hosts'> = allocationIn(inventory)): Finding[] {
  const { hosts, virtualMachines } = inventory;
  const known = byId(hosts);
  const placed = virtualMachines.filter(({ hostId }) => hostId !== undefined && known.has(hostId));
  const place = (machine: VirtualMachine) => machine.hostId ?? '';
  const domain = (machine: VirtualMachine) => {
    const host = known.get(place(machine));
    return host === undefined ? '' : failureDomainOf(host);
  };
  return [
    ...hostsDown(inventory),
    ...overfilled(inventory, allocation),
    ...poolsOverfilled(inventory),
    ...pinsBroken(placed),
    ...apart(placed, place),
    ...together(placed, 'anti-affinity', place),
    ...together(placed, 'spread', domain),
  ];
}

function hostsDown({ hosts, virtualMachines }: Inventory): Finding[] {
  const known = byId(hosts);
  return virtualMachines.flatMap(({ id, hostId }) => {
    const state = hostId === undefined ? undefined : known.get(hostId)?.state;
    if (hostId === undefined || (state !== 'lost' && state !== 'maintenance')) return [];
    return [finding({ code: 'host-down', severity: 'broken', subject: { collection: 'virtualMachines', id }, virtualMachineIds: [id], hostIds: [hostId] })];
  });
}

const overfilled = ({ hosts }: Inventory, allocation: Pick<CloudAllocation, 'hosts'>): Finding[] =>
  hosts.flatMap((host, index) =>
    resourceDimensions.flatMap((dimension) => {
      const { allocated = 0, promised = 0 } = allocation.hosts[index]?.dimensions[dimension] ?? {};
      return allocated <= promised ? [] : [finding({ code: 'host-overfilled', severity: 'broken', subject: { collection: 'hosts', id: host.id }, hostIds: [host.id], dimension, asked: allocated, available: promised })];
    }));

const poolsOverfilled = ({ storagePools }: Inventory): Finding[] =>
  storagePools
    .filter(({ used, capacity }) => used > capacity)
    .map(({ id, used, capacity }) => finding({ code: 'pool-overfilled', severity: 'broken', subject: { collection: 'storagePools', id }, dimension: 'disk', asked: used, available: capacity }));

const pinsBroken = (placed: readonly VirtualMachine[]): Finding[] =>
  placed
    .filter((machine) => pinsOf(machine)?.has(machine.hostId ?? '') === false)
    .map(({ id, hostId = '' }) => finding({ code: 'pin-broken', severity: 'broken', subject: { collection: 'virtualMachines', id }, virtualMachineIds: [id], hostIds: [hostId], rule: { kind: 'pin', virtualMachineId: id } }));

/** Affinity groups on more than one host. */
function apart(placed: readonly VirtualMachine[], place: (machine: VirtualMachine) => string): Finding[] {
  return [...groupsOf(placed, 'affinity')].flatMap(([group, members]) => {
    const hostIds = [...new Set(members.map(place))];
    const [first] = members as [VirtualMachine];
    const subject = { collection: 'virtualMachines', id: first.id } as const;
    return hostIds.length < 2 ? [] : [finding({ code: 'affinity-broken', severity: 'broken', subject, virtualMachineIds: members.map(({ id }) => id), hostIds, rule: { kind: 'affinity', group } })];
  });
}

/** Members of one group in one place that they must not share. */
function together(placed: readonly VirtualMachine[], kind: Exclude<GroupRule, 'affinity'>, place: (machine: VirtualMachine) => string): Finding[] {
  return [...groupsOf(placed, kind)].flatMap(([group, members]) => {
    const byPlace = Map.groupBy(members, place);
    return [...byPlace.values()].flatMap((sharing) => {
      const [first] = sharing as [VirtualMachine];
      const subject = { collection: 'virtualMachines', id: first.id } as const;
      const hostIds = [...new Set(sharing.map(({ hostId = '' }) => hostId))];
      return sharing.length < 2 ? [] : [finding({ code: `${kind}-broken`, severity: 'broken', subject, virtualMachineIds: sharing.map(({ id }) => id), hostIds, rule: { kind, group } })];
    });
  });
}
