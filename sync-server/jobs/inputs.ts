import type { CloudContext } from '../resources/cloud.ts';
import { everySite } from '../service/landing.ts';

const day = 24 * 3600_000;

/** The usage of a day, as measured while that is kept, and otherwise by the finest means there are. */
export async function addUsageReport({ database, jobs }: CloudContext, organisationId: number, wanted: { provider: string; day: string }): Promise<{ jobId: string }> {
  const from = Date.parse(wanted.day);
  const read = (resolution: number) =>
    database.rows<{ id: number; name: string; metric: string; total: number; number: number }>(
      `SELECT s.id AS id, s.provider_key AS name, s.metric AS metric, p.total AS total, p.number AS number FROM sample_series s JOIN samples p ON p.series_id = s.id
         WHERE s.organisation_id = ? AND s.provider = ? AND p.resolution = ? AND p.at >= ? AND p.at < ? ORDER BY s.id, p.at`,
      [organisationId, wanted.provider, resolution, from, from + day],
    );
  let rows = await read(0);
  for (const coarser of [300, 3600]) if (rows.length === 0) rows = await read(coarser);
  const series = new Map<number, { name: string; metric: string; values: number[] }>();
  for (const { id, name, metric, total, number } of rows) {
    const one = series.get(id) ?? { name, metric, values: [] };
    one.values.push(total / number / 1000);
    series.set(id, one);
  }
  return jobs.add(organisationId, 'usage-report', { day: wanted.day, series: [...series.values()] }, rows.length);
}

/** What every site holds: users, sites, the inventory. A position is read in one transaction, so that none lands in between. */
export async function addDigestCheck({ database, jobs }: CloudContext, organisationId: number): Promise<{ jobId: string }> {
  const input = await database.transaction(async (queries) => ({
    documents: await queries.rows<{ collection: string; id: string; rev: string }>(
      'SELECT collection, document_id AS id, rev FROM revisions WHERE organisation_id = ? AND compartment = ? AND superseded_position IS NULL', [organisationId, everySite],
    ),
    digests: await queries.rows<{ collection: string; bucket: number; documents: number; sum: number }>(
      'SELECT collection, bucket, documents, rev_sum AS sum FROM digests WHERE organisation_id = ? AND site_id = ?', [organisationId, everySite],
    ),
  }));
  return jobs.add(organisationId, 'digest-check', input, input.documents.length);
}
