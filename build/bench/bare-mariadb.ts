import { createConnection } from 'mysql2/promise';
import { v7 } from 'uuid';
import type { Central } from './sync-central.ts';

/** The least that the server's durable writing can cost: rows of the same content in a table of two columns. */
export interface BareMariadb {
  /** All of them in one transaction. */
  insert(contents: unknown[]): Promise<void>;
  close(): Promise<void>;
}

export async function bareMariadb(central: Central): Promise<BareMariadb> {
  const connection = await createConnection(await central.createDatabase());
  await connection.query('CREATE TABLE documents (id CHAR(36) PRIMARY KEY, content LONGTEXT) ENGINE=InnoDB');
  return {
    insert: async (contents) => void (await connection.query('INSERT INTO documents VALUES ?', [contents.map((content) => [v7(), JSON.stringify(content)])])),
    close: () => connection.end(),
  };
}
