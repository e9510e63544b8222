import { createHash } from 'node:crypto';
import { bearerSchema } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import { refuse } from './failure.ts';
import { marks } from './held.ts';

/** Whose change sets land: a workstation that sends them, or one whose refused ones an admin releases. */
export interface Carrier {
  deviceId: string;
  organisationId: number;
  siteId: string;
  /** Whether its organisation has any {@link import('./aliases.ts').Aliases}; absent: not looked up yet. */
  hasAliases?: boolean;
}

/** A workstation that has said hello. Read anew with each message: revoking and moving take effect at once, on every server. */
export interface Session extends Carrier {
  hasAliases: boolean;
  /** Milliseconds since 1970. */
  expiresAt: number;
  state: 'active' | 'revoked';
  mayAdminister: boolean;
  toldPosition: number;
  epoch: string;
  head: number;
  /** The `landing_id` of what stands at the head; null before the first. */
  headId: string | null;
  /** Counts what was named, renamed and moved among the organisation's workstations. */
  namesVersion: number;
}

const lifetime = 60 * 60 * 1000;
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * Gives a device, whose audience is settled, its token; the one it had before ends. Only the hash is kept: the database opens no session.
 * In one statement: to delete what may not be there locks what others of a crowd are about to write.
 */
export async function openSession(context: { now(): Date; randomBytes(count: number): Uint8Array }, queries: Queries, deviceId: string): Promise<string> {
  const token = Buffer.from(context.randomBytes(32)).toString('base64url');
  await queries.change('REPLACE INTO sessions (device_id, token_hash, expires_at) VALUES (?, ?, ?)', [deviceId, hashOf(token), context.now().getTime() + lifetime]);
  return token;
}

export async function closeSessions(queries: Queries, deviceIds: readonly string[]): Promise<void> {
  if (deviceIds.length === 0) return;
  await settleTold(queries, deviceIds);
  await queries.change(`DELETE FROM sessions WHERE device_id IN (${marks(deviceIds.length)})`, deviceIds);
}

export async function closeAllSessions(queries: Queries): Promise<void> {
  await settleTold(queries);
  await queries.change('DELETE FROM sessions');
  await queries.change('DELETE FROM audiences');
}

/**
 * Takes devices out of their {@link import('./audiences.ts').Audience}s, each with what it was told there: that outlives its session, and what
 * is told from then on is not told to it. Without ids: all.
 */
export async function settleTold(queries: Queries, deviceIds?: readonly string[]): Promise<void> {
  const heard = '(SELECT a.position FROM audiences a WHERE a.id = devices.audience_id)';
  // By nothing but the key: a search for those that are in an audience would lock the others of it too, and hellos would stand in each other's way.
  const named = deviceIds === undefined ? '' : ` WHERE id IN (${marks(deviceIds.length)})`;
  await queries.change(`UPDATE devices SET told_position = CASE WHEN told_position < ${heard} THEN ${heard} ELSE told_position END, audience_id = NULL${named}`, deviceIds);
}

const findSession = `SELECT d.id AS deviceId, d.organisation_id AS organisationId, d.site_id AS siteId, d.state AS state, d.may_administer AS mayAdminister,
  CASE WHEN u.position > d.told_position THEN u.position ELSE d.told_position END AS toldPosition, EXISTS (SELECT 1 FROM aliases a WHERE a.organisation_id = d.organisation_id) AS hasAliases, c.epoch AS epoch, c.position AS head, h.landing_id AS headId, c.names_version AS namesVersion, s.expires_at AS expiresAt
  FROM sessions s JOIN devices d ON d.id = s.device_id JOIN counters c ON c.organisation_id = d.organisation_id
  LEFT JOIN audiences u ON u.id = d.audience_id LEFT JOIN change_sets h ON h.organisation_id = c.organisation_id AND h.position = c.position WHERE s.token_hash = ?`;

/** Refuses with `token-expired` whatever is wrong with a token: a stranger learns nothing from the difference. */
export async function readSession(context: { now(): Date; database: Queries }, token: string | null): Promise<Session> {
  if (!bearerSchema.safeParse(token).success) refuse('token-expired');
  const rows = await context.database.rows<Omit<Session, 'mayAdminister' | 'hasAliases'> & { mayAdminister: number; hasAliases: number }>(findSession, [hashOf(token as string)]);
  const [found] = rows;
  if (found === undefined || found.expiresAt <= context.now().getTime()) return refuse('token-expired');
  const { mayAdminister, hasAliases, ...session } = found;
  return { ...session, mayAdminister: mayAdminister === 1, hasAliases: hasAliases === 1 };
}
