import { openConnection } from './connection.ts';
import { runTask } from './run-task.ts';
import { unattended } from './work.ts';

/** A store by its file. */
export interface StoreFile {
  databasePath: string;
  databaseKey: Uint8Array;
}

/**
 * Brings what stands in the log of a store into its database, with a connection of its own; blocks its thread. Others read and write
 * meanwhile: what they are at stays in the log.
 */
export function checkpoint({ databasePath, databaseKey }: StoreFile): void {
  const connection = openConnection(databasePath, databaseKey, { mustExist: true });
  try {
    connection.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    connection.close();
  }
}

/** As {@link checkpoint}, in a worker. Where that is stopped or fails, as on a full disk, a later commit does it. */
export async function checkpointBeside({ databasePath, databaseKey }: StoreFile, signal: AbortSignal): Promise<void> {
  try {
    await runTask('checkpoint', { databasePath, databaseKey }, { ...unattended, signal });
  } catch {
    // Nothing is lost: all of it stands in the log.
  }
}
