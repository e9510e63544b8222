import type { Hint } from '../../shared/sync/admin-protocol.ts';
import type { Queries, ServerDatabase } from '../database/index.ts';
import { chunksOf, marks } from './held.ts';
import type { Json } from './messages.ts';
import { closeSessions } from './sessions.ts';
import type { Signal } from './signal.ts';

/** A head of an organisation, and the `landing_id` of what stands there: a restored database may count to the same position again. */
export interface Place {
  position: number;
  id: string | null;
  epoch: string;
}

/**
 * Workstations that hear the same hints. How far they were told is one row: what five hundred of them wait for is then one small
 * commit, and no write for each. Nobody joins later; one leaves when its session ends, or when it is gathered into another one.
 */
export interface Audience {
  id: string;
  /** How many are in it, by the database. */
  devices: number;
  position: number;
}

export interface Hearer {
  tokenHash: string;
  deviceId: string;
  siteId: string;
  organisationId: number;
  /** What it was told last. */
  told: Place;
  audience: Audience | undefined;
}

/** One that has a connection open. */
export interface Listening extends Hearer {
  token: string | null;
  /** Of its session, in milliseconds since 1970. */
  expiresAt: number;
  listener(hint: Json<Hint>): void;
  onEnd(): void;
}

/** What is needed here of the context of the service, which itself knows who listens. */
interface Ground {
  database: ServerDatabase;
  endings: Signal;
  now(): Date;
  newId(): string;
}

/** In one write, as far as that goes: each is a commit that those who listen wait for. */
const gatheredAtOnce = 1000;
/** More than there need be are gathered anew: each costs a write at every hint. */
const sparedAtMost = 2;
/** Others wait for the commit that moves them. */
const movedAlongAtMost = 3;

/**
 * Notes that these, all of one site and told up to the same place, are told of everything up to `position`; to be called before they are.
 * Answers those who may be told: nobody whose session has ended or whose site is another by now, nobody at all where another
 * database stands beneath or something has to be put into the words of a site, see {@link import('./aliases.ts').Aliases}.
 */
export async function noteTold<One extends Hearer>(context: Ground, hearers: One[], position: number): Promise<One[]> {
  const audiences = Map.groupBy(hearers, ({ audience }) => audience);
  const isScattered = audiences.size > Math.ceil(hearers.length / gatheredAtOnce) + sparedAtMost;
  const noted: One[] = [];
  for (const [audience, group] of isScattered ? [[undefined, hearers] as const] : audiences) {
    noted.push(...(audience === undefined ? await gather(context, group, position) : await move(context.database, audience, group, position)));
  }
  return noted;
}

/**
 * Ends the sessions of those who were told of what this database does not know: another one was put in its place. They say at their next
 * hello what they know, before what they are told of this one makes it look as if that came from here too.
 */
export async function endWhereReplaced({ database, endings }: Ground, hearers: Hearer[]): Promise<void> {
  const { organisationId, told } = hearers[0] as Hearer;
  const standing = await database.rows('SELECT 1 FROM change_sets WHERE organisation_id = ? AND position = ? AND landing_id = ?', [organisationId, told.position, told.id]);
  if (standing.length > 0) return;
  await database.transaction((queries) => closeSessions(queries, hearers.map(({ deviceId }) => deviceId)));
  endings.tell(organisationId);
}

/** Some of those who were to be gathered may not be told: what was noted of the others is undone. */
class NotAll extends Error {}

/** Notes it for each of them, and from then on for all at once. */
async function gather<One extends Hearer>(context: Ground, hearers: One[], position: number): Promise<One[]> {
  const noted: One[] = [];
  for (const chunk of chunksOf(hearers, gatheredAtOnce)) {
    const audience = { id: context.newId(), position, devices: new Set(chunk.map(({ deviceId }) => deviceId)).size };
    try {
      await context.database.transaction((queries) => gatherIn(queries, context.now(), audience.id, chunk, position));
    } catch (error) {
      if (error instanceof NotAll) continue;
      throw error;
    }
    for (const one of chunk) one.audience = audience;
    noted.push(...chunk);
  }
  return noted;
}

async function gatherIn(queries: Queries, now: Date, id: string, hearers: Hearer[], position: number): Promise<void> {
  const { siteId, told, organisationId } = hearers[0] as Hearer;
  const ids = hearers.map(({ deviceId }) => deviceId).sort();
  const hashes = hearers.map(({ tokenHash }) => tokenHash);
  const noted = await queries.change(
    `UPDATE devices SET audience_id = ?, told_position = CASE WHEN told_position < ? THEN ? ELSE told_position END
       WHERE id IN (${marks(ids.length)}) AND site_id = ? AND state = 'active'
         AND EXISTS (SELECT 1 FROM sessions s WHERE s.device_id = devices.id AND s.expires_at > ? AND s.token_hash IN (${marks(hashes.length)})) AND ${mayBeTold}`,
    [id, position, position, ...ids, siteId, now.getTime(), ...hashes, ...toldBy(organisationId, told)],
  );
  if (noted !== new Set(ids).size) throw new NotAll();
  await queries.change('INSERT INTO audiences (id, position) VALUES (?, ?)', [id, position]);
  const left = [...new Set(hearers.flatMap(({ audience }) => audience?.id ?? []))];
  if (left.length > 0) await queries.change(`DELETE FROM audiences WHERE id IN (${marks(left.length)}) AND NOT EXISTS (SELECT 1 FROM devices d WHERE d.audience_id = audiences.id)`, left);
}

/** Where some have left it the rest are told. */
async function move<One extends Hearer>(queries: Queries, audience: Audience, hearers: One[], position: number): Promise<One[]> {
  if (audience.position === position) return hearers;
  if (await isMoved(queries, audience, hearers[0] as One, position)) return movedTo(position, audience, hearers);
  const rows = await queries.rows<{ id: string }>('SELECT id FROM devices WHERE audience_id = ?', [audience.id]);
  const inIt = new Set(rows.map(({ id }) => id));
  audience.devices = inIt.size;
  const staying = hearers.filter(({ deviceId }) => inIt.has(deviceId));
  for (const one of hearers) if (!inIt.has(one.deviceId)) one.audience = undefined;
  return staying.length > 0 && (await isMoved(queries, audience, staying[0] as One, position)) ? movedTo(position, audience, staying) : [];
}

function movedTo<One>(position: number, audience: Audience, hearers: One[]): One[] {
  audience.position = position;
  return hearers;
}

/**
 * Notes with a commit, and not in one of its own for which all would wait, that those who were told of all before it are told of it. Answers
 * the audiences, which {@link haveMoved} once it is committed.
 */
export async function moveAlong(queries: Queries, listening: Iterable<Hearer>, organisationId: number, before: Pick<Place, 'position' | 'id'>, position: number): Promise<Audience[]> {
  const waiting = new Map<Audience, Hearer>();
  for (const one of listening) {
    if (one.audience !== undefined && one.organisationId === organisationId && one.told.position === before.position && one.told.id === before.id) waiting.set(one.audience, one);
  }
  if (waiting.size > movedAlongAtMost) return [];
  const moved: Audience[] = [];
  for (const [audience, hearer] of waiting) if (await isMoved(queries, audience, hearer, position)) moved.push(audience);
  return moved;
}

export function haveMoved(audiences: Audience[], position: number): void {
  for (const audience of audiences) audience.position = position;
}

async function isMoved(queries: Queries, audience: Audience, { organisationId, told }: Hearer, position: number): Promise<boolean> {
  const moved = await queries.change(
    `UPDATE audiences SET position = ? WHERE id = ? AND (SELECT COUNT(*) FROM devices d WHERE d.audience_id = audiences.id) = ? AND ${mayBeTold}`,
    [position, audience.id, audience.devices, ...toldBy(organisationId, told)],
  );
  return moved === 1;
}

const mayBeTold = `EXISTS (SELECT 1 FROM change_sets c WHERE c.organisation_id = ? AND c.position = ? AND c.landing_id = ?)
  AND NOT EXISTS (SELECT 1 FROM aliases l WHERE l.organisation_id = ?)`;
const toldBy = (organisationId: number, { position, id }: Place) => [organisationId, position, id, organisationId];
