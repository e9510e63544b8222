import type { ComputeNode } from '../schema/compute-node.ts';
import type { Database } from '../schema/database.ts';
import type { Host } from '../schema/host.ts';
import type { StoragePool } from '../schema/storage-pool.ts';
import type { Task } from '../schema/task.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';

/** Everything of the cloud that is known: stored documents that are not deleted, in any order. */
export interface Inventory {
  hosts: readonly Host[];
  virtualMachines: readonly VirtualMachine[];
  storagePools: readonly StoragePool[];
  databases: readonly Database[];
  computeNodes: readonly ComputeNode[];
  tasks: readonly Task[];
}

export const emptyInventory: Inventory = { hosts: [], virtualMachines: [], storagePools: [], databases: [], computeNodes: [], tasks: [] };

/** Rules that bind several machines, by the field of the machine that names the group. */
export const groupRules = { affinity: 'affinityGroup', 'anti-affinity': 'antiAffinityGroup', spread: 'spreadGroup' } as const;
export type GroupRule = keyof typeof groupRules;

/** What a finding, a reason or an obstacle names as the rule to blame: a group of machines, or the pins of one machine. */
export type Rule = { kind: GroupRule; group: string } | { kind: 'pin'; virtualMachineId: string };

export const byId = <Document extends { id: string }>(documents: readonly Document[]): Map<string, Document> =>
  new Map(documents.map((document) => [document.id, document]));

/** What fails together with a host. One without a failure domain fails by itself. */
export const failureDomainOf = (host: Pick<Host, 'id' | 'failureDomain'>): string =>
  host.failureDomain === undefined ? `host ${host.id}` : `domain ${host.failureDomain}`;

/**
 * Whether machines are placed on a host at all. What a provider shows may be no place for them (the server's own computer): one
 * that shows hosts and not one machine, while another shows some, would be sent machines that nobody can bring there.
 */
export function placesOf(machines: readonly Pick<VirtualMachine, 'provider'>[]): (host: Pick<Host, 'provider'>) => boolean {
  const showing = new Set<string>();
  for (const { provider } of machines) if (provider !== undefined) showing.add(provider);
  return ({ provider }) => provider === undefined || showing.size === 0 || showing.has(provider);
}

/** Machines by the name of their group under one rule. */
export function groupsOf(machines: readonly VirtualMachine[], rule: GroupRule): Map<string, VirtualMachine[]> {
  const groups = new Map<string, VirtualMachine[]>();
  for (const machine of machines) {
    const group = machine[groupRules[rule]];
    if (group === undefined) continue;
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [machine]);
    else members.push(machine);
  }
  return groups;
}

/** Machines by the host they say they are on. */
export function machinesByHost(machines: readonly VirtualMachine[]): Map<string, VirtualMachine[]> {
  const byHost = new Map<string, VirtualMachine[]>();
  for (const machine of machines) {
    if (machine.hostId === undefined) continue;
    const on = byHost.get(machine.hostId);
    if (on === undefined) byHost.set(machine.hostId, [machine]);
    else on.push(machine);
  }
  return byHost;
}

/** Hosts of a machine's pins that there are; undefined where any host will do. */
export function pinsOf(machine: Pick<VirtualMachine, 'allowedHostIds'>): ReadonlySet<string> | undefined {
  return machine.allowedHostIds === undefined ? undefined : new Set(machine.allowedHostIds);
}
