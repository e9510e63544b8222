import { MemoryReplica } from './memory-replica.ts';
import { MemoryServer } from './memory-server.ts';
import type { Stores } from './stores.ts';

/** Models of server and workstation in memory: fast, and small enough to be read beside the design. */
export const memoryStores: Stores = {
  server: (newId) => new MemoryServer(newId),
  workstation: ({ deviceId }) => new MemoryReplica(deviceId),
};
