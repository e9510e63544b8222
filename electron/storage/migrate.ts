import { fail } from '../../shared/errors.ts';
import type { Connection } from './connection.ts';
import { finishDeferredWork } from './deferred-work.ts';
import { migrations } from './migrations/index.ts';

/** The schema version of an open database: 0 when empty. */
export function readSchemaVersion(connection: Connection): number {
  return connection.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings a database to the newest version, each step in a transaction of its own. `beforeFirstStep` runs when a
 * non-empty database is about to change, and makes the backup to go back to. Fails with `database-newer`
 * when a later program wrote it: opening it could lose what this one does not know.
 */
export function migrate(connection: Connection, beforeFirstStep: (from: number) => void = () => undefined): void {
  const from = readSchemaVersion(connection);
  if (from > migrations.length) fail({ code: 'database-newer', found: from, supported: migrations.length });
  if (from > 0 && from < migrations.length) {
    beforeFirstStep(from);
    // A step may name what is not there yet.
    finishDeferredWork(connection);
  }
  migrations.slice(from).forEach((step, index) => {
    connection.transaction(() => {
      step(connection);
      connection.pragma(`user_version = ${from + index + 1}`);
    }).immediate();
  });
}
