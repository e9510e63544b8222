import { resourceDimensions, type ResourceDimension } from '../schema/resource-amounts.ts';
import { overcommitOf } from './amounts.ts';
import type { Inventory } from './inventory.ts';

/** The totals of the design: V, S, A, F, D and C, in this order. */
export const totalKinds = ['hardware', 'operating-system', 'application', 'file-system', 'database', 'compute'] as const;
export type TotalKind = (typeof totalKinds)[number];

/** A dimension stands for its own unit; else GiB, MiB; processor-seconds at speed 1; or a plain count. */
export type TotalUnit = ResourceDimension | 'instances' | 'gibibytes' | 'mebibytes' | 'processor-seconds';

/** One term of a sum: left × right = product. */
export interface TotalTerm {
  collection: keyof Inventory;
  id: string;
  unit: TotalUnit;
  left: number;
  right: number;
  product: number;
}

/** One sum of products; more than one where the unit differs from term to term. */
export interface Total {
  kind: TotalKind;
  sums: { unit: TotalUnit; value: number }[];
  terms: TotalTerm[];
}

type Factors = Omit<TotalTerm, 'product'>;

function total(kind: TotalKind, units: readonly TotalUnit[], factors: readonly Factors[]): Total {
  const terms = factors.map((term) => ({ ...term, product: term.left * term.right }));
  const sums = units.map((unit) => ({ unit, value: terms.reduce((sum, term) => (term.unit === unit ? sum + term.product : sum), 0) }));
  return { kind, sums, terms };
}

/** Hardware virtualisation V = Σ Rᵢ·Cᵢ: a host's physical amount × its overcommit, one sum for each dimension in its unit. */
const hardware = ({ hosts }: Inventory) =>
  total('hardware', resourceDimensions, hosts.flatMap((host) =>
    resourceDimensions.map((dimension): Factors => ({ collection: 'hosts', id: host.id, unit: dimension, left: host.capacity[dimension], right: overcommitOf(host, dimension) }))));

/** Operating-system virtualisation S = Σ Vᵢ·Oᵢ: each machine, once, × the operating systems (containers too) on it; one where not said. */
const operatingSystem = ({ virtualMachines }: Inventory) =>
  total('operating-system', ['instances'], virtualMachines.map(({ id, operatingSystems = 1 }): Factors => ({ collection: 'virtualMachines', id, unit: 'instances', left: 1, right: operatingSystems })));

/** Application virtualisation A = Σ Vᵢ·Pᵢ: each machine, once, × the applications on it; none where not said. */
const application = ({ virtualMachines }: Inventory) =>
  total('application', ['instances'], virtualMachines.map(({ id, applications = 0 }): Factors => ({ collection: 'virtualMachines', id, unit: 'instances', left: 1, right: applications })));

/** Distributed file system F = Σ Sᵢ·Rᵢ: GiB that a pool can store × how often each is kept. */
const fileSystem = ({ storagePools }: Inventory) =>
  total('file-system', ['gibibytes'], storagePools.map(({ id, capacity, replicas }): Factors => ({ collection: 'storagePools', id, unit: 'gibibytes', left: capacity, right: replicas })));

/** Distributed database D = Σ Vᵢ·Cᵢ: MiB of data × copies. */
const database = ({ databases }: Inventory) =>
  total('database', ['mebibytes'], databases.map(({ id, size, copies }): Factors => ({ collection: 'databases', id, unit: 'mebibytes', left: size, right: copies })));

/** Compute framework C = Σ Tᵢ·Pᵢ: seconds of work at speed 1 × processors kept busy; one where not said. Finished and failed tasks ask for nothing any more. */
const compute = ({ tasks }: Inventory) =>
  total('compute', ['processor-seconds'], tasks
    .filter(({ state }) => state === 'waiting' || state === 'running')
    .map(({ id, work, processors = 1 }): Factors => ({ collection: 'tasks', id, unit: 'processor-seconds', left: work, right: processors })));

/** The six totals with their terms. Sums are exact up to 2^53. */
export function totalsOf(inventory: Inventory): Total[] {
  return [hardware, operatingSystem, application, fileSystem, database, compute].map((of) => of(inventory));
}
