import type { Connection } from '../connection.ts';

/** A document leaves with its patient's scope: its row is deleted, as a withdrawal does it. */
export const removeFromScope = (connection: Connection, table: string, id: string): void => void connection.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
