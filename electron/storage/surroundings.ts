import type { Surroundings, UpstreamReach } from '../../shared/sync/protocol.ts';
import type { Connection } from './connection.ts';
import { readFact, readMeta, writeMeta } from './meta.ts';
import { statement } from './statements.ts';

/** A workstation of the organisation as the server last told it: old versions and conflicts say where they were written. */
export interface KnownWorkstation {
  deviceId: string;
  name: string;
  siteId: string;
}

const tagKey = 'namesTag';

/** What names the server has told, for it to tell them again only when they have changed; null before the first. */
export const readNamesTag = (connection: Connection): string | null => readMeta(connection, tagKey) ?? null;

export function findWorkstation(connection: Connection, deviceId: string): KnownWorkstation | undefined {
  return statement<KnownWorkstation>(connection, 'SELECT device_id AS deviceId, name, site_id AS siteId FROM workstations WHERE device_id = @deviceId').get({ deviceId });
}

export function rememberWorkstation(connection: Connection, workstation: KnownWorkstation): void {
  statement(
    connection,
    'INSERT INTO workstations (device_id, name, site_id) VALUES (@deviceId, @name, @siteId) ON CONFLICT (device_id) DO UPDATE SET name = excluded.name, site_id = excluded.site_id',
  ).run({ deviceId: workstation.deviceId, name: workstation.name, siteId: workstation.siteId });
}

/** How far the other workstations of each site have read, all of them; undefined before the server has told it. */
export function sitePositions(connection: Connection): ReadonlyMap<string, number> | undefined {
  if (readNamesTag(connection) === null) return undefined;
  return new Map(readPositions(connection).map(({ siteId, position }) => [siteId, position]));
}

const upstreamKey = 'upstreamReach';

/** What of the server's order of commits is on the one that it follows; undefined where it follows none. Stands until a newer word. */
export function upstreamReach(connection: Connection): UpstreamReach | undefined {
  const { epoch, reach } = readFact<{ epoch?: string; reach: UpstreamReach | null }>(connection, upstreamKey) ?? {};
  if (reach === undefined || reach === null) return undefined;
  // Places in another epoch's order say nothing.
  return epoch === readEpoch(connection) ? reach : { ...reach, position: 0, refused: [] };
}

const readEpoch = (connection: Connection) => statement<{ epoch: string | null }>(connection, 'SELECT epoch FROM replica_state').get({})?.epoch ?? undefined;

function keepUpstream(connection: Connection, reach: UpstreamReach | null): boolean {
  const text = JSON.stringify({ epoch: readEpoch(connection), reach });
  if (text === readMeta(connection, upstreamKey)) return false;
  writeMeta(connection, upstreamKey, text);
  return true;
}

/** Keeps what the server tells, and answers whether people see something else now. Writes nothing where nothing is new: this ends every sync. */
export function keepSurroundings(connection: Connection, { names, sites, upstream }: Surroundings): boolean {
  const isFurther = keepUpstream(connection, upstream);
  const told = sites.map(({ siteId, position }) => ({ siteId, position })).sort((one, other) => (one.siteId < other.siteId ? -1 : 1));
  if (names === null && JSON.stringify(told) === JSON.stringify(readPositions(connection))) return isFurther;
  connection.transaction(() => {
    for (const workstation of names?.workstations ?? []) rememberWorkstation(connection, workstation);
    if (names !== null) writeMeta(connection, tagKey, names.tag);
    statement(connection, 'DELETE FROM site_positions').run({});
    const insert = statement(connection, 'INSERT INTO site_positions (site_id, epoch, position) SELECT @siteId, epoch, @position FROM replica_state WHERE epoch IS NOT NULL');
    for (const site of told) insert.run(site);
  })();
  return true;
}

/** Places in the order of commits mean nothing in another epoch. */
const readPositions = (connection: Connection) =>
  statement<{ siteId: string; position: number }>(
    connection,
    'SELECT site_id AS siteId, position FROM site_positions WHERE epoch = (SELECT epoch FROM replica_state) ORDER BY site_id',
  ).all({});
