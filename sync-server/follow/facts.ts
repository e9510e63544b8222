import type { UpstreamFacts } from '../../shared/sync/admin-protocol.ts';
import type { Queries } from '../database/index.ts';
import type { UpstreamRow } from '../database/schema.ts';
import { readUnsentFigures } from './figures.ts';

const instantOrNull = (milliseconds: number | null) => (milliseconds === null ? null : new Date(milliseconds).toISOString());

/** Where the following of another server stands; no patient data. */
export async function upstreamFacts(queries: Queries, row: UpstreamRow): Promise<UpstreamFacts> {
  return {
    deviceId: row.device_id as string, address: row.address, organisationName: row.organisation_name, fingerprint: row.fingerprint, position: row.position, head: row.head,
    ...(await readUnsentFigures(queries, row)), lastSuccessAt: instantOrNull(row.success_at), lastAttemptAt: instantOrNull(row.attempt_at), lastError: row.failure,
    clockSkewMilliseconds: row.clock_skew,
    firstCopy: row.epoch === null || row.snapshot_under_way === 1 ? { received: row.snapshot_received, total: row.snapshot_total } : null, revoked: row.locked === 1,
  };
}
