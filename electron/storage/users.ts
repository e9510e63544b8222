import type { User } from '../../shared/schema/user.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** Every user, closed accounts included, by username. */
export function listUsers(connection: Connection): User[] {
  return statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM users WHERE deleted = 0 ORDER BY username`)
    .all({})
    .map((row) => toDocument<'users'>(row));
}

/**
 * The user of that name; the schema of usernames has put it into lower case. Two sites may have given one name each while
 * they were apart: the older account has it.
 */
export function findUserByUsername(connection: Connection, username: string): User | undefined {
  const row = statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM users WHERE username = @username AND deleted = 0 ORDER BY created_at, id LIMIT 1`).get({ username });
  return row && toDocument<'users'>(row);
}
