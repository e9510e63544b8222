import { cpus, hostname, totalmem } from 'node:os';
import { z } from 'zod';
import type { Observation } from '../../../shared/sync/resource-protocol.ts';
import type { ServerDatabase } from '../../database/index.ts';
import { failed, ProviderException, type Provider, type Sample } from '../provider.ts';
import { observeDatabase, sampleDatabase, type DatabaseCounters } from './database.ts';

const bytes = z.number().min(0).max(2 ** 60);
const disksSchema = z.array(z.looseObject({ fs: z.string().max(200), mount: z.string().min(1).max(150), size: bytes, used: bytes }));
const loadSchema = z.looseObject({ currentLoad: z.number().min(0).max(100) });
const memorySchema = z.looseObject({ active: bytes });
const networkSchema = z.array(z.looseObject({ rx_sec: z.number().min(0).nullable(), tx_sec: z.number().min(0).nullable() }));

const serverKey = 'server';
const gibibytes = (count: number) => count / 2 ** 30;
const known = <Shape>(schema: z.ZodType<Shape>, value: unknown): Shape => {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : failed('unreadable');
};

/** The machine that this server runs on, its file systems, and its database. Nothing here can be moved. */
export function hostProvider(database: ServerDatabase): Provider {
  let counted: DatabaseCounters | undefined;
  return {
    name: 'host',
    moves: [],
    async inventory() {
      const disks = await readDisks();
      const databases = await observeDatabase(database, serverKey).catch((error: unknown) => {
        throw new ProviderException('unreachable', '', { cause: error });
      });
      return { observations: [ownHost(disks), ...disks.map(poolOf), databases], unreachable: [] };
    },
    async sample() {
      const { currentLoad, mem, networkStats } = await import('systeminformation');
      const [load, memory, network, disks] = [known(loadSchema, await currentLoad()), known(memorySchema, await mem()), known(networkSchema, await networkStats('*')), await readDisks()];
      const ofDatabase = await sampleDatabase(database, counted);
      counted = ofDatabase.counters;
      const bitsASecond = network.reduce((sum, { rx_sec, tx_sec }) => sum + ((rx_sec ?? 0) + (tx_sec ?? 0)) * 8, 0);
      const sample = (metric: Sample['metric'], value: number, providerKey = serverKey): Sample => ({ providerKey, metric, value });
      return [
        sample('cpu', (load.currentLoad / 100) * cpus().length), sample('memory', memory.active / 2 ** 20), sample('bandwidth', bitsASecond / 1e6),
        sample('disk', gibibytes(disks.reduce((sum, { used }) => sum + used, 0))), ...disks.map(({ mount, used }) => sample('disk', gibibytes(used), keyOf(mount))),
        ...ofDatabase.samples,
      ];
    },
    apply: async () => failed('not-supported'),
    look: async () => failed('not-supported'),
    close: async () => undefined,
  };
}

type Disk = z.infer<typeof disksSchema>[number];
const keyOf = (mount: string) => `${serverKey}${mount}`;

/** One entry a file system, however often it is mounted. */
async function readDisks(): Promise<Disk[]> {
  const { fsSize } = await import('systeminformation');
  const disks = known(disksSchema, await fsSize());
  return [...new Map(disks.filter(({ size }) => size > 0).map((disk) => [disk.fs, disk])).values()];
}

const ownHost = (disks: Disk[]): Observation => ({
  collection: 'hosts', providerKey: serverKey,
  facts: { name: hostname(), capacity: { cpu: cpus().length, memory: Math.floor(totalmem() / 2 ** 20), disk: Math.floor(gibibytes(disks.reduce((sum, { size }) => sum + size, 0))) } },
  defaults: { state: 'available', capacity: { bandwidth: 0 }, overcommit: { cpu: 1, memory: 1 } },
  references: {},
});

const poolOf = ({ mount, size, used }: Disk): Observation => ({
  collection: 'storagePools', providerKey: keyOf(mount),
  facts: { name: `${hostname()}:${mount}`, kind: 'directory', state: 'available', capacity: Math.floor(gibibytes(size)), used: Math.ceil(gibibytes(used)) },
  defaults: { replicas: 1 },
  references: { hostId: { collection: 'hosts', providerKey: serverKey } },
});
