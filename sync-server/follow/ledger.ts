import { derivedId } from '../../shared/sync/derived-id.ts';
import type { ChangeSet, WireDocument } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { ChangeSetRow, RevisionRow, UpstreamChangeSetRow, UpstreamState } from '../database/schema.ts';
import { insertAll } from '../service/flush.ts';
import { chunksOf, marks } from '../service/held.ts';
import { writeUpstream } from './upstream.ts';

/** A change set of this server as it goes up: which one, and which part of it. */
export interface Entry {
  position: number;
  part: number;
  id: string;
}

export const columns = ['organisation_id', 'position', 'part', 'id', 'state', 'upstream_position', 'refusal', 'refused_at'] as const;

export const insertEntries = (queries: Queries, rows: UpstreamChangeSetRow[]): Promise<void> =>
  insertAll(queries, 'upstream_change_sets', columns, rows.map((row) => columns.map((name) => row[name])));

/**
 * Notes what workstations have sent here since the last time as waiting to go up. What this server merged goes up too, behind
 * what it was merged from: whoever writes over a merge writes over a version that the other server can find.
 */
export async function noteNew(queries: Queries, organisationId: number, notedPosition: number): Promise<number> {
  const [counter] = await queries.rows<{ position: number }>('SELECT position FROM counters WHERE organisation_id = ?', [organisationId]);
  const head = counter?.position ?? 0;
  if (head <= notedPosition) return notedPosition;
  const range = [organisationId, notedPosition, head];
  await queries.change(
    `INSERT INTO upstream_change_sets (organisation_id, position, part, id, state, upstream_position, refusal, refused_at)
       SELECT organisation_id, position, 0, id, 'waiting', NULL, NULL, NULL FROM change_sets WHERE organisation_id = ? AND position > ? AND position <= ?`,
    range,
  );
  const merged = await queries.rows<{ position: number; id: string }>(
    `SELECT DISTINCT c.position AS position, c.id AS id FROM change_sets c JOIN revisions r ON r.organisation_id = c.organisation_id AND r.position = c.position
       WHERE c.organisation_id = ? AND c.position > ? AND c.position <= ? AND r.merged = 1`,
    range,
  );
  const rows = merged.map(({ position, id }) => ({
    organisation_id: organisationId, position, part: 1, id: derivedId('landed', id, position), state: 'waiting' as const, upstream_position: null, refusal: null, refused_at: null,
  }));
  await insertEntries(queries, rows);
  await writeUpstream(queries, organisationId, { noted_position: head });
  return head;
}

/** The oldest in a state; each id once, since what becomes of them is told by id. */
export async function listEntries({ rows: read }: Queries, organisationId: number, state: UpstreamState, limit: number): Promise<Entry[]> {
  const rows = await read<Entry>(
    `SELECT position, part, id FROM upstream_change_sets WHERE organisation_id = ? AND state = ? ORDER BY position, part LIMIT ${limit}`,
    [organisationId, state],
  );
  const again = rows.findIndex(({ id }, index) => rows.findIndex((earlier) => earlier.id === id) < index);
  return again === -1 ? rows : rows.slice(0, again);
}

/** The first of each id that waits for an answer. */
export async function findWaiting({ rows: read }: Queries, organisationId: number, ids: readonly string[]): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  for (const chunk of chunksOf(ids)) {
    const rows = await read<Entry>(
      `SELECT position, part, id FROM upstream_change_sets WHERE organisation_id = ? AND id IN (${marks(chunk.length)}) AND state IN ('waiting', 'offered') ORDER BY position, part`,
      [organisationId, ...chunk],
    );
    for (const row of rows) if (!found.has(row.id)) found.set(row.id, row);
  }
  return found;
}

export async function setState({ change }: Queries, organisationId: number, { position, part }: Entry, values: Partial<UpstreamChangeSetRow>): Promise<void> {
  const assignments = Object.keys(values).map((column) => `${column} = ?`);
  await change(`UPDATE upstream_change_sets SET ${assignments.join(', ')} WHERE organisation_id = ? AND position = ? AND part = ?`, [
    ...Object.values(values), organisationId, position, part,
  ]);
}

type WrittenRow = Omit<RevisionRow, 'organisation_id' | 'bucket' | 'compartment' | 'landed_rev' | 'superseded_position'>;
export type Written = Pick<RevisionRow, 'collection' | 'rev' | 'compartment'> & { id: string };

/** What each of these wrote and is still here, in the order of the change set. */
export async function readRevs({ rows: read }: Queries, organisationId: number, entries: readonly Entry[]): Promise<Map<Entry, Written[]>> {
  const rows: (Written & { position: number; merged: number })[] = [];
  for (const chunk of chunksOf([...new Set(entries.map(({ position }) => position))])) {
    rows.push(...(await read<Written & { position: number; merged: number }>(
      `SELECT position, merged, collection, document_id AS id, rev, compartment FROM revisions WHERE organisation_id = ? AND position IN (${marks(chunk.length)}) ORDER BY position, ordinal`,
      [organisationId, ...chunk],
    )));
  }
  const unheard = await readUnheard({ rows: read }, organisationId, entries);
  const heard = rows.filter(({ collection, id }) => !unheard.has(`${collection}/${id}`));
  return new Map(entries.map((entry) => [entry, heard.filter(byPart(entry))]));
}

/**
 * Documents of these change sets that were purged before the other server ever heard of them. They stay here: purged, they say of
 * nobody whose they were, and there is nothing there to be purged.
 */
async function readUnheard({ rows }: Pick<Queries, 'rows'>, organisationId: number, entries: readonly Entry[]): Promise<Set<string>> {
  const unheard = new Set<string>();
  for (const chunk of chunksOf([...new Set(entries.map(({ position }) => position))])) {
    const found = await rows<{ collection: string; id: string }>(
      `SELECT r.collection AS collection, r.document_id AS id FROM revisions r WHERE r.organisation_id = ? AND r.position IN (${marks(chunk.length)}) AND r.content IS NULL
         AND NOT EXISTS (SELECT 1 FROM upstream_documents k WHERE k.organisation_id = r.organisation_id AND k.document_id = r.document_id AND k.collection = r.collection)`,
      [organisationId, ...chunk],
    );
    for (const { collection, id } of found) unheard.add(`${collection}/${id}`);
  }
  return unheard;
}

const byPart = ({ position, part }: Entry) => (row: { position: number; merged: number }) => row.position === position && row.merged === part;

/** These change sets as they travel, in order. */
export async function readChangeSets({ rows: read }: Queries, organisationId: number, entries: readonly Entry[]): Promise<ChangeSet[]> {
  const positions = [...new Set(entries.map(({ position }) => position))];
  const heads = await read<ChangeSetRow>(`SELECT * FROM change_sets WHERE organisation_id = ? AND position IN (${marks(positions.length)})`, [organisationId, ...positions]);
  const versions = await read<WrittenRow>(
    `SELECT position, ordinal, collection, document_id, rev, base_rev, deleted, created_at, updated_at, updated_by, content, device_id, merged FROM revisions
       WHERE organisation_id = ? AND position IN (${marks(positions.length)}) ORDER BY position, ordinal`,
    [organisationId, ...positions],
  );
  const unheard = await readUnheard({ rows: read }, organisationId, entries);
  const headAt = new Map(heads.map((head) => [head.position, head]));
  const versionsAt = Map.groupBy(versions, ({ position }) => position);
  return entries.map((entry) => {
    const head = headAt.get(entry.position) as ChangeSetRow;
    const documents = (versionsAt.get(entry.position) ?? []).filter(byPart(entry)).map(toWire).filter(({ collection, id }) => !unheard.has(`${collection}/${id}`));
    return { id: entry.id, action: head.action, actorId: head.actor_id, deviceId: head.device_id, wallTime: head.wall_time, documents };
  });
}

const toWire = (row: WrittenRow): WireDocument => ({
  collection: row.collection, id: row.document_id, rev: row.rev, baseRev: row.base_rev, deleted: row.deleted === 1, createdAt: row.created_at, updatedAt: row.updated_at,
  updatedBy: row.updated_by, content: row.content === null ? null : (JSON.parse(row.content) as WireDocument['content']),
});

/** Of these documents, by `collection/id`, those that have work here which the other server does not have yet. */
export async function readUnsent({ rows: read }: Queries, organisationId: number, ids: readonly string[]): Promise<Set<string>> {
  const unsent = new Set<string>();
  for (const chunk of chunksOf([...new Set(ids)])) {
    const rows = await read<{ collection: string; id: string }>(
      `SELECT DISTINCT r.collection AS collection, r.document_id AS id FROM revisions r
         JOIN upstream_change_sets u ON u.organisation_id = r.organisation_id AND u.position = r.position AND u.part = r.merged
         WHERE r.organisation_id = ? AND r.document_id IN (${marks(chunk.length)}) AND u.state IN ('waiting', 'offered')`,
      [organisationId, ...chunk],
    );
    for (const { collection, id } of rows) unsent.add(`${collection}/${id}`);
  }
  return unsent;
}
