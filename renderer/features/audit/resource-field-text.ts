import type { TextKey } from '../../../shared/i18n/index.ts';
import { resourceCollections } from '../../../shared/schema/resource.ts';

/** Kinds of resources share most of their fields. */
const fields: Record<string, TextKey> = {
  ...Object.fromEntries(
    ([
      'name', 'state', 'failureDomain', 'capacity', 'overcommit', 'demand', 'profit', 'priority', 'affinityGroup', 'antiAffinityGroup', 'spreadGroup', 'operatingSystems', 'applications', 'kind', 'used',
      'replicas', 'engine', 'version', 'size', 'copies', 'processors', 'speed', 'work', 'times', 'releaseAt', 'startedAt', 'endedAt', 'failure', 'provider', 'providerKey', 'observedAt', 'vanishedAt',
    ] as const).map((field): [string, TextKey] => [field, `cloud.column.${field}`]),
  ),
  hostId: 'cloud.column.host',
  virtualMachineId: 'cloud.column.virtualMachine',
  computeNodeId: 'cloud.column.computeNode',
  allowedHostIds: 'cloud.column.allowedHosts',
};

export const resourceFields = Object.fromEntries(resourceCollections.map((collection) => [collection, fields]));
