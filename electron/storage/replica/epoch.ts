import { collections } from '../collections.ts';
import type { Connection } from '../connection.ts';
import { statement } from '../statements.ts';
import { recountDigests } from './digest-tally.ts';
import { toldCollections } from './documents.ts';
import { beginSnapshot, readState, writeState } from './replica-state.ts';

/**
 * Meets a server whose order of commits is another one after `shared`. What is known at a later place the server may have lost:
 * it waits to be offered, in the order it came here, own and received alike.
 */
export function adoptEpoch(connection: Connection, epoch: string, sharedPosition: number | null): void {
  const shared = sharedPosition ?? 0;
  const run = (sql: string) => statement(connection, sql).run({ shared });
  run(`INSERT INTO outbox (change_seq, offered) SELECT seq, 1 FROM change_sets
       WHERE server_position > @shared OR seq IN (SELECT change_seq FROM quarantine) ORDER BY seq ON CONFLICT DO NOTHING`);
  // The server may have lost its own quarantine too: it refuses them again, and keeps them.
  run('DELETE FROM quarantine WHERE @shared IS NOT NULL');
  run('UPDATE change_sets SET server_position = NULL WHERE server_position > @shared');
  run('UPDATE revisions SET server_position = NULL WHERE server_position > @shared');
  for (const collection of toldCollections) {
    const last = (column: string) => `(SELECT r.${column} FROM revisions AS r WHERE r.collection = '${collection}' AND r.document_id = d.id
      AND r.server_position IS NOT NULL ORDER BY r.server_position DESC LIMIT 1)`;
    run(`UPDATE ${collections[collection].table} AS d SET server_rev = ${last('rev')}, server_position = ${last('server_position')}
         WHERE server_position > @shared`);
  }
  // Places of the other order say nothing any more.
  run('UPDATE documents_to_fetch SET skipped_position = NULL WHERE skipped_position > @shared');
  recountDigests(connection);
  const state = readState(connection);
  writeState(connection, { epoch, position: Math.min(state.position, shared), verified_position: null });
  if (state.snapshot_under_way === 1) beginSnapshot(connection);
}
