import type { Queries } from '../database/index.ts';

/** In the transaction that names, renames or moves a workstation: everybody is told the names anew. */
export async function noteNamesChanged(queries: Queries, organisationId: number): Promise<void> {
  await queries.change('UPDATE counters SET names_version = names_version + 1 WHERE organisation_id = ?', [organisationId]);
}
