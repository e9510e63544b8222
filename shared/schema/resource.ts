import type { z } from 'zod';
import type { CollectionName } from './collections.ts';
import { computeNodeContentSchema, type ComputeNode } from './compute-node.ts';
import { databaseContentSchema, type Database } from './database.ts';
import { hostContentSchema, type Host } from './host.ts';
import { storagePoolContentSchema, type StoragePool } from './storage-pool.ts';
import { taskContentSchema, type Task } from './task.ts';
import { virtualMachineContentSchema, type VirtualMachine } from './virtual-machine.ts';

/** Collections of the cloud's inventory, those first that others refer to. */
export const resourceCollections = ['hosts', 'virtualMachines', 'storagePools', 'databases', 'computeNodes', 'tasks'] as const satisfies readonly CollectionName[];
export type ResourceCollection = (typeof resourceCollections)[number];

export interface ResourceDocuments {
  hosts: Host;
  virtualMachines: VirtualMachine;
  storagePools: StoragePool;
  databases: Database;
  computeNodes: ComputeNode;
  tasks: Task;
}

/** What each collection's content has to be. */
export const resourceSchemas = {
  hosts: hostContentSchema,
  virtualMachines: virtualMachineContentSchema,
  storagePools: storagePoolContentSchema,
  databases: databaseContentSchema,
  computeNodes: computeNodeContentSchema,
  tasks: taskContentSchema,
} as const satisfies Record<ResourceCollection, z.ZodType>;
export type ResourceContents = { [Name in ResourceCollection]: z.infer<(typeof resourceSchemas)[Name]> };
