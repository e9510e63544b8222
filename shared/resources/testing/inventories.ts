import fc from 'fast-check';
import type { ComputeNode } from '../../schema/compute-node.ts';
import type { DocumentMeta } from '../../schema/document.ts';
import type { Host } from '../../schema/host.ts';
import type { ResourceAmounts } from '../../schema/resource-amounts.ts';
import type { Task } from '../../schema/task.ts';
import type { VirtualMachine } from '../../schema/virtual-machine.ts';
import { emptyInventory, type Inventory } from '../inventory.ts';

/** The id of the n-th document of a kind (0 … f). */
export const idOf = (kind: string, n: number) => `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const hostId = (n: number) => idOf('a', n);
export const machineId = (n: number) => idOf('b', n);
export const nodeId = (n: number) => idOf('c', n);
export const taskId = (n: number) => idOf('d', n);

const metaOf = (id: string): DocumentMeta => ({ id, rev: id, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', updatedBy: id, deleted: false });
export const amounts = (cpu: number, memory = cpu, disk = 0, bandwidth = 0): ResourceAmounts => ({ cpu, memory, disk, bandwidth });

export const hostOf = (n: number, capacity: ResourceAmounts, more: Partial<Host> = {}): Host =>
  ({ ...metaOf(hostId(n)), name: `host ${n}`, state: 'available', capacity, overcommit: { cpu: 1, memory: 1 }, ...more });
export const machineOf = (n: number, demand: ResourceAmounts, more: Partial<VirtualMachine> = {}): VirtualMachine =>
  ({ ...metaOf(machineId(n)), name: `machine ${n}`, state: 'running', demand, ...more });
export const nodeOf = (n: number, more: Partial<ComputeNode> = {}): ComputeNode =>
  ({ ...metaOf(nodeId(n)), name: `node ${n}`, state: 'available', processors: 1, speed: 1, ...more });
export const taskOf = (n: number, work: number, more: Partial<Task> = {}): Task => ({ ...metaOf(taskId(n)), name: `task ${n}`, state: 'waiting', work, ...more });

export const cloudOf = (hosts: Host[], virtualMachines: VirtualMachine[], more: Partial<Inventory> = {}): Inventory => ({ ...emptyInventory, hosts, virtualMachines, ...more });

/** One in `weight + 1` is absent. */
const optional = <Value>(value: fc.Arbitrary<Value>, weight = 3) => fc.option(value, { nil: undefined, freq: weight });
const given = <Fields extends object>(fields: Fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<{ [Key in keyof Fields]: NonNullable<Fields[Key]> }>;
/** Two thirds are in no group: more would contradict each other nearly always. */
const group = fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom('x', 'y') });

const emptyArrays = { storagePools: fc.constant([]), databases: fc.constant([]), computeNodes: fc.constant([]), tasks: fc.constant([]) };

/** Most were typed by people, and few providers show machines. */
const someProvider = fc.constantFrom(undefined, undefined, undefined, 'libvirt', 'host');

/** Small clouds with every kind of rule, present placements that may break them, and hosts in every state. */
export const smallClouds: fc.Arbitrary<Inventory> = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 6 })).chain(([hosts, machines]) => {
  const size = fc.integer({ min: 0, max: 6 });
  const host = (n: number) =>
    fc
      .record({ cpu: fc.integer({ min: 3, max: 12 }), memory: fc.integer({ min: 3, max: 12 }), state: fc.constantFrom('available', 'available', 'available', 'draining', 'maintenance', 'lost'), failureDomain: optional(fc.constantFrom('p', 'q')), overcommit: fc.constantFrom(1, 1.5, 2), provider: someProvider })
      .map(({ cpu, memory, state, failureDomain, overcommit, provider }) => hostOf(n, amounts(cpu, memory, 20, 20), { state: state as Host['state'], overcommit: { cpu: overcommit, memory: 1 }, ...given({ failureDomain, provider }) }));
  const anyHost = fc.integer({ min: 0, max: hosts - 1 }).map(hostId);
  const machine = (n: number) =>
    fc
      .record({ cpu: size, memory: size, hostId: optional(anyHost, 4), affinityGroup: group, antiAffinityGroup: group, spreadGroup: group, profit: optional(size), allowedHostIds: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.uniqueArray(anyHost, { minLength: 1 }) }), provider: someProvider })
      .map(({ cpu, memory, ...more }) => machineOf(n, amounts(cpu, memory, 1, 1), given(more)));
  return fc.record({
    ...emptyArrays,
    hosts: fc.tuple(...Array.from({ length: hosts }, (_, n) => host(n))),
    virtualMachines: fc.tuple(...Array.from({ length: machines }, (_, n) => machine(n))),
  });
});
