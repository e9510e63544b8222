import type { ServerDatabase } from '../database/index.ts';

const tables = [
  'organisations', 'counters', 'epochs', 'devices', 'audiences', 'device_sites', 'enrolment_codes', 'sessions', 'change_sets', 'revisions', 'grants', 'aliases', 'exclusions', 'digests', 'quarantine', 'quarantined_documents', 'reports', 'attachment_references', 'attachments', 'attachment_chunks',
];

export type Backup = Map<string, Record<string, unknown>[]>;

/** All that a database holds. */
export async function readAll(database: ServerDatabase): Promise<Backup> {
  const backup: Backup = new Map();
  for (const table of tables) backup.set(table, await database.rows(`SELECT * FROM ${table}`));
  return backup;
}

/** Makes a database hold what it held when it was read: a restore, as the server sees it. */
export async function writeAll(database: ServerDatabase, backup: Backup): Promise<void> {
  await database.transaction(async (queries) => {
    for (const [table, rows] of backup) {
      await queries.change(`DELETE FROM ${table}`);
      for (const row of rows) {
        const names = Object.keys(row);
        await queries.change(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`, Object.values(row));
      }
    }
  });
}
