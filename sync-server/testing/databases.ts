import { mkdtempSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { DatabaseOptions } from '../database/index.ts';
import { hasMariadb, startMariadb, type Mariadb } from './mariadb.ts';

/** Makes an empty database of its own for each caller. */
export type MakeDatabase = () => Promise<DatabaseOptions>;

/** One suite, on every kind of database that a server runs on. */
export function onEachDatabase(title: string, suite: (make: MakeDatabase, mariadb: () => Mariadb | undefined) => void): void {
  describe(`${title}, on SQLite`, () => suite(makeSqlite, () => undefined));
  onMariadb(title, suite);
}

export function onMariadb(title: string, suite: (make: MakeDatabase, mariadb: () => Mariadb) => void): void {
  if (!hasMariadb) writeSync(2, `MariaDB is not installed: "${title}" is not tested on it\n`);
  describe.skipIf(!hasMariadb)(`${title}, on MariaDB`, () => {
    let mariadb: Mariadb | undefined;
    const running = () => mariadb as Mariadb;
    beforeAll(async () => {
      mariadb = await startMariadb();
    });
    afterAll(() => mariadb?.stop());
    suite(async () => ({ kind: 'mysql', url: await running().createDatabase() }), running);
  });
}

const makeSqlite: MakeDatabase = async () => ({ kind: 'sqlite', path: join(mkdtempSync(join(tmpdir(), 'sync-server-')), 'server.db') });
