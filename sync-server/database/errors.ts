import { SyncException } from '../service/failure.ts';

/** MySQL: deadlock, lock wait timeout, record changed since it was read. SQLite: another process holds the file. */
const conflictNumbers: ReadonlySet<unknown> = new Set([1213, 1205, 1020]);
/** MySQL: out of disk (server, table, temporary file). */
const fullNumbers: ReadonlySet<unknown> = new Set([1021, 1114, 3, 28]);
/** MySQL: too many connections, shutting down, read-only (a failover is under way), killed, server is being started. */
const awayNumbers: ReadonlySet<unknown> = new Set([1040, 1053, 1290, 1836, 1927, 1152, 1159, 1161, 4031]);
const awayCodes = /^(PROTOCOL_(CONNECTION_LOST|ENQUEUE_AFTER|SEQUENCE)|ECONN|ETIMEDOUT|EPIPE|ENOENT|ENOTFOUND|EAI_AGAIN|EHOST|ER_CON_COUNT|ER_SERVER_SHUTDOWN|POOL_)/;
const sqliteAway = /^SQLITE_(IOERR|CANTOPEN|READONLY|PROTOCOL)/;

const factsOf = (error: unknown) => (error ?? {}) as { errno?: unknown; code?: unknown };
const codeOf = (error: unknown): string => {
  const { code } = factsOf(error);
  return typeof code === 'string' ? code : '';
};

const causeOf = (error: unknown): unknown => (error instanceof SyncException ? error.cause : error);

function isConflictOfTransactions(error: unknown): boolean {
  return conflictNumbers.has(factsOf(error).errno) || codeOf(error).startsWith('SQLITE_BUSY');
}

/** Whether the same work may go through when it is done again: it met another transaction, or a row that another just wrote. */
export function isWorthRepeating(error: unknown): boolean {
  const cause = causeOf(error);
  return isConflictOfTransactions(cause) || factsOf(cause).errno === 1062 || /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(codeOf(cause));
}

/** Runs a query; what has gone wrong with the database itself comes out under a code, the original as its cause. */
export async function translated<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SyncException) throw error;
    const code = codeOf(error);
    if (isConflictOfTransactions(error)) throw new SyncException({ code: 'server-busy', retryAfterSeconds: 1 }, { cause: error });
    if (fullNumbers.has(factsOf(error).errno) || code === 'SQLITE_FULL') throw new SyncException({ code: 'disk-full', retryAfterSeconds: 60 }, { cause: error });
    const away = awayNumbers.has(factsOf(error).errno) || awayCodes.test(code) || sqliteAway.test(code);
    if (away || isClosed(error)) throw new SyncException({ code: 'database-unavailable', retryAfterSeconds: 5 }, { cause: error });
    throw error;
  }
}

/** These have no code of their own. */
const isClosed = (error: unknown): boolean =>
  error instanceof Error && /^(Pool is closed|Can't add new command when connection is in closed state|The database connection is not open|driver has already been destroyed)/.test(error.message);
