import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { appendFile, copyRange } from './copy-range.ts';
import { damagedTables } from './check-tables.ts';
import { openConnection } from './connection.ts';
import { hubDatabaseKey, hubDatabasePath, readHub, writeHub } from './hub-facts.ts';
import { toStorageError } from './sqlite-errors.ts';

/** Where a hub's database lies in a backup: behind the workstation's. */
export interface HubPayload {
  bytes: number;
  sha256: string;
}

/**
 * Appends the hub's database to the copy of the workstation's at `path`, which says what opens it. Undefined where there is no hub,
 * and where its database cannot be read: what is in it is on the workstations too, and must not keep the clinic without a backup.
 */
export function appendHub(databasePath: string, databaseKey: Uint8Array, path: string): HubPayload | undefined {
  const hubPath = hubDatabasePath(dirname(databasePath));
  const key = hubKeyIn(path, databaseKey);
  if (key === undefined || !existsSync(hubPath)) return undefined;
  const copy = `${path}.hub`;
  try {
    vacuumInto(hubPath, key, copy);
    return isSound(copy, key) ? appendFile(copy, path) : undefined;
  } catch (error) {
    if (toStorageError(error)?.code === 'database-damaged') return undefined;
    throw error;
  } finally {
    rmSync(copy, { force: true });
  }
}

/**
 * Takes the hub's database out of a backup into the folder of the workstation's that was taken out already, and has it say at its
 * next start that it was restored. Not where the profile's own one opens with the same key and is sound: that one knows
 * more, and what it holds of workstations that are gone may be nowhere else.
 */
export function extractHub(backupPath: string, { bytes, sha256 }: HubPayload, from: number, restored: { path: string; databaseKey: Uint8Array; profile: string }): 'extracted' | 'kept' | 'damaged' {
  const key = hubKeyIn(restored.path, restored.databaseKey);
  const present = hubDatabasePath(restored.profile);
  if (key === undefined || (existsSync(present) && opensSound(present, key))) return 'kept';
  const path = hubDatabasePath(dirname(restored.path));
  if (copyRange(backupPath, path, { from, length: bytes }) !== sha256 || !opensSound(path, key)) return 'damaged';
  const database = openConnection(restored.path, restored.databaseKey, { mustExist: true });
  try {
    const facts = readHub({ connection: database });
    if (facts !== undefined) writeHub({ connection: database }, { ...facts, restored: true });
  } finally {
    database.close();
  }
  return 'extracted';
}

function hubKeyIn(path: string, databaseKey: Uint8Array): Uint8Array | undefined {
  const connection = openConnection(path, databaseKey, { readonly: true });
  try {
    const facts = readHub({ connection });
    return facts && hubDatabaseKey(facts);
  } finally {
    connection.close();
  }
}

function vacuumInto(from: string, key: Uint8Array, path: string): void {
  const source = openConnection(from, key, { readonly: true });
  try {
    source.prepare('VACUUM INTO @path').run({ path });
  } finally {
    source.close();
  }
}

function isSound(path: string, key: Uint8Array): boolean {
  const connection = openConnection(path, key, { readonly: true });
  try {
    return damagedTables(connection, 'with search', () => undefined).length === 0;
  } finally {
    connection.close();
  }
}

function opensSound(path: string, key: Uint8Array): boolean {
  try {
    return isSound(path, key);
  } catch (error) {
    if (toStorageError(error)?.code === 'database-damaged') return false;
    throw error;
  }
}
