import { bucketOf, sumAfter } from '../../shared/sync/digest.ts';
import { placement, type PlacementInput } from './placement.ts';

/** What the workers of the server do: pure functions of what they are given, so that any thread can do any of them. */
export interface JobInputs {
  /** Usage of one day as measured: one series a row of the report. */
  'usage-report': { day: string; series: { name: string; metric: string; values: number[] }[] };
  /** What an organisation's documents are, and the digests that the server keeps of them. */
  'digest-check': { documents: { collection: string; id: string; rev: string }[]; digests: { collection: string; bucket: number; documents: number; sum: number }[] };
  /** Where the machines of a cloud should go. */
  placement: PlacementInput;
}
export type JobKind = keyof JobInputs;

/** Texts, as kept with the job. */
export const jobFunctions: { [Kind in JobKind]: (input: JobInputs[Kind]) => string | Promise<string> } = { 'usage-report': usageReport, 'digest-check': digestCheck, placement };

/** CSV: resource, metric, measurements, mean, median, 95th percentile, greatest. */
function usageReport({ day, series }: JobInputs['usage-report']): string {
  const rows = series.map(({ name, metric, values }) => {
    const sorted = Float64Array.from(values).sort();
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
    return [day, quoted(name), metric, sorted.length, ...[mean, at(0.5), at(0.95), at(1)].map((value) => value.toFixed(3))].join();
  });
  return ['day,resource,metric,measurements,mean,median,percentile95,greatest', ...rows].join('\r\n') + '\r\n';
}

/** A cell that begins like a formula would be one in a spreadsheet. */
const quoted = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** JSON: buckets whose digest is not that of their documents. */
function digestCheck({ documents, digests }: JobInputs['digest-check']): string {
  const counted = new Map<string, { documents: number; sum: number }>();
  for (const { collection, id, rev } of documents) {
    const key = `${collection} ${bucketOf(id)}`;
    const before = counted.get(key) ?? { documents: 0, sum: 0 };
    counted.set(key, { documents: before.documents + 1, sum: sumAfter(before.sum, undefined, rev) });
  }
  const kept = new Map(digests.map(({ collection, bucket, ...digest }) => [`${collection} ${bucket}`, digest]));
  const differing = [...new Set([...counted.keys(), ...kept.keys()])].filter((key) => {
    const [one, other] = [counted.get(key) ?? { documents: 0, sum: 0 }, kept.get(key) ?? { documents: 0, sum: 0 }];
    return one.documents !== other.documents || one.sum !== other.sum;
  });
  return JSON.stringify({ documents: documents.length, differing: differing.sort() });
}
