import Database from 'better-sqlite3';

export type Connection = Database.Database;

/** The prebuilt SQLite module is built against Node-API 10; below it the process dies without a message. */
function assertNodeApi(): void {
  if (Number(process.versions.napi) < 10) {
    throw new Error(`Node-API 10 is needed (Node 22.14 or later); this is Node ${process.version}`);
  }
}

/**
 * Opens the encrypted database at `path` with a 32-byte key, creating it unless `mustExist`. A wrong key or a
 * damaged header throws SQLITE_NOTADB at once. The cipher authenticates each page that is read.
 */
export function openConnection(
  path: string,
  key: Uint8Array,
  options: { mustExist?: boolean; readonly?: boolean } = {},
): Connection {
  assertNodeApi();
  if (key.length !== 32) throw new Error('The database key has 32 bytes');
  const connection = new Database(path, {
    fileMustExist: options.mustExist ?? options.readonly ?? false,
    readonly: options.readonly ?? false,
  });
  try {
    unlock(connection, key);
    configure(connection, options.readonly ?? false);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

const rawKey = (key: Uint8Array): string => `raw:${Buffer.from(key).toString('hex')}`;

/** Opens the database at `path`, or makes it, under the name `beside`, with the cipher and a key as of the connection's own. */
export function attachBeside(connection: Connection, path: string, key: Uint8Array): void {
  connection.prepare('ATTACH ? AS beside KEY ?').run(path, rawKey(key));
}

function unlock(connection: Connection, key: Uint8Array): void {
  connection.pragma("cipher = 'aegis'");
  connection.pragma(`key = '${rawKey(key)}'`);
  connection.prepare('SELECT count(*) FROM sqlite_schema').get();
}

function configure(connection: Connection, readonly: boolean): void {
  if (!readonly) connection.pragma('journal_mode = WAL');
  // FULL: with NORMAL a power cut may take back commits that the screen has already called saved.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  // Sorts and temporary indices hold patient text; on disk they would not be encrypted.
  connection.pragma('temp_store = MEMORY');
  // 64 MB of decrypted pages hide most of the cipher's cost.
  connection.pragma('cache_size = -65536');
  connection.pragma('busy_timeout = 5000');
}
