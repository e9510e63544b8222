import type { RecoveryKeyShown } from '../../shared/contract/app.ts';
import type { BackupList } from '../../shared/contract/backups.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { backupIfDue, isBackupDue } from '../storage/automatic-backups.ts';
import { createBackup as writeBackup, listBackups as readBackups } from '../storage/backup.ts';
import { noteRecoveryKeyKept, noteRecoveryKeyShown } from '../storage/recovery-key-confirmation.ts';
import { recoverKeyring, restoreBackup as replaceDatabase, type RestoreOptions, type Unsealed } from '../storage/restore.ts';
import { toStorageError } from '../storage/sqlite-errors.ts';
import type { Actor } from '../storage/store.ts';
import { writeBackupLocation } from './backup-location.ts';
import type { Context, PublicContext } from './context.ts';
import { contentOf } from './documents.ts';
import type { RunningJob } from './job-runner.ts';
import { skipNumbersHandedOut } from './medical-record-number.ts';
import { followDocuments, provePassword } from './passwords.ts';
import { nobody } from './pending-audit.ts';
import { currentSite } from './sites.ts';
import type { Workstation } from './workstation.ts';

export function listBackups({ workstation }: PublicContext): BackupList {
  const folder = workstation.backupFolder;
  return { folder, backups: readBackups(folder) };
}

/** Fails with `job-running` beside another backup or a restore. */
export function createBackup({ workstation, store, jobs, environment, actor, user }: Context): Job {
  jobs.assertIdle('backup', 'restore');
  const { profile, databaseKey, backupFolder: folder } = workstation;
  return jobs.start(
    'backup',
    async (job) => {
      await writeBackup({ profile, databaseKey, folder, origin: 'manual', clock: environment.clock }, job);
      store.record({ actor, action: 'backup.created' });
      noteBackupFolder(workstation);
      workstation.statusChanged();
    },
    user.id,
  );
}

/** Starts a backup when the settings ask for one now. */
export function backUpWhenDue(workstation: Workstation): void {
  if (workstation.databaseState !== 'open' || workstation.jobs.busy) return;
  const { profile, databaseKey, settings, store, jobs } = workstation;
  const options = { profile, databaseKey, settings, clock: workstation.environment.clock };
  if (!isBackupDue(options)) return;
  jobs.start('backup', async (job) => {
    await backupIfDue(options, job);
    store.record({ actor: nobody, action: 'backup.created' });
    noteBackupFolder(workstation);
    workstation.statusChanged();
  });
}

/**
 * Replaces the database by a backup, as a job whose error says what a wrong secret or file met with. Where only the
 * keyring is lost it is taken out of the backup and the database stays. Fails with `job-running` beside any other job.
 */
export function restoreBackup({ workstation, jobs, environment }: PublicContext, { fileName, secret }: CallParsed<'backups.restore'>): Job {
  jobs.assertIdle();
  const { profile, backupFolder: folder } = workstation;
  const options: RestoreOptions = { profile, folder, fileName, secret, clock: environment.clock };
  return jobs.start('restore', (job) =>
    workstation.exclusively(async () => {
      const keyLost = workstation.databaseState === 'key-lost';
      const recovered = keyLost ? await recoverKeyring(options) : undefined;
      const unsealed = recovered ?? (await replace(workstation, options, job));
      if (recovered !== undefined) workstation.close();
      afterRestore(workstation, unsealed);
      await workstation.keepKeyInKeychain();
    }),
  );
}

/** Keeps what `app.status` and a damaged database's screen need to know of the backups. */
export function noteBackupFolder(workstation: Workstation): void {
  try {
    writeBackupLocation(workstation.profile, workstation.backupFolder);
    workstation.lastBackupAt = readBackups(workstation.backupFolder)[0]?.createdAt;
  } catch (error) {
    // A backup folder on a drive that is not plugged in must not keep anybody from signing in.
    if (toStorageError(error) === undefined) throw error;
    workstation.lastBackupAt = undefined;
  }
}

/** Makes a new recovery key, for the price of the password; the old one opens nothing from now on but older backups. */
export async function renewRecoveryKey(context: Context, { password }: CallParsed<'recoveryKey.renew'>): Promise<RecoveryKeyShown> {
  const { workstation, store, actor, user } = context;
  const { databaseKey } = await provePassword(workstation, user.username, password);
  const recoveryKey = workstation.keyring.renewRecoveryKey(databaseKey);
  const { id, rev, ...site } = currentSite({ store });
  const content = { ...contentOf({ id, rev, ...site }), recoveryPublicKey: workstation.keyring.wraps.recovery?.publicKey ?? '' };
  try {
    // Every workstation of the site seals its own key to it.
    store.commit({ actor, action: 'recovery-key.renewed' }, (transaction) => {
      transaction.update('sites', id, content, { over: rev });
      noteRecoveryKeyShown(store.connection);
    });
  } catch (error) {
    // Nobody has seen the new key: the old one, which the site's document still names, has to go on opening.
    followDocuments(workstation, store);
    throw error;
  }
  return { recoveryKey };
}

/** Says that the recovery key that was shown is kept. Whoever set the clinic up has not signed in yet, and without a clinic there is nothing to say. */
export function confirmRecoveryKey({ workstation }: PublicContext): null {
  if (workstation.databaseState !== 'open') return null;
  noteRecoveryKeyKept(workstation.store.connection);
  workstation.statusChanged();
  return null;
}

/** Other jobs that were started meanwhile work on the database that goes: they are stopped before it is shut. */
async function replace(workstation: Workstation, options: RestoreOptions, job: RunningJob): Promise<Unsealed> {
  const closeDatabase = async () => {
    await workstation.jobs.cancelAllBut(job.id);
    // Its file is about to be another one.
    await workstation.hub.end();
    workstation.close();
  };
  return replaceDatabase({ ...options, closeDatabase }, job);
}

function afterRestore(workstation: Workstation, { databaseKey, userId }: Unsealed): void {
  const store = workstation.open(databaseKey);
  // Opened by the recovery key: whoever typed it has it.
  if (userId === undefined) noteRecoveryKeyKept(store.connection);
  const user = userId === undefined ? undefined : store.get('users', userId);
  const actor: Actor = user === undefined ? nobody : { id: user.id, name: user.displayName };
  store.commit({ actor, action: 'backup.restored' }, skipNumbersHandedOut);
  workstation.statusChanged();
}
