import type { Connection } from './connection.ts';
import { dropMeta, readMeta, writeMeta } from './meta.ts';

const key = 'recoveryKeyUnconfirmed';

/** Whether a recovery key was shown here and nobody has said since that it is kept: the window may have gone while it stood there. */
export const isRecoveryKeyUnconfirmed = (connection: Connection): boolean => readMeta(connection, key) !== undefined;

/** A new recovery key is about to be shown, once. */
export const noteRecoveryKeyShown = (connection: Connection): unknown => writeMeta(connection, key, 'yes');

/** Somebody says that it is written down. */
export const noteRecoveryKeyKept = (connection: Connection): void => dropMeta(connection, key);
