import { reidentifyText, type ReidentifyRequest } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { DeviceRow } from '../database/schema.ts';
import type { ServiceContext } from './context.ts';
import { addDevice, assertKey, isKeyKnown, nextWorkstationNumber } from './enrol.ts';
import { refuse } from './failure.ts';
import { isSigned } from './hello.ts';
import { settleTold } from './sessions.ts';

/**
 * Gives a copy of a workstation an identity of its own. It descends from the one it was copied from: whatever is decided about
 * that one (revoked, may administer) holds for it too. The same new key gets the same answer.
 */
export async function reidentify(context: ServiceContext, request: ReidentifyRequest): Promise<{ deviceId: string; workstationNumber: number }> {
  assertKey(request.publicKey);
  const [original] = await context.database.rows<DeviceRow>('SELECT * FROM devices WHERE id = ?', [request.deviceId]);
  if (original === undefined || !isSigned(original.public_key, reidentifyText(request), request.signature)) return refuse('unknown-device');
  return context.database.transaction(async (queries) => (await repeated(queries, request)) ?? descend(context, queries, request));
}

async function repeated(queries: Queries, request: ReidentifyRequest): Promise<{ deviceId: string; workstationNumber: number } | undefined> {
  const [known] = await queries.rows<{ deviceId: string; workstationNumber: number }>(
    'SELECT id AS deviceId, workstation_number AS workstationNumber FROM devices WHERE replaces = ? AND public_key = ?',
    [request.deviceId, request.publicKey],
  );
  return known;
}

async function descend(context: ServiceContext, queries: Queries, request: ReidentifyRequest): Promise<{ deviceId: string; workstationNumber: number }> {
  await settleTold(queries, [request.deviceId]);
  const [original] = (await queries.rows<DeviceRow>('SELECT * FROM devices WHERE id = ?', [request.deviceId])) as [DeviceRow];
  if (await isKeyKnown(queries, request.publicKey)) refuse('bad-signature');
  const deviceId = context.newId();
  const workstationNumber = await nextWorkstationNumber(queries, original.organisation_id);
  await addDevice(context, queries, {
    id: deviceId, organisation_id: original.organisation_id, site_id: original.site_id, name: original.name, public_key: request.publicKey, state: original.state,
    may_administer: original.may_administer, workstation_number: workstationNumber, told_position: original.told_position, lineage_id: original.lineage_id,
    replaces: original.id, app_version: original.app_version,
  });
  await queries.change('INSERT INTO device_sites (device_id, site_id) SELECT ?, site_id FROM device_sites WHERE device_id = ? AND site_id <> ?', [
    deviceId, original.id, original.site_id,
  ]);
  return { deviceId, workstationNumber };
}
