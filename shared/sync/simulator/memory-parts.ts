import { step } from '../engine.ts';
import { MemoryReplica } from './memory-replica.ts';
import { MemoryServer } from './memory-server.ts';
import type { Parts } from './stores.ts';

/** Models of server and workstation in memory: fast, and small enough to be read beside the design. */
export const memoryParts: Parts = {
  step,
  server: (newId) => new MemoryServer(newId),
  workstation: ({ deviceId }, newId) => new MemoryReplica(deviceId, newId),
};
