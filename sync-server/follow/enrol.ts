import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { idSchema } from '../../shared/schema/document.ts';
import { protocolVersion, type EnrolRequest, type SyncErrorCode } from '../../shared/sync/protocol.ts';
import { newDeviceKey, publicHalf } from '../client/device-key.ts';
import { isLoopback, probe, type Found } from '../client/probe.ts';
import { LinkError, ServerLink } from '../client/server-link.ts';
import type { ServiceContext } from '../service/context.ts';
import { FollowException, type FollowRequest } from './types.ts';

const answerAllowed = 30_000;
const attempts = 4;
const attemptsApart = 500;

/**
 * Lets the server at an address take this one in, once: from then on this one follows it. The key pair is in the database before the
 * code is used, so that a cut can be gone on with by asking again. Throws {@link FollowException} or {@link LinkError}.
 */
export async function enrolWith(context: ServiceContext, organisationId: number, request: FollowRequest): Promise<void> {
  const server = await look(request);
  const siteId = await ownSite(context, organisationId, request.siteId);
  const key = await keepKey(context, organisationId, server);
  const enrolment = await ask(server, {
    protocol: protocolVersion, code: request.code, publicKey: publicHalf(key), name: request.name, appVersion: request.appVersion, ...(siteId !== undefined && { siteId }),
  });
  // At another site its patients would leave this server as soon as they were sent.
  if (siteId !== undefined && enrolment.siteId !== siteId) throw new FollowException('other-site');
  await context.database.kysely
    .updateTable('upstreams')
    .set({ device_id: enrolment.deviceId, site_id: enrolment.siteId, organisation_name: enrolment.organisationName })
    .where('organisation_id', '=', organisationId)
    .execute();
}

async function look({ address, fingerprint }: FollowRequest): Promise<Found> {
  const url = URL.parse(address);
  if (url === null) throw new FollowException('not-an-address');
  // Whoever is on the line could read everything.
  if (url.protocol !== 'https:' && !isLoopback(address)) throw new FollowException('not-encrypted');
  const found = await probe(address, AbortSignal.timeout(answerAllowed));
  if (found.fingerprint !== fingerprint) throw new FollowException(fingerprint === undefined ? 'fingerprint-missing' : 'fingerprint-differs');
  return found;
}

/**
 * A clinic that has worked alone brings its site; undefined for a server that nobody has joined. Patients of a second site would leave
 * this server as soon as they were sent: the other one gives each of those that follow it the scope of one site.
 */
async function ownSite({ database }: ServiceContext, organisationId: number, wanted: string | undefined): Promise<string | undefined> {
  const rows = await database.rows<{ siteId: string }>(`SELECT DISTINCT site_id AS siteId FROM devices WHERE organisation_id = ? AND state = 'active'`, [organisationId]);
  if (rows.length > 1) throw new FollowException('several-sites');
  const [own] = rows;
  // That of its workstations is the only one whose patients would stay.
  if (own !== undefined && wanted !== undefined && wanted !== own.siteId) throw new FollowException('other-site');
  return wanted ?? own?.siteId;
}

async function keepKey({ database }: ServiceContext, organisationId: number, { address, certificate, fingerprint }: Found): Promise<string> {
  const known = await database.kysely.selectFrom('upstreams').selectAll().where('organisation_id', '=', organisationId).executeTakeFirst();
  const isForgotten = known?.failure === ('unknown-device' satisfies SyncErrorCode);
  if (known !== undefined && known.device_id !== null && !isForgotten) throw new FollowException('already-following');
  const server = { address, certificate: certificate ?? null, fingerprint: fingerprint ?? null };
  if (known !== undefined) {
    // One that was restored from before this server joined it does not know it: it is met as another device, and offered everything.
    const anew = isForgotten ? { device_id: null, private_key: newDeviceKey(), next_private_key: null, counter: 0, epoch: null, scope_version: null, failure: null, names_tag: null, told_names: null } : {};
    await database.kysely.updateTable('upstreams').set({ ...server, ...anew }).where('organisation_id', '=', organisationId).execute();
    return anew.private_key ?? known.private_key;
  }
  const private_key = newDeviceKey();
  await database.kysely.insertInto('upstreams').values({
    organisation_id: organisationId, ...server, organisation_name: '', private_key, next_private_key: null, device_id: null, site_id: null, counter: 0, epoch: null, position: 0,
    known_position: 0, head: 0, scope_version: null, snapshot_number: 0, snapshot_under_way: 0, snapshot_at: null, snapshot_cursor: null, snapshot_received: 0, snapshot_total: 0,
    verified_position: null, locked: 0, noted_position: 0, last_number: 0, numbered: 0, success_at: null, attempt_at: null, failure: null, holder_id: null, held_until: 0, clock_skew: 0, names_tag: null, told_names: null,
  }).execute();
  return private_key;
}

const enrolmentSchema = z.looseObject({ deviceId: idSchema, organisationName: z.string(), siteId: idSchema });

/** The code is used up by the first message that arrives, and its answer may be lost: the same key gets the same answer again. */
async function ask(server: Found, request: EnrolRequest): Promise<z.infer<typeof enrolmentSchema>> {
  const link = new ServerLink(server);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return enrolmentSchema.parse((await link.post('enrol', undefined, request, AbortSignal.timeout(answerAllowed))).value);
      } catch (error) {
        if (attempt === attempts || !(error instanceof LinkError) || error.failure !== 'unreachable') throw error;
        await pause(attemptsApart);
      }
    }
  } finally {
    link.close();
  }
}
