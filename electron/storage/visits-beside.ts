import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { attachBeside, type Connection } from './connection.ts';
import { readDeferred, writeDeferred } from './deferred-work.ts';
import { stateOf, type VisitsBeside } from './enter-visits-beside.ts';
import { runTask } from './run-task.ts';
import { unattended } from './work.ts';

/** The visits of fewer documents are entered before another thread has begun. */
export const worthAnotherThread = 100_000;

const pathIn = (profile: string): string => join(profile, 'visits.db');

/** The file, where there is one: a kill leaves it behind. */
export function removeVisitsBeside(profile: string): void {
  for (const suffix of ['', '-journal']) rmSync(`${pathIn(profile)}${suffix}`, { force: true });
}

interface Place {
  profile: string;
  databaseKey: Uint8Array;
}

/**
 * Has a worker enter the visits of a store whose visits were put off, while `meanwhile` makes up for other work here, and takes them over. Where
 * that is stopped or the worker fails they are still put off. What is left is for {@link import('./deferred-work.ts').doDeferredWork}.
 */
export async function enteringVisitsBeside(connection: Connection, place: Place, signal: AbortSignal, meanwhile: () => Promise<void>): Promise<void> {
  removeVisitsBeside(place.profile);
  const entering = enterBeside(place, signal);
  try {
    await meanwhile();
    const visits = await entering;
    if (visits !== undefined && !signal.aborted) takeVisits(connection, place.databaseKey, visits);
  } finally {
    await entering;
    removeVisitsBeside(place.profile);
  }
}

async function enterBeside({ profile, databaseKey }: Place, signal: AbortSignal): Promise<VisitsBeside | undefined> {
  try {
    return await runTask('enter-visits', { databasePath: join(profile, 'outpost.db'), databaseKey, path: pathIn(profile) }, { ...unattended, signal });
  } catch {
    return undefined;
  }
}

/**
 * Takes visits that were entered beside into a store whose other indices are made. Answers whether it did: nothing happens where the documents
 * are others by now, or somebody has made up for what was put off.
 */
export function takeVisits(connection: Connection, databaseKey: Uint8Array, { path, of }: VisitsBeside): boolean {
  attachBeside(connection, path, databaseKey);
  try {
    return connection.transaction(() => {
      const deferred = readDeferred(connection);
      if (deferred === undefined || deferred.indices.length > 0 || !isDeepStrictEqual(of, stateOf(connection))) return false;
      connection.exec('DELETE FROM main.visits');
      // Into an empty table with the same indices SQLite copies entries as they are, and makes none anew.
      for (const index of deferred.indicesOfVisits) connection.exec(index);
      connection.exec('INSERT INTO main.visits SELECT * FROM beside.visits');
      writeDeferred(connection, { ...deferred, visitsUpTo: of.records, indicesOfVisits: [] });
      return true;
    }).immediate();
  } finally {
    connection.exec('DETACH beside');
  }
}
