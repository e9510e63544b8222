import { createHash } from 'node:crypto';
import type { ResourceAnswers, SampleMetric } from '../../shared/sync/resource-protocol.ts';
import type { Queries } from '../database/index.ts';
import type { Sample } from '../providers/provider.ts';
import { chunksOf, marks } from '../service/held.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * How long what is kept. 0: as measured. The others are means over so many seconds, added to with each measurement, so that what
 * is thrown away after a day has been in them from the start.
 */
const levels = [
  { resolution: 0, keptFor: day },
  { resolution: 300, keptFor: 31 * day },
  { resolution: 3600, keptFor: 366 * day },
] as const;

/** Amounts are kept as whole thousandths: sums of any number of them are exact, on every kind of database. */
const thousandths = 1000;
const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

export async function keepSamples(queries: Queries, organisationId: number, provider: string, samples: readonly Sample[], at: number): Promise<void> {
  const series = await seriesOf(queries, organisationId, provider, samples);
  const rows = samples.flatMap(({ providerKey, metric, value }) => {
    const id = series.get(`${hashOf(providerKey)} ${metric}`);
    return levels.map(({ resolution }) => [id, resolution, resolution === 0 ? at : at - (at % (resolution * 1000)), Math.round(value * thousandths), 1]);
  });
  for (const chunk of chunksOf(rows, 300)) {
    const values = Array(chunk.length).fill('(?, ?, ?, ?, ?)').join();
    await queries.change(
      queries.kind === 'mysql'
        ? `INSERT INTO samples (series_id, resolution, at, total, number) VALUES ${values} ON DUPLICATE KEY UPDATE total = total + VALUES(total), number = number + VALUES(number)`
        : `INSERT INTO samples (series_id, resolution, at, total, number) VALUES ${values}
             ON CONFLICT (series_id, resolution, at) DO UPDATE SET total = total + excluded.total, number = number + excluded.number`,
      chunk.flat(),
    );
  }
}

async function seriesOf(queries: Queries, organisationId: number, provider: string, samples: readonly Sample[]): Promise<Map<string, number>> {
  const known = await readSeries(queries, organisationId, provider);
  const fresh = samples.filter(({ providerKey, metric }) => !known.has(`${hashOf(providerKey)} ${metric}`));
  if (fresh.length === 0) return known;
  for (const chunk of chunksOf(fresh, 500)) {
    const ignore = queries.kind === 'mysql' ? 'INSERT IGNORE INTO' : 'INSERT OR IGNORE INTO';
    await queries.change(
      `${ignore} sample_series (organisation_id, provider, key_hash, provider_key, metric) VALUES ${Array(chunk.length).fill('(?, ?, ?, ?, ?)').join()}`,
      chunk.flatMap(({ providerKey, metric }) => [organisationId, provider, hashOf(providerKey), providerKey, metric]),
    );
  }
  return readSeries(queries, organisationId, provider);
}

async function readSeries(queries: Queries, organisationId: number, provider: string): Promise<Map<string, number>> {
  const rows = await queries.rows<{ id: number; hash: string; metric: string }>(
    'SELECT id, key_hash AS hash, metric FROM sample_series WHERE organisation_id = ? AND provider = ?', [organisationId, provider],
  );
  return new Map(rows.map(({ id, hash, metric }) => [`${hash} ${metric}`, id]));
}

/** Throws away what is older than its level is kept for. */
export async function thinSamples(queries: Queries, now: number): Promise<void> {
  for (const { resolution, keptFor } of levels) await queries.change('DELETE FROM samples WHERE resolution = ? AND at < ?', [resolution, now - keptFor]);
}

/** Each series at the finest level that still reaches back to `from` and gives no more points than a chart can show. */
const pointsShown = 2000;

export async function readSamples(
  queries: Queries, organisationId: number, wanted: { provider: string; keys: readonly string[]; from: string; to: string; sum?: boolean | undefined }, now: number,
): Promise<ResourceAnswers['resources.samples']> {
  const [from, to] = [Date.parse(wanted.from), Date.parse(wanted.to)];
  const fits = levels.find(({ resolution, keptFor }) => from >= now - keptFor && (to - from) / (Math.max(resolution, 30) * 1000) <= pointsShown);
  const { resolution } = fits ?? levels[levels.length - 1] ?? { resolution: 3600 };
  const series: ResourceAnswers['resources.samples']['series'] = [];
  for (const chunk of chunksOf(wanted.keys, 500)) {
    const rows = await queries.rows<{ providerKey: string; metric: SampleMetric; at: number; total: number; number: number }>(
      `SELECT s.provider_key AS providerKey, s.metric AS metric, p.at AS at, p.total AS total, p.number AS number
         FROM sample_series s JOIN samples p ON p.series_id = s.id AND p.resolution = ? AND p.at >= ? AND p.at <= ?
         WHERE s.organisation_id = ? AND s.provider = ? AND s.key_hash IN (${marks(chunk.length)}) ORDER BY s.id, p.at`,
      [resolution, resolution === 0 ? from : from - (from % (resolution * 1000)), to, organisationId, wanted.provider, ...chunk.map(hashOf)],
    );
    for (const { providerKey, metric, at, total, number } of rows) {
      const last = series.at(-1);
      const mine = last?.providerKey === providerKey && last.metric === metric ? last : { providerKey, metric, resolution, points: [] };
      if (mine !== last) series.push(mine);
      mine.points.push([at, total / number / thousandths]);
    }
  }
  return { series: wanted.sum === true ? summed(series) : series };
}

/** Measurements of one provider are taken at the same moments. A moment at which a resource was not measured lacks its part. */
function summed(series: ResourceAnswers['resources.samples']['series']): ResourceAnswers['resources.samples']['series'] {
  return [...Map.groupBy(series, ({ metric }) => metric)].map(([metric, of]) => {
    const totals = new Map<number, number>();
    for (const [at, value] of of.flatMap(({ points }) => points)) totals.set(at, (totals.get(at) ?? 0) + value);
    return { providerKey: '', metric, resolution: of[0]?.resolution ?? 0, points: [...totals].sort(([a], [b]) => a - b) };
  });
}
