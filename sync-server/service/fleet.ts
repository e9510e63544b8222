import type { AdminAnswers, FleetDevice } from '../../shared/sync/admin-protocol.ts';
import type { Report } from '../../shared/sync/protocol.ts';
import type { DeviceRow } from '../database/schema.ts';
import { upstreamFacts } from '../follow/facts.ts';
import { readUpstream } from '../follow/upstream.ts';
import type { ServiceContext } from './context.ts';
import type { Session } from './sessions.ts';

export async function readFleet({ database, ...context }: ServiceContext, session: Session): Promise<AdminAnswers['fleet']> {
  const { organisationId, head } = session;
  const devices = await database.kysely.selectFrom('devices').selectAll().where('organisation_id', '=', organisationId).orderBy('workstation_number').execute();
  const held = await database.rows<{ deviceId: string; held: number }>(
    'SELECT device_id AS deviceId, COUNT(*) AS held FROM quarantine WHERE organisation_id = ? GROUP BY device_id',
    [organisationId],
  );
  const upstream = await readUpstream(database, organisationId);
  const behind = await database.rows<{ hubId: string; workstations: number }>(
    'SELECT hub_id AS hubId, COUNT(*) AS workstations FROM served_workstations WHERE organisation_id = ? GROUP BY hub_id',
    [organisationId],
  );
  const behindHub = new Map(behind.map(({ hubId, workstations }) => [hubId, workstations]));
  const heldBy = new Map(held.map((row) => [row.deviceId, row.held]));
  return {
    head, sites: await readSites(database, organisationId), devices: devices.map((device) => ({ ...factsOf(device, head, heldBy.get(device.id) ?? 0, behindHub.get(device.id) ?? 0), serves: device.id === context.hostDeviceId() })),
    askingDeviceId: session.deviceId, now: context.now().toISOString(),
    upstream: upstream === undefined ? null : await upstreamFacts(database, upstream),
  };
}

async function readSites(database: ServiceContext['database'], organisationId: number): Promise<{ id: string; name: string }[]> {
  const rows = await database.rows<{ id: string; content: string }>(
    `SELECT document_id AS id, content FROM revisions WHERE organisation_id = ? AND collection = 'sites' AND superseded_position IS NULL AND deleted = 0 AND content IS NOT NULL
       ORDER BY document_id`,
    [organisationId],
  );
  return rows.map(({ id, content }) => ({ id, name: (JSON.parse(content) as { name: string }).name }));
}

const instant = (milliseconds: number) => new Date(milliseconds).toISOString();
const instantOrNull = (milliseconds: number | null) => (milliseconds === null ? null : instant(milliseconds));

/** As it is kept: whom it serves is kept beside it. */
type KeptReport = Omit<Report, 'served'> & { servesOthers: boolean };

function factsOf(device: DeviceRow, head: number, heldInQuarantine: number, workstations: number): Omit<FleetDevice, 'serves'> {
  const kept = device.report === null ? null : (JSON.parse(device.report) as KeptReport);
  const report = kept === null || device.reported_at === null ? null : reportOf(kept, device.reported_at);
  const position = kept?.position ?? 0;
  return {
    deviceId: device.id, name: device.name, siteId: device.site_id, workstationNumber: device.workstation_number, state: device.state, mayAdminister: device.may_administer === 1,
    enrolledAt: instant(device.enrolled_at), replaces: device.replaces, copyFoundAt: instantOrNull(device.copy_found_at), restoreFoundAt: instantOrNull(device.restore_found_at),
    appVersion: device.app_version, lastSeenAt: instantOrNull(device.seen_at), clockSkewMilliseconds: device.clock_skew, heldInQuarantine,
    position, behind: Math.max(0, head - position), report, hub: kept?.servesOthers === true ? { workstations } : null,
  };
}

const reportOf = (report: KeptReport, reportedAt: number): FleetDevice['report'] => ({
  receivedAt: instant(reportedAt), lastSuccessAt: report.lastSuccessAt, unsent: report.unsent, oldestUnsentAt: report.oldestUnsentAt, quarantined: report.quarantined,
  openConflicts: report.openConflicts, dataBytes: report.dataBytes, lastError: report.lastError, digestsDiffered: report.digestsDiffered,
});

const pointsAtMost = 500;

export async function readLag({ database, ...context }: ServiceContext, { organisationId }: Session, hours: number): Promise<AdminAnswers['lag']> {
  const rows = await database.rows<{ deviceId: string; at: number; behind: number; unsent: number }>(
    `SELECT p.device_id AS deviceId, p.received_at AS at, p.behind AS behind, p.unsent AS unsent FROM reports p JOIN devices d ON d.id = p.device_id
       WHERE d.organisation_id = ? AND p.received_at >= ? ORDER BY p.device_id, p.received_at`,
    [organisationId, context.now().getTime() - hours * 3600 * 1000],
  );
  const byDevice = Map.groupBy(rows, ({ deviceId }) => deviceId);
  return {
    devices: [...byDevice].map(([deviceId, points]) => ({
      deviceId,
      points: thinned(points).map(({ at, behind, unsent }) => ({ at: instant(at), behind, unsent })),
    })),
  };
}

/** Every n-th point, so that the first and the shape remain. */
function thinned<Point>(points: Point[]): Point[] {
  const step = Math.ceil(points.length / pointsAtMost);
  return points.filter((_point, index) => index % step === 0);
}
