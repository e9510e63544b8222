import { accessSync, constants, mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import { workstationSettingsId, type Setting } from '../../shared/schema/setting.ts';
import { noteBackupFolder } from './backups.ts';
import type { Context } from './context.ts';

export function getSettings({ store }: Pick<Context, 'store'>): Setting {
  return store.get('settings', workstationSettingsId) ?? fail({ code: 'not-found', collection: 'settings' });
}

/** Fails with `invalid-input` (`invalid-folder`) for a backup folder that cannot be written to. */
export function updateSettings({ workstation, store, actor }: Context, settings: CallParsed<'settings.update'>): Setting {
  assertWritable(settings.backupFolder ?? join(workstation.profile, 'backups'));
  const { rev } = getSettings({ store });
  const saved = store.commit({ actor, action: 'settings.updated' }, (transaction) =>
    transaction.update('settings', workstationSettingsId, settings, { over: rev }),
  );
  noteBackupFolder(workstation);
  workstation.statusChanged();
  return saved;
}

/** A folder that is refused tonight would be noticed when a backup is needed. */
function assertWritable(folder: string): void {
  try {
    if (!isAbsolute(folder)) throw new Error('not absolute');
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    fail({ code: 'invalid-input', issues: [{ path: 'backupFolder', code: 'invalid-folder' }] });
  }
}
