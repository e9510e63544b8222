import type { Connection } from './connection.ts';
import { dropMeta, readFact, readMeta, writeFact, writeMeta } from './meta.ts';
import { statement } from './statements.ts';

/** The server that this workstation belongs to, as it was when it joined. */
export interface ServerFacts {
  address: string;
  /** PEM; absent for a server that an authority vouches for. */
  certificate?: string;
  fingerprint?: string;
  organisationName: string;
  /** Absent while the server has not answered the enrolment: a joining that was cut. */
  organisationId?: string;
}

const serverKey = 'syncServer';

export const readServer = (connection: Connection): ServerFacts | undefined => readFact(connection, serverKey);
export const writeServer = (connection: Connection, server: ServerFacts): unknown => writeFact(connection, serverKey, server);
export const forgetServer = (connection: Connection): void => dropMeta(connection, serverKey);

/** Figures of what has not reached the server, or came back from it. */
export interface SyncCounts {
  waiting: number;
  oldestUnsentAt: string | null;
  quarantined: number;
  openConflicts: number;
}

export function countSync(connection: Connection): SyncCounts {
  return statement<SyncCounts>(
    connection,
    `SELECT (SELECT count(*) FROM outbox) AS waiting,
       (SELECT wall_time FROM change_sets WHERE seq = (SELECT min(change_seq) FROM outbox)) AS oldestUnsentAt,
       (SELECT count(*) FROM quarantine) AS quarantined,
       (SELECT count(*) FROM conflicts WHERE status = 'open' AND deleted = 0) AS openConflicts`,
  ).get({}) as SyncCounts;
}

/** Of what this workstation wrote and the server has: how much is not known to be on the one that the server follows, and how much that refused. */
export function countBeyond(connection: Connection, { position, refused }: { position: number; refused: readonly number[] }): { waiting: number; refused: number } {
  const own = 'FROM change_sets WHERE received = 0 AND document_count > 0 AND server_position';
  return statement<{ waiting: number; refused: number }>(
    connection,
    `SELECT (SELECT count(*) ${own} > @position) AS waiting, (SELECT count(*) ${own} IN (SELECT value FROM json_each(@refused))) AS refused`,
  ).get({ position, refused: JSON.stringify(refused) }) as { waiting: number; refused: number };
}

/** The site that this workstation belonged to before the present one, and since when it does no more. */
export interface FormerSite {
  siteId: string;
  /** An instant by this workstation's clock. */
  at: string;
}

const formerSiteKey = 'formerSite';

export const readFormerSite = (connection: Connection): FormerSite | undefined => readFact(connection, formerSiteKey);
export const writeFormerSite = (connection: Connection, former: FormerSite): unknown => writeFact(connection, formerSiteKey, former);

/** When everything was last sent and taken; kept so that a start without a network still says it. */
export const readLastSuccess = (connection: Connection): string | undefined => readMeta(connection, 'lastSyncAt');
export const writeLastSuccess = (connection: Connection, at: string): string => writeMeta(connection, 'lastSyncAt', at);
