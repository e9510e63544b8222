import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalText } from '../../sync/canonical.ts';
import type { ResourceAmounts } from '../../schema/resource-amounts.ts';
import type { Inventory } from '../inventory.ts';

/** A machine that went from one host to another; null: placed nowhere, before or after. */
export interface MadeMove {
  at: string;
  virtualMachineId: string;
  from: string | null;
  to: string | null;
}

/** All that a report of the cloud is made from; nothing else goes in. */
export interface CloudReportInputs {
  /** The period, two instants. */
  from: string;
  to: string;
  /** The cloud as it was known at the end of the period. */
  inventory: Inventory;
  moves: MadeMove[];
  /** What earlier reports say was given away, oldest first: shares at instants. */
  earlier: { at: string; shares: ResourceAmounts }[];
  seed: number;
}

/** What does not change a report: who last wrote a resource, and when a provider last saw it. */
const passing = new Set(['rev', 'createdAt', 'updatedAt', 'updatedBy', 'deleted', 'observedAt']);

/** By id, so that no order of reading makes a difference. */
const settled = (documents: readonly { id: string }[]) =>
  documents.map((document) => Object.fromEntries(Object.entries(document).filter(([field]) => !passing.has(field))) as { id: string }).sort((a, b) => (a.id < b.id ? -1 : 1));

/** The inventory as models are given it for a report: in one order, since rules that break ties look at it. */
export function inOrder(inventory: Inventory): Inventory {
  const sorted = <Document extends { id: string }>(documents: readonly Document[]) => [...documents].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    hosts: sorted(inventory.hosts), virtualMachines: sorted(inventory.virtualMachines), storagePools: sorted(inventory.storagePools),
    databases: sorted(inventory.databases), computeNodes: sorted(inventory.computeNodes), tasks: sorted(inventory.tasks),
  };
}

/** SHA-256 of the inputs, in hexadecimal: equal inputs have equal digests, in whatever order they were read. */
export function inputsDigest({ inventory, ...rest }: CloudReportInputs): string {
  const lists = Object.fromEntries(Object.entries(inventory).map(([collection, documents]) => [collection, settled(documents as readonly { id: string }[])]));
  return bytesToHex(sha256(utf8ToBytes(canonicalText({ ...rest, ...lists }))));
}
