import { resourceColumns, type ResourceColumn } from '../../../shared/exchange/resource-columns.ts';
import { computeNodeContentSchema } from '../../../shared/schema/compute-node.ts';
import { databaseContentSchema } from '../../../shared/schema/database.ts';
import { hostContentSchema } from '../../../shared/schema/host.ts';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { storagePoolContentSchema } from '../../../shared/schema/storage-pool.ts';
import { taskContentSchema } from '../../../shared/schema/task.ts';
import { virtualMachineContentSchema } from '../../../shared/schema/virtual-machine.ts';
import type { cloud } from '../../../shared/i18n/en/cloud.ts';

export type ColumnName = keyof (typeof cloud)['column'];
export type StateName = keyof (typeof cloud)['state'];

/** How a field of the form is edited. `mebibytes` are typed in GiB. */
export type FieldControl = 'text' | 'number' | 'mebibytes' | 'choice' | 'instant' | 'reference' | 'references';

/** A field of a resource's form; it bears the name of the column that a file has for it. */
export interface ResourceField extends Omit<ResourceColumn, 'name' | 'kind'> {
  name: ColumnName;
  control: FieldControl;
  unit?: keyof (typeof cloud)['unit'];
  required: boolean;
}

const states = {
  hosts: hostContentSchema.shape.state.options,
  virtualMachines: virtualMachineContentSchema.shape.state.options,
  storagePools: storagePoolContentSchema.shape.state.options,
  databases: databaseContentSchema.shape.state.options,
  computeNodes: computeNodeContentSchema.shape.state.options,
  tasks: taskContentSchema.shape.state.options,
} as const satisfies Record<ResourceCollection, readonly StateName[]>;

/** What a field of fixed choices may be. */
export const choicesOf = (collection: ResourceCollection, name: ColumnName): readonly string[] =>
  name === 'kind' ? storagePoolContentSchema.shape.kind.options : states[collection];

const controls: Partial<Record<ColumnName, FieldControl>> = {
  state: 'choice', kind: 'choice', memory: 'mebibytes', size: 'mebibytes', releaseAt: 'instant', startedAt: 'instant', endedAt: 'instant',
};
const units: Partial<Record<ColumnName, ResourceField['unit']>> = {
  cpu: 'threads', memory: 'gibibytes', disk: 'gibibytes', bandwidth: 'megabits', capacity: 'gibibytes', used: 'gibibytes', size: 'gibibytes',
  work: 'seconds', cpuOvercommit: 'times', memoryOvercommit: 'times', speed: 'times',
};
/** A person does not type what a provider says of itself. */
const observed: readonly string[] = ['provider', 'providerKey', 'observedAt'];

function fieldOf({ kind, ...column }: ResourceColumn): ResourceField {
  const name = column.name as ColumnName;
  const unit = units[name];
  return { ...column, name, control: controls[name] ?? kind, required: column.optional !== true, ...(unit && { unit }) };
}

/** The fields of a kind of resource, in the order of its form. */
export const fieldsOf = (collection: ResourceCollection): ResourceField[] => resourceColumns[collection].filter(({ name }) => !observed.includes(name)).map(fieldOf);
