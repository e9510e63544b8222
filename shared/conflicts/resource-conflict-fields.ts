import { resourceColumns } from '../exchange/resource-columns.ts';
import type { cloud } from '../i18n/en/cloud.ts';
import { hostStates } from '../schema/host.ts';
import { resourceCollections, type ResourceCollection } from '../schema/resource.ts';
import { serviceStates, storagePoolKinds } from '../schema/storage-pool.ts';
import { taskStates } from '../schema/task.ts';
import { virtualMachineStates } from '../schema/virtual-machine.ts';
import type { ConflictField } from './conflict-field.ts';

type ColumnName = keyof (typeof cloud)['column'];
const stateOptions = Object.fromEntries([...hostStates, ...serviceStates, ...virtualMachineStates, ...taskStates].map((state) => [state, `cloud.state.${state}`] as const));
const kindOptions = Object.fromEntries(storagePoolKinds.map((kind) => [kind, `cloud.poolKind.${kind}`] as const));
const options: Readonly<Record<string, ConflictField['options']>> = { state: stateOptions, kind: kindOptions };

/** A column of the files of resources is a field of the document, or one of the values of one (`capacity.cpu`). */
function fieldsOf(collection: ResourceCollection): Record<string, ConflictField> {
  const named = resourceColumns[collection].flatMap(({ name, path }) => [[path, name], ...(path.includes('.') ? [[path.slice(0, path.indexOf('.')), path.slice(0, path.indexOf('.'))]] : [])] as [string, ColumnName][]);
  return Object.fromEntries(named.map(([path, name]): [string, ConflictField] => {
    const choice = options[path];
    return [path, { label: `cloud.column.${name}`, ...(choice === undefined ? { kind: 'whole' } : { kind: 'choice', options: choice }) }];
  }));
}

/** How the fields of the cloud's inventory are called and shown where two people changed them apart. */
export const resourceConflictFields: Readonly<Record<string, Readonly<Record<string, ConflictField>>>> = Object.fromEntries(
  resourceCollections.map((collection) => [collection, collection === 'tasks' ? { ...fieldsOf(collection), times: { label: 'cloud.column.times', kind: 'whole' } } : fieldsOf(collection)]),
);
