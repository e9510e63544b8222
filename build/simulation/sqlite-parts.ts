import { step } from '../../shared/sync/engine.ts';
import type { Parts } from '../../shared/sync/simulator/stores.ts';
import { SqliteServer } from './sqlite-server.ts';
import { SqliteWorkstation } from './sqlite-workstation.ts';

/** The program's own stores and server, on real SQLite. */
export const sqliteParts: Parts = {
  step,
  server: (newId) => SqliteServer.create(newId),
  workstation: (identity, newId) => SqliteWorkstation.joined(identity, newId),
};
