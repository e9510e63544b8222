import { Violation } from '../../shared/sync/simulator/checks.ts';
import type { ServerDatabase } from '../database/index.ts';

interface Standing {
  name: string;
  rev: string;
}
const standing = `SELECT DISTINCT c.collection || '/' || c.document_id AS name, c.rev AS rev FROM revisions c`;
const byName = (rows: Standing[]): ReadonlyMap<string, string> => new Map(rows.map(({ name, rev }) => [name, rev]));

/** The current versions of documents of which a hub has work that its central does not have yet. */
export const unsentOf = async (database: ServerDatabase): Promise<ReadonlyMap<string, string>> =>
  byName(await database.rows<Standing>(
    `${standing} JOIN revisions r ON r.document_id = c.document_id AND r.collection = c.collection JOIN upstreams s
       LEFT JOIN upstream_change_sets u ON u.position = r.position AND u.part = r.merged
       WHERE c.superseded_position IS NULL AND (u.state IN ('waiting', 'offered') OR r.position > s.noted_position)`,
  ));

/** What waits to go up stays what the workstations of a hub see, whatever came down meanwhile. */
export async function assertUnsentStands(database: ServerDatabase, unsent: ReadonlyMap<string, string>): Promise<void> {
  if (unsent.size === 0) return;
  const after = byName(await database.rows<Standing>(`${standing} WHERE c.superseded_position IS NULL`));
  for (const [name, rev] of unsent) {
    if (after.get(name) !== rev) throw new Violation('unsent-replaced', `${name} had unsent work at a hub, stood as ${rev}, and stands as ${String(after.get(name))}`);
  }
}
