import type { Queries } from '../database/index.ts';
import type { ChangeSetRow } from '../database/schema.ts';

/** A change set as far as its own row says it. */
export type Heading = Pick<ChangeSetRow, 'position' | 'id' | 'action' | 'actor_id' | 'device_id' | 'carried_by' | 'wall_time' | 'size' | 'reaches_back' | 'landing_id'>;

const changeSetsAtOnce = 2000;
/** What a change set takes on the wire beside its content, about. */
const overhead = 300;

/**
 * The change sets after a position whose content is about so large together, at least one where there is one. Sizes are read from
 * small rows: no content is touched that will not be told.
 */
export async function readWindow({ rows: read }: Queries, organisationId: number, after: number, upTo: number, size: number): Promise<Heading[]> {
  const rows = await read<Heading>(
    `SELECT position, id, action, actor_id, device_id, carried_by, wall_time, size, reaches_back, landing_id FROM change_sets
       WHERE organisation_id = ? AND position > ? AND position <= ? ORDER BY position LIMIT ${changeSetsAtOnce}`,
    [organisationId, after, upTo],
  );
  let sum = 0;
  const end = rows.findIndex((row, index) => {
    sum += row.size + overhead;
    return index > 0 && sum > size;
  });
  return end === -1 ? rows : rows.slice(0, end);
}
