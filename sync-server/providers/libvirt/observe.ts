import type { ObservedInventory, Observation } from '../../../shared/sync/resource-protocol.ts';
import { codeOf } from '../provider.ts';
import type { Connection, Machine } from './connection.ts';
import type { Pool } from './xml.ts';

/** Everything that the hosts show. One that does not answer is named, and takes nothing else with it. */
export async function observe(connections: readonly Connection[], signal: AbortSignal): Promise<ObservedInventory> {
  const seen = await Promise.all(connections.map((connection) => observeHost(connection, signal)));
  return { observations: oncePerKey(seen.flatMap((one) => ('observations' in one ? one.observations : []))), unreachable: seen.flatMap((one) => ('unreachable' in one ? [one.unreachable] : [])) };
}

async function observeHost(connection: Connection, signal: AbortSignal) {
  const providerKey = connection.host.name;
  try {
    const node = await connection.node(signal);
    const pools = await connection.pools(signal).catch((error: unknown) => {
      // A host without storage of its own is a host all the same.
      if (codeOf(error) === 'not-supported') return [];
      throw error;
    });
    const machines = await connection.machines(signal);
    return { observations: [hostOf(providerKey, node, pools), ...machines.map((machine) => machineOf(providerKey, machine)), ...pools.map((pool) => poolOf(providerKey, pool))] };
  } catch (error) {
    return { unreachable: { providerKey, code: codeOf(error) } };
  }
}

const gibibytes = (bytes: number) => bytes / 2 ** 30;

function hostOf(providerKey: string, { processors, memory }: { processors: number; memory: number }, pools: Pool[]): Observation {
  const disk = Math.floor(gibibytes(pools.filter(({ type }) => kindOf(type) !== 'network' && kindOf(type) !== 'ceph').reduce((sum, { capacity }) => sum + capacity, 0)));
  return {
    collection: 'hosts', providerKey,
    facts: { name: providerKey, capacity: { cpu: processors, memory } },
    defaults: { state: 'available', capacity: { disk, bandwidth: 0 }, overcommit: { cpu: 1, memory: 1 } },
    references: {},
  };
}

const machineOf = (hostKey: string, { uuid, name, processors, memory, disk, running }: Machine): Observation => ({
  collection: 'virtualMachines', providerKey: uuid,
  facts: { name, state: running ? 'running' : 'stopped', demand: { cpu: processors, memory, ...(disk !== undefined && { disk }) } },
  defaults: { demand: { disk: 0, bandwidth: 0 } },
  references: { hostId: { collection: 'hosts', providerKey: hostKey } },
});

const poolOf = (hostKey: string, { uuid, name, type, capacity, allocation, active }: Pool & { active: boolean }): Observation => ({
  collection: 'storagePools', providerKey: `${hostKey}/${uuid}`,
  facts: { name: `${hostKey}/${name}`, kind: kindOf(type), state: active ? 'available' : 'unavailable', capacity: Math.floor(gibibytes(capacity)), used: Math.ceil(gibibytes(allocation)) },
  defaults: { replicas: 1 },
  references: { hostId: { collection: 'hosts', providerKey: hostKey } },
});

const kinds: Record<string, string> = { rbd: 'ceph', logical: 'logical-volume', disk: 'logical-volume', zfs: 'logical-volume', netfs: 'network', iscsi: 'network', 'iscsi-direct': 'network', gluster: 'network', scsi: 'network' };
const kindOf = (type: string) => (Object.hasOwn(kinds, type) ? kinds[type] : undefined) ?? 'directory';

/** A machine may be defined on several hosts; it is where it runs. */
function oncePerKey(observations: Observation[]): Observation[] {
  const found = new Map<string, Observation>();
  for (const one of observations) {
    const id = `${one.collection} ${one.providerKey}`;
    if (!found.has(id) || one.facts['state'] === 'running') found.set(id, one);
  }
  return [...found.values()];
}
