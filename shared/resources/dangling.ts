import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Inventory } from './inventory.ts';

/** Documents that name a host, a machine or a node that is not there. */
export function dangling(inventory: Inventory): Finding[] {
  const hosts = new Set(inventory.hosts.map(({ id }) => id));
  // Only databases name machines: without one, twenty thousand names are not gone through.
  const machines = new Set(inventory.databases.length === 0 ? [] : inventory.virtualMachines.map(({ id }) => id));
  const nodes = new Set(inventory.computeNodes.map(({ id }) => id));
  const found: Finding[] = [];
  for (const collection of ['virtualMachines', 'storagePools', 'databases', 'computeNodes'] as const) {
    for (const { id, hostId } of inventory[collection]) {
      if (hostId === undefined || hosts.has(hostId)) continue;
      const virtualMachineIds = collection === 'virtualMachines' ? [id] : [];
      found.push(finding({ code: 'unknown-host', severity: 'broken', subject: { collection, id }, virtualMachineIds, hostIds: [hostId] }));
    }
  }
  for (const { id, allowedHostIds = [] } of inventory.virtualMachines) {
    const unknown = allowedHostIds.filter((hostId) => !hosts.has(hostId));
    if (unknown.length === 0) continue;
    const rule = { kind: 'pin', virtualMachineId: id } as const;
    found.push(finding({ code: 'unknown-pin', severity: 'broken', subject: { collection: 'virtualMachines', id }, virtualMachineIds: [id], hostIds: unknown, rule }));
  }
  for (const { id, virtualMachineId } of inventory.databases) {
    if (virtualMachineId === undefined || machines.has(virtualMachineId)) continue;
    found.push(finding({ code: 'unknown-machine', severity: 'broken', subject: { collection: 'databases', id }, virtualMachineIds: [virtualMachineId] }));
  }
  for (const { id, computeNodeId, times = {} } of inventory.tasks) {
    const named = computeNodeId === undefined ? Object.keys(times) : [computeNodeId, ...Object.keys(times)];
    if (named.every((node) => nodes.has(node))) continue;
    found.push(finding({ code: 'unknown-node', severity: 'broken', subject: { collection: 'tasks', id } }));
  }
  return found;
}
