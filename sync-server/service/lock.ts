import type { Queries } from '../database/index.ts';
import { refuse } from './failure.ts';
import type { Carrier } from './sessions.ts';

/** What a transaction that may land something finds once it holds the lock. */
export interface Standing {
  /** The head before it. */
  before: number;
  /** The sites that the device belongs or belonged to: what it wrote there and could not send before it was moved is still taken. */
  sites: ReadonlySet<string>;
  /** Whether the database of its organisation was ever restored from a backup. */
  restored: boolean;
  /** Whether anything of the device is in quarantine. */
  hasQuarantined: boolean;
}

/**
 * The lock that gives positions their order: the row is changed before anything is read, and stays locked to the commit. A
 * transaction that took the next position can only begin to read when this one is over. All that each of them asks for is read at
 * once: those who wait for the lock wait for every way to the database.
 */
export async function lockPosition(queries: Queries, { organisationId, deviceId }: Pick<Carrier, 'organisationId' | 'deviceId'>, epoch: string): Promise<Standing> {
  await queries.change('UPDATE counters SET position = position + 1 WHERE organisation_id = ?', [organisationId]);
  const rows = await queries.rows<{ position: number; epoch: string; siteId: string | null; restored: number; quarantined: number }>(
    `SELECT c.position AS position, c.epoch AS epoch, s.site_id AS siteId,
       EXISTS (SELECT 1 FROM epochs e WHERE e.organisation_id = c.organisation_id AND e.number > 1) AS restored,
       EXISTS (SELECT 1 FROM quarantine q WHERE q.organisation_id = c.organisation_id AND q.device_id = ?) AS quarantined
       FROM counters c LEFT JOIN device_sites s ON s.device_id = ? WHERE c.organisation_id = ?`,
    [deviceId, deviceId, organisationId],
  );
  const [row] = rows;
  if (row?.epoch !== epoch) return refuse('epoch-changed');
  return { before: row.position - 1, sites: new Set(rows.flatMap(({ siteId }) => siteId ?? [])), restored: row.restored === 1, hasQuarantined: row.quarantined === 1 };
}
