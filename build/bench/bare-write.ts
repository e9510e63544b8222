import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection, type Connection } from '../../electron/storage/connection.ts';

/** The least that durable writing can cost: rows in a table of two columns, encrypted, WAL, synchronous=FULL. */
export interface BareWriter {
  connection: Connection;
  /** One row in one transaction. */
  write(id: string, content: string): void;
  remove(): void;
}

export function bareWriter(profile: string, key: Uint8Array): BareWriter {
  const folder = mkdtempSync(join(profile, 'bare-'));
  const connection = openConnection(join(folder, 'bare.db'), key);
  connection.exec('CREATE TABLE documents (id TEXT PRIMARY KEY, content TEXT) STRICT');
  const insert = connection.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?)');
  const write = connection.transaction((id: string, content: string) => insert.run(id, content));
  return {
    connection,
    write: (id, content) => void write.immediate(id, content),
    remove: () => {
      connection.close();
      rmSync(folder, { recursive: true });
    },
  };
}
