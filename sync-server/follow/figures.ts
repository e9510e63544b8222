import type { Report } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { UpstreamRow } from '../database/schema.ts';

export interface Unsent {
  unsent: number;
  /** When the oldest of them was written, by the clock of the workstation that wrote it. */
  oldestUnsentAt: string | null;
  quarantined: number;
}

/** What waits to go up, and what was refused. Change sets that have not been looked at yet wait too. */
export async function readUnsentFigures({ rows }: Queries, { organisation_id: organisationId, noted_position: noted }: UpstreamRow): Promise<Unsent> {
  const states = await rows<{ state: string; count: number; first: number }>(
    'SELECT state, COUNT(DISTINCT position) AS count, MIN(position) AS first FROM upstream_change_sets WHERE organisation_id = ? GROUP BY state',
    [organisationId],
  );
  const of = (state: string) => states.find((row) => row.state === state);
  const [fresh] = await rows<{ count: number; first: number | null }>('SELECT COUNT(*) AS count, MIN(position) AS first FROM change_sets WHERE organisation_id = ? AND position > ?', [organisationId, noted]);
  const first = [of('waiting')?.first, of('offered')?.first, fresh?.first].filter((position) => typeof position === 'number');
  const [oldest] = first.length === 0 ? [] : await rows<{ at: string }>('SELECT wall_time AS at FROM change_sets WHERE organisation_id = ? AND position = ?', [organisationId, Math.min(...first)]);
  return { unsent: (of('waiting')?.count ?? 0) + (of('offered')?.count ?? 0) + (fresh?.count ?? 0), oldestUnsentAt: oldest?.at ?? null, quarantined: of('refused')?.count ?? 0 };
}

/** What this server tells the one it follows of itself. */
export async function readFigures(queries: Queries, upstream: UpstreamRow): Promise<Omit<Report, 'at' | 'appVersion' | 'position' | 'digestsDiffered' | 'namesTag' | 'served'>> {
  const [conflicts] = await queries.rows<{ content: string | null; count: number }>(
    `SELECT COUNT(*) AS count FROM revisions WHERE organisation_id = ? AND collection = 'conflicts' AND superseded_position IS NULL AND deleted = 0 AND content LIKE '%"status":"open"%'`,
    [upstream.organisation_id],
  );
  return {
    ...(await readUnsentFigures(queries, upstream)), openConflicts: conflicts?.count ?? 0, dataBytes: await readBytes(queries), lastError: upstream.failure,
    lastSuccessAt: upstream.success_at === null ? null : new Date(upstream.success_at).toISOString(),
  };
}

async function readBytes({ kind, rows }: Queries): Promise<number> {
  const [row] = await rows<{ bytes: number | null }>(
    kind === 'sqlite'
      ? 'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()'
      : 'SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  return Number(row?.bytes ?? 0);
}
