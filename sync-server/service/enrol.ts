import { protocolVersion, serves, type EnrolRequest, type Enrolment, type Protocol } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { DeviceRow } from '../database/schema.ts';
import { assertOneSite } from '../follow/one-site.ts';
import type { ServiceContext } from './context.ts';
import { refuse } from './failure.ts';
import { normalisedCode } from './organisations.ts';
import { hashOf } from './sessions.ts';

export function assertServed(client: Protocol): void {
  const served = serves(protocolVersion, client);
  if (served !== 'yes') refuse(served);
}

/**
 * Lets a workstation in with a one-time code. The same key with the same code gets the same answer: its first one may have
 * been lost. A code that was used, has expired or never was looks the same from outside.
 */
export async function enrol(context: ServiceContext, request: EnrolRequest): Promise<Enrolment> {
  assertServed(request.protocol);
  assertKey(request.publicKey);
  return context.database.transaction(async (queries) => {
    const codeHash = hashOf(normalisedCode(request.code));
    const code = await queries.kysely.selectFrom('enrolment_codes').selectAll().where('code_hash', '=', codeHash).executeTakeFirst();
    if (code === undefined || code.expires_at <= context.now().getTime()) return refuse('code-not-valid');
    if (code.device_id !== null) return repeated(queries, code.device_id, request.publicKey);
    const siteId = code.site_id ?? request.siteId ?? refuse('malformed-message');
    await assertOneSite(queries, code.organisation_id, siteId);
    const deviceId = context.newId();
    // The first to take the code has it; a second at the same moment finds no row to change.
    const taken = await queries.change('UPDATE enrolment_codes SET device_id = ? WHERE code_hash = ? AND device_id IS NULL', [deviceId, codeHash]);
    if (taken === 0) refuse('code-not-valid');
    if (await isKeyKnown(queries, request.publicKey)) refuse('code-not-valid');
    const first = (await queries.rows('SELECT id FROM devices WHERE organisation_id = ? LIMIT 1', [code.organisation_id])).length === 0;
    await addDevice(context, queries, {
      id: deviceId, organisation_id: code.organisation_id, site_id: siteId, name: request.name, public_key: request.publicKey,
      may_administer: first ? 1 : code.may_administer, told_position: 0, lineage_id: deviceId, replaces: null, app_version: request.appVersion,
      workstation_number: await nextWorkstationNumber(queries, code.organisation_id), state: 'active',
    });
    return enrolmentOf(queries, deviceId);
  });
}

/** Ed25519 public keys have 32 bytes: checked here, so that a bad one is never met at a hello. */
export function assertKey(publicKey: string): void {
  if (Buffer.from(publicKey, 'base64url').length !== 32) refuse('malformed-message');
}

export const isKeyKnown = async (queries: Queries, publicKey: string): Promise<boolean> =>
  (await queries.rows('SELECT id FROM devices WHERE public_key = ?', [publicKey])).length > 0;

async function repeated(queries: Queries, deviceId: string, publicKey: string): Promise<Enrolment> {
  const [device] = await queries.rows<{ publicKey: string }>('SELECT public_key AS publicKey FROM devices WHERE id = ?', [deviceId]);
  return device?.publicKey === publicKey ? enrolmentOf(queries, deviceId) : refuse('code-not-valid');
}

export const nextWorkstationNumber = (queries: Queries, organisationId: number): Promise<number> => takeWorkstationNumbers(queries, organisationId, 1);

/**
 * The next so many numbers; answers the last of them. A server that follows another one gives out of the range that it was given,
 * and refuses where that is used up.
 */
export async function takeWorkstationNumbers(queries: Queries, organisationId: number, count: number): Promise<number> {
  await queries.change('UPDATE counters SET workstation_number = workstation_number + ?, names_version = names_version + 1 WHERE organisation_id = ?', [count, organisationId]);
  const [row] = await queries.rows<{ last: number; allowed: number | null }>(
    'SELECT c.workstation_number AS last, u.last_number AS allowed FROM counters c LEFT JOIN upstreams u ON u.organisation_id = c.organisation_id AND u.device_id IS NOT NULL WHERE c.organisation_id = ?',
    [organisationId],
  );
  const { last, allowed } = row as { last: number; allowed: number | null };
  return allowed !== null && last > allowed ? refuse('server-busy', 60) : last;
}

type NewDevice = Omit<DeviceRow, 'counter' | 'scope_version' | 'enrolled_at' | 'seen_at' | 'clock_skew' | 'copy_found_at' | 'restore_found_at' | 'report' | 'reported_at' | 'reported_position' | 'audience_id'>;

export async function addDevice(context: ServiceContext, { kysely }: Queries, device: NewDevice): Promise<void> {
  await kysely
    .insertInto('devices')
    .values({
      ...device, counter: 0, scope_version: 1, enrolled_at: context.now().getTime(), seen_at: null, clock_skew: 0, copy_found_at: null,
      restore_found_at: null, report: null, reported_at: null, reported_position: 0, audience_id: null,
    })
    .execute();
  await kysely.insertInto('device_sites').values({ device_id: device.id, site_id: device.site_id }).execute();
}

async function enrolmentOf({ kysely }: Queries, deviceId: string): Promise<Enrolment> {
  return kysely
    .selectFrom('devices')
    .innerJoin('organisations', 'organisations.id', 'devices.organisation_id')
    .select(['devices.id as deviceId', 'public_id as organisationId', 'organisations.name as organisationName', 'site_id as siteId', 'workstation_number as workstationNumber'])
    .where('devices.id', '=', deviceId)
    .executeTakeFirstOrThrow();
}
