import { createPublicKey, verify } from 'node:crypto';
import { helloText, type HelloAnswer, type HelloRequest } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { ServiceContext } from './context.ts';
import { assertServed } from './enrol.ts';
import { refuse } from './failure.ts';
import { renewEpochIn } from './organisations.ts';
import { openSession, settleTold } from './sessions.ts';

interface Greeted {
  organisationId: number;
  publicKey: string;
  state: 'active' | 'revoked';
  siteId: string;
  scopeVersion: number;
  workstationNumber: number;
  toldPosition: number;
  epoch: string;
}

const findDevice = `SELECT d.organisation_id AS organisationId, d.public_key AS publicKey, d.state AS state, d.site_id AS siteId, d.scope_version AS scopeVersion,
  d.workstation_number AS workstationNumber, d.told_position AS toldPosition, c.epoch AS epoch
  FROM devices d JOIN counters c ON c.organisation_id = d.organisation_id WHERE d.id = ?`;

export async function hello(context: ServiceContext, request: HelloRequest): Promise<HelloAnswer> {
  assertServed(request.protocol);
  const [known] = await context.database.rows<Greeted>(findDevice, [request.deviceId]);
  // Who cannot sign for a device does not learn whether there is one.
  if (known === undefined || !isSigned(known.publicKey, helloText(request), request.signature)) return refuse('unknown-device');
  const now = context.now();
  return context.database.transaction(async (queries) => {
    const moved = await queries.change('UPDATE devices SET counter = ?, seen_at = ?, clock_skew = ?, app_version = ? WHERE id = ? AND counter < ?', [
      request.counter, now.getTime(), skewOf(request.at, now), request.appVersion, request.deviceId, request.counter,
    ]);
    if (moved === 0) return foundCopy(context, queries, request.deviceId);
    return greet(context, queries, request);
  });
}

/** A device's clock minus the server's, in milliseconds; shown to people, and nothing is decided by it. */
export const skewOf = (at: string, now: Date): number => {
  const skew = Date.parse(at) - now.getTime();
  return Number.isFinite(skew) ? skew : 0;
};

/** Whether `text` was signed with the private half of an Ed25519 key (raw, base64url). */
export function isSigned(publicKey: string, text: string, signature: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

async function foundCopy(context: ServiceContext, queries: Queries, deviceId: string): Promise<HelloAnswer> {
  await queries.change('UPDATE devices SET copy_found_at = ? WHERE id = ?', [context.now().getTime(), deviceId]);
  return { state: 'cloned' };
}

async function greet(context: ServiceContext, queries: Queries, request: HelloRequest): Promise<HelloAnswer> {
  // What it was told in the session that ends here counts with the rest.
  await settleTold(queries, [request.deviceId]);
  const [device] = (await queries.rows<Greeted>(findDevice, [request.deviceId])) as [Greeted];
  const epoch = await currentEpoch(context, queries, device, request);
  const sharedPosition = epoch === request.epoch ? null : await sharedWith(queries, device, request.epoch);
  // What it is told from now on counts from there.
  if (sharedPosition !== null || request.epoch === null) {
    await queries.change('UPDATE devices SET told_position = ? WHERE id = ? AND told_position > ?', [sharedPosition ?? 0, request.deviceId, sharedPosition ?? 0]);
  }
  const [counter] = (await queries.rows<{ position: number }>('SELECT position FROM counters WHERE organisation_id = ?', [device.organisationId])) as [{ position: number }];
  return {
    state: device.state, token: await openSession(context, queries, request.deviceId), epoch, sharedPosition, head: counter.position, siteId: device.siteId,
    scopeVersion: device.scopeVersion, workstationNumber: device.workstationNumber, limits: { pushBytes: context.limits.pushBytes, pageBytes: context.limits.pageBytes }, now: context.now().toISOString(),
  };
}

/**
 * A device knows of no position but those it was told. One that knows of a later one was told by a database that is lost:
 * this one was restored from a backup, whether or not anybody said so, and its epoch ends here.
 */
async function currentEpoch(context: ServiceContext, queries: Queries, device: Greeted, request: HelloRequest): Promise<string> {
  const knowsMore = device.epoch === request.epoch ? request.position > device.toldPosition : await isOfLostEpoch(queries, device, request.epoch);
  if (!knowsMore) return device.epoch;
  await queries.change('UPDATE devices SET restore_found_at = ? WHERE id = ?', [context.now().getTime(), request.deviceId]);
  return renewEpochIn(context, queries, device.organisationId, device.toldPosition);
}

/**
 * Whether a database that knows of no restore is told of an epoch that it never had: the restore by which that epoch began is lost too. Once
 * one is known of, the others who come from that epoch bring nothing new.
 */
async function isOfLostEpoch(queries: Queries, { organisationId }: Greeted, epoch: string | null): Promise<boolean> {
  if (epoch === null) return false;
  const [known] = (await queries.rows<{ epochs: number }>('SELECT COUNT(*) AS epochs FROM epochs WHERE organisation_id = ?', [organisationId])) as [{ epochs: number }];
  return known.epochs === 1;
}

/**
 * The last position that is surely the same for the device and for this database: what this one remembers having told it, and
 * no later than what any epoch since then was known to hold. Null for an epoch that this database does not know.
 */
async function sharedWith(queries: Queries, device: Greeted, epoch: string | null): Promise<number | null> {
  if (epoch === null) return null;
  const [row] = await queries.rows<{ begun: number | null; known: number }>(
    `SELECT MIN(later.position) AS begun, COUNT(*) AS known FROM epochs theirs JOIN epochs later
       ON later.organisation_id = theirs.organisation_id AND later.number > theirs.number WHERE theirs.organisation_id = ? AND theirs.epoch = ?`,
    [device.organisationId, epoch],
  );
  if (row === undefined || row.known === 0 || row.begun === null) return null;
  return Math.min(row.begun, device.toldPosition);
}
