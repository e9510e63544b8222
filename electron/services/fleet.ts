import type { CallParsed } from '../../shared/contract/index.ts';
import type { EnrolmentCode, Fleet, FleetAlarm, FleetLag, FleetWorkstation } from '../../shared/contract/sync.ts';
import { fail } from '../../shared/errors.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { AdminAnswers, AdminMessageName, FleetDevice } from '../../shared/sync/admin-protocol.ts';
import { LinkError } from '../../sync-server/client/server-link.ts';
import { day, skewTolerated, staleAfter, stuckAfter } from './alarm-limits.ts';
import type { Context } from './context.ts';
import { refusalOf } from './joining.ts';
import { toFleetUpstream } from './upstream.ts';

/**
 * What an admin sees of all workstations and does to them. The server knows; this workstation asks it. All of these fail with
 * `not-enrolled`, `server-unreachable` or `server-refused`.
 */
export async function listFleet(context: Context): Promise<Fleet> {
  const { head, sites, devices, askingDeviceId, now, upstream } = await ask(context, 'fleet', {});
  const siteNames = new Map(sites.map(({ id, name }) => [id, name]));
  const newest = devices.map(({ appVersion }) => appVersion).sort(byVersion).at(-1);
  return {
    head,
    sites,
    workstations: devices.map((device) => ({
      ...toWorkstation(device),
      siteName: siteNames.get(device.siteId) ?? '',
      self: device.deviceId === askingDeviceId,
      alarms: alarmsOf(device, { now: Date.parse(now), newest }),
    })),
    ...(upstream !== null && { upstream: toFleetUpstream(upstream, Date.parse(now)) }),
  };
}

export async function fleetLag(context: Context, { hours }: CallParsed<'fleet.lag'>): Promise<FleetLag[]> {
  return (await ask(context, 'lag', { hours })).devices;
}

export async function createEnrolmentCode(context: Context, { siteId }: CallParsed<'fleet.createCode'>): Promise<EnrolmentCode> {
  const { code, expiresAt, siteId: forSite } = await ask(context, 'create-code', siteId === undefined ? {} : { siteId });
  record(context, 'enrolment-code.created');
  return { code, expiresAt, ...(forSite !== null && { siteId: forSite }) };
}

export async function renameWorkstation(context: Context, input: CallParsed<'fleet.rename'>): Promise<null> {
  await ask(context, 'rename', input);
  return record(context, 'workstation.renamed');
}

export async function revokeWorkstation(context: Context, input: CallParsed<'fleet.revoke'>): Promise<null> {
  await ask(context, 'revoke', input);
  return record(context, 'workstation.revoked');
}

export async function moveWorkstation(context: Context, input: CallParsed<'fleet.move'>): Promise<null> {
  await ask(context, 'move', input);
  return record(context, 'workstation.moved');
}

function record({ store, actor }: Context, action: AuditAction): null {
  store.record({ actor, action });
  return null;
}

const answerAllowed = 15_000;

/** Asks the server on behalf of the signed-in admin; `allowed` is in milliseconds. Fails with `not-enrolled`, `server-unreachable` or `server-refused`. */
export async function ask<Name extends AdminMessageName>({ workstation, actor }: Context, name: Name, body: object, allowed = answerAllowed): Promise<AdminAnswers[Name]> {
  if (workstation.sync.serverFacts === undefined) fail({ code: 'not-enrolled' });
  // Right after joining, or after a start, the first hello may not have been answered.
  const session = workstation.sync.session ?? (await workstation.sync.renewed());
  if (session === undefined) return fail({ code: 'server-unreachable' });
  const post = async ({ link, token }: typeof session) =>
    (await link.post(`admin/${name}`, token, { ...body, actorId: actor.id }, AbortSignal.timeout(allowed), { silenceAllowed: allowed })).value as AdminAnswers[Name];
  try {
    return await post(session).catch(async (error: unknown) => {
      // The server ends sessions where it gives new numbers, moves or restarts, and a workstation at rest does not know it yet.
      const renewed = error instanceof LinkError && error.failure === 'token-expired' ? await workstation.sync.renewed(session) : undefined;
      if (renewed === undefined) throw error;
      return post(renewed);
    });
  } catch (error) {
    throw refusalOf(error);
  }
}

function toWorkstation(device: FleetDevice): Omit<FleetWorkstation, 'siteName' | 'self' | 'alarms'> {
  const { report } = device;
  return {
    deviceId: device.deviceId,
    name: device.name,
    siteId: device.siteId,
    workstationNumber: device.workstationNumber,
    appVersion: device.appVersion,
    state: device.state,
    serves: device.serves,
    ...(device.hub !== null && { hub: device.hub }),
    enrolledAt: device.enrolledAt,
    unsent: report?.unsent ?? 0,
    quarantined: Math.max(report?.quarantined ?? 0, device.heldInQuarantine),
    openConflicts: report?.openConflicts ?? 0,
    clockSkewSeconds: Math.round(device.clockSkewMilliseconds / 1000),
    dataBytes: report?.dataBytes ?? 0,
    position: device.position,
    behind: device.behind,
    digestsDiffered: report?.digestsDiffered ?? 0,
    ...(device.lastSeenAt !== null && { lastSeenAt: device.lastSeenAt }),
    ...(report?.lastSuccessAt && { lastSuccessAt: report.lastSuccessAt }),
    ...(report?.oldestUnsentAt && { oldestUnsentAt: report.oldestUnsentAt }),
    ...(report?.lastError && { lastError: report.lastError }),
  };
}

/** How long what happened once goes on being told. */
const toldFor = 30 * day;

/** What an admin should look at. `now` is the server's. */
export function alarmsOf(device: FleetDevice, { now, newest }: { now: number; newest: string | undefined }): FleetAlarm[] {
  if (device.state === 'revoked') return device.heldInQuarantine > 0 ? ['quarantined'] : [];
  const { report, lastSeenAt, copyFoundAt, restoreFoundAt } = device;
  const age = (at: string | null | undefined) => (at ? now - Date.parse(at) : Number.POSITIVE_INFINITY);
  const isSeen = age(lastSeenAt) < staleAfter;
  const alarms: [FleetAlarm, boolean][] = [
    ['stale', !isSeen],
    ['stuck', isSeen && (report?.unsent ?? 0) > 0 && age(report?.oldestUnsentAt) > stuckAfter && age(report?.lastSuccessAt) > stuckAfter],
    ['skewed', Math.abs(device.clockSkewMilliseconds) > skewTolerated],
    ['cloned', age(copyFoundAt) < toldFor],
    ['restored', age(restoreFoundAt) < toldFor],
    ['quarantined', (report?.quarantined ?? 0) > 0 || device.heldInQuarantine > 0],
    ['differed', (report?.digestsDiffered ?? 0) > 0],
    ['outdated', newest !== undefined && byVersion(device.appVersion, newest) < 0],
  ];
  return alarms.filter(([, raised]) => raised).map(([alarm]) => alarm);
}

const byVersion = (one: string, two: string): number => one.localeCompare(two, 'en', { numeric: true });
