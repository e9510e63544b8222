import type { Queries } from '../database/index.ts';
import { bucketOf } from '../../shared/sync/digest.ts';
import { chunksOf, exclusionKeys, marks, type HeldVersion } from './held.ts';
import { noteLanded } from './attachment-references.ts';
import type { DigestChange, Landing } from './landing.ts';
import { wipeQuarantined } from './quarantine-wipe.ts';
import type { Carrier } from './sessions.ts';

/** Writes what a push has decided. Each kind of row in few statements: the lock on the positions is held meanwhile. */
export async function flush(queries: Queries, session: Pick<Carrier, 'organisationId'>, landing: Landing): Promise<void> {
  const { organisationId } = session;
  await supersede(queries, organisationId, landing.superseded);
  await insertAll(queries, 'revisions', revisionColumns, landing.versions.map((version) => revisionValues(organisationId, version)));
  await noteExclusions(queries, organisationId, landing.versions);
  await noteExpiries(queries, organisationId, landing.versions);
  await insertAll(queries, 'change_sets', changeSetColumns, landing.changeSets.map((row) => changeSetColumns.map((name) => row[name])));
  await insertAll(queries, 'grants', grantColumns, landing.grants.added.map((row) => grantColumns.map((name) => row[name])));
  for (const grant of landing.grants.withdrawn) {
    await queries.change('UPDATE grants SET withdrawn_position = ? WHERE organisation_id = ? AND site_id = ? AND patient_id = ? AND position = ?', [
      grant.withdrawn_position, organisationId, grant.site_id, grant.patient_id, grant.position,
    ]);
  }
  for (const version of landing.purged) await wipe(queries, organisationId, version);
  await noteLanded(queries, organisationId, landing);
  if (landing.purged.length > 0) await wipeQuarantined(queries, organisationId, landing.purged);
  await addToDigests(queries, organisationId, [...landing.digests.values()]);
  if (landing.position !== landing.counted) await queries.change('UPDATE counters SET position = ? WHERE organisation_id = ?', [landing.position, organisationId]);
}

const changeSetColumns = ['organisation_id', 'position', 'id', 'action', 'actor_id', 'device_id', 'carried_by', 'wall_time', 'size', 'reaches_back', 'landing_id'] as const;
const grantColumns = ['organisation_id', 'site_id', 'patient_id', 'position', 'withdrawn_position', 'existed'] as const;
const revisionColumns = [
  'organisation_id', 'position', 'ordinal', 'collection', 'document_id', 'rev', 'base_rev', 'compartment', 'bucket', 'deleted', 'created_at', 'updated_at', 'updated_by',
  'content', 'device_id', 'landed_rev', 'merged', 'superseded_position',
] as const;

const revisionValues = (organisationId: number, version: HeldVersion): unknown[] => [
  organisationId, version.position, version.ordinal, version.collection, version.id, version.rev, version.baseRev, version.compartment, bucketOf(version.id),
  version.deleted ? 1 : 0, version.createdAt, version.updatedAt, version.updatedBy, version.contentText, version.deviceId, version.landedRev, version.merged ? 1 : 0,
  version.supersededPosition,
];

/** Bounded by values (SQLite takes 32,766 at once) and by size (MySQL takes a packet of 16 MB by default). */
function* rowsAtOnce(rows: unknown[][]): Generator<unknown[][]> {
  let [chunk, size]: [unknown[][], number] = [[], 0];
  for (const row of rows) {
    chunk.push(row);
    size += row.reduce((sum: number, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
    if (chunk.length < 500 && size < 2_000_000) continue;
    yield chunk;
    [chunk, size] = [[], 0];
  }
  if (chunk.length > 0) yield chunk;
}

export async function insertAll(queries: Queries, table: string, columns: readonly string[], rows: unknown[][]): Promise<void> {
  const row = `(${marks(columns.length)})`;
  for (const chunk of rowsAtOnce(rows)) {
    await queries.change(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(chunk.length).fill(row).join()}`, chunk.flat());
  }
}

async function noteExclusions(queries: Queries, organisationId: number, versions: readonly HeldVersion[]): Promise<void> {
  const rows = versions.flatMap((version) => (version.landedRev === null ? exclusionKeys(version).map((key) => [organisationId, key, version.id]) : []));
  const insert = queries.kind === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
  for (const chunk of chunksOf(rows, 300)) {
    await queries.change(`${insert} INTO exclusions (organisation_id, exclusion_key, document_id) VALUES ${Array(chunk.length).fill('(?, ?, ?)').join()}`, chunk.flat());
  }
}

/** When copies of charts end that others than their sender may read. What a hub is told at once may have several versions of one. */
async function noteExpiries(queries: Queries, organisationId: number, versions: readonly HeldVersion[]): Promise<void> {
  const shared = versions.filter(({ collection, landedRev, content }) => collection === 'sharedCharts' && landedRev === null && (content?.['siteIds'] as string[] | undefined ?? []).length > 1);
  const last = [...new Map(shared.map((version) => [version.id, version])).values()];
  for (const chunk of chunksOf(last)) {
    await queries.change(`DELETE FROM shared_chart_expiries WHERE organisation_id = ? AND document_id IN (${marks(chunk.length)})`, [organisationId, ...chunk.map(({ id }) => id)]);
    await insertAll(queries, 'shared_chart_expiries', ['organisation_id', 'document_id', 'expires_at'], chunk.map(({ id, content }) => [organisationId, id, content?.['expiresAt']]));
  }
}

/** Many rows at once, each with a value of its own. */
async function supersede(queries: Queries, organisationId: number, versions: HeldVersion[]): Promise<void> {
  for (const chunk of chunksOf(versions, 50)) {
    const places = chunk.flatMap(({ position, ordinal }) => [position, ordinal]);
    const cases = chunk.flatMap(({ position, ordinal, supersededPosition }) => [position, ordinal, supersededPosition]);
    await queries.change(
      `UPDATE revisions SET superseded_position = CASE ${'WHEN position = ? AND ordinal = ? THEN ? '.repeat(chunk.length)}END
         WHERE organisation_id = ? AND (${Array(chunk.length).fill('(position = ? AND ordinal = ?)').join(' OR ')})`,
      [...cases, organisationId, ...places],
    );
  }
}

/** Purged means purged: no earlier version keeps what was in it. */
const wipe = (queries: Queries, organisationId: number, { collection, id }: HeldVersion) =>
  queries.change('UPDATE revisions SET content = NULL, deleted = 1 WHERE organisation_id = ? AND document_id = ? AND collection = ? AND content IS NOT NULL', [
    organisationId, id, collection,
  ]);

const columnsOfDigest = 'organisation_id, site_id, collection, bucket, documents, rev_sum';
const modulus = 2 ** 48;

export async function addToDigests(queries: Queries, organisationId: number, changes: DigestChange[]): Promise<void> {
  // In one order whoever writes: rows locked in different orders are what deadlocks are made of.
  const inOrder = changes.sort((one, two) => one.siteId.localeCompare(two.siteId) || one.collection.localeCompare(two.collection) || one.bucket - two.bucket);
  for (const chunk of chunksOf(inOrder, 400)) {
    const rows = chunk.flatMap(({ siteId, collection, bucket, documents, sum }) => [organisationId, siteId, collection, bucket, documents, sum]);
    const values = Array(chunk.length).fill('(?, ?, ?, ?, ?, ?)').join();
    await queries.change(
      queries.kind === 'mysql'
        ? `INSERT INTO digests (${columnsOfDigest}) VALUES ${values}
             ON DUPLICATE KEY UPDATE documents = documents + VALUES(documents), rev_sum = (rev_sum + VALUES(rev_sum)) % ${modulus}`
        : `INSERT INTO digests (${columnsOfDigest}) VALUES ${values} ON CONFLICT (organisation_id, site_id, collection, bucket)
             DO UPDATE SET documents = documents + excluded.documents, rev_sum = (rev_sum + excluded.rev_sum) % ${modulus}`,
      rows,
    );
  }
}
