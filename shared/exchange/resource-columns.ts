import { resourceDimensions } from '../schema/resource-amounts.ts';
import type { ResourceCollection } from '../schema/resource.ts';

/** A column of a resource file: where its value stands in the document, and how it is written. */
export interface ResourceColumn {
  name: string;
  /** Field of the document, dotted (`capacity.cpu`). */
  path: string;
  kind: 'text' | 'number' | 'reference' | 'references';
  /** Of a reference: a name in the file, an id in the document; several names have semicolons between them. */
  of?: ResourceCollection;
  /** Stands for an empty cell or a missing column. A column without it and without `optional` has to be there. */
  fallback?: string | number;
  optional?: true;
}

const column = (name: string, kind: 'text' | 'number', rest: Partial<ResourceColumn> = {}): ResourceColumn => ({ name, path: name, kind, ...rest });
const reference = (name: string, of: ResourceCollection): ResourceColumn => ({ name, path: `${name}Id`, kind: 'reference', of, optional: true });
const optionalTexts = (...names: string[]) => names.map((name) => column(name, 'text', { optional: true }));
const optionalNumbers = (...names: string[]) => names.map((name) => column(name, 'number', { optional: true }));
/** A cloud may leave disks and network uncounted; processors and memory it may not. */
const amounts = (field: string) =>
  resourceDimensions.map((name) => column(name, 'number', { path: `${field}.${name}`, ...(name === 'disk' || name === 'bandwidth' ? { fallback: 0 } : {}) }));
const state = (fallback: string) => column('state', 'text', { fallback });
const observed = optionalTexts('provider', 'providerKey', 'observedAt');

/** The columns of a CSV file, and the fields of a JSON file's entries. A resource is known by its name. */
export const resourceColumns: Readonly<Record<ResourceCollection, readonly ResourceColumn[]>> = {
  hosts: [
    column('name', 'text'), state('available'), ...optionalTexts('failureDomain'), ...amounts('capacity'),
    column('cpuOvercommit', 'number', { path: 'overcommit.cpu', fallback: 1 }), column('memoryOvercommit', 'number', { path: 'overcommit.memory', fallback: 1 }), ...observed,
  ],
  virtualMachines: [
    column('name', 'text'), state('running'), reference('host', 'hosts'), ...amounts('demand'), ...optionalNumbers('profit', 'priority'),
    ...optionalTexts('affinityGroup', 'antiAffinityGroup', 'spreadGroup'),
    { name: 'allowedHosts', path: 'allowedHostIds', kind: 'references', of: 'hosts', optional: true },
    ...optionalNumbers('operatingSystems', 'applications'), ...observed,
  ],
  storagePools: [
    column('name', 'text'), column('kind', 'text'), state('available'), reference('host', 'hosts'),
    column('capacity', 'number'), column('used', 'number', { fallback: 0 }), column('replicas', 'number', { fallback: 1 }), ...observed,
  ],
  databases: [
    column('name', 'text'), column('engine', 'text'), ...optionalTexts('version'), state('available'), reference('host', 'hosts'),
    reference('virtualMachine', 'virtualMachines'), column('size', 'number', { fallback: 0 }), column('copies', 'number', { fallback: 1 }), ...observed,
  ],
  computeNodes: [
    column('name', 'text'), state('available'), reference('host', 'hosts'), column('processors', 'number', { fallback: 1 }), column('speed', 'number', { fallback: 1 }), ...observed,
  ],
  tasks: [
    column('name', 'text'), state('waiting'), column('work', 'number'), ...optionalNumbers('processors'), ...optionalTexts('releaseAt'), ...optionalNumbers('priority'),
    reference('computeNode', 'computeNodes'), ...optionalTexts('startedAt', 'endedAt', 'failure'), ...observed,
  ],
};

/** Names of the columns that a file of this kind has to have. */
export const requiredColumns = (collection: ResourceCollection): string[] =>
  resourceColumns[collection].filter(({ fallback, optional }) => fallback === undefined && optional === undefined).map(({ name }) => name);
