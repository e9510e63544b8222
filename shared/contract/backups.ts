import { z } from 'zod';
import { usernameSchema } from '../schema/user.ts';
import type { RecoveryKeyShown } from './app.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing } from './page.ts';

/** An encrypted backup file in the backup folder. */
export interface Backup {
  fileName: string;
  createdAt: string;
  bytes: number;
  patients: number;
  records: number;
  schemaVersion: number;
  /** Read back, decrypted and checked after it was written. */
  verified: boolean;
}

/** The backups, newest first, and the absolute folder they lie in: where a file from elsewhere has to be put. */
export interface BackupList {
  folder: string;
  backups: Backup[];
}

/** Opens a backup made elsewhere: a password of one of its users, or the clinic's recovery key. */
const secret = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('password'), username: usernameSchema, password: z.string().max(256) }),
  z.strictObject({ kind: z.literal('recovery-key'), recoveryKey: z.string().max(200) }),
]);
export type BackupSecret = z.infer<typeof secret>;

const fileName = z.string().max(255).regex(/^[^/\\]+\.outpost-backup$/);

export const backupCalls = {
  /** Public because a workstation whose database is damaged has nobody signed in; lists names, dates and sizes only. */
  'backups.list': call('public', nothing)<BackupList>(),
  'backups.create': call('backup.manage', nothing)<Job>(),
  /**
   * Replaces the database by a backup; the replaced one is kept beside it. Needs a secret that opens the
   * backup and belongs to an admin of it, and works without a session where the database is absent or damaged.
   */
  'backups.restore': call('public', z.strictObject({ fileName, secret }))<Job>(),
  'backups.checkIntegrity': call('backup.manage', nothing)<Job>(),
  /** Says that the recovery key that was shown is kept. */
  'recoveryKey.confirm': call('public', nothing)<null>(),
  'recoveryKey.renew': call('backup.manage', z.strictObject({ password: z.string().max(256) }))<RecoveryKeyShown>(),
};
