import { z } from 'zod';
import { optionalText, type Stored } from './document.ts';

/** Settings of this workstation that need an admin. One document, id {@link workstationSettingsId}. */
export const workstationSettingsSchema = z.object({
  /** Minutes without a key or a click until the screen locks. */
  lockAfterMinutes: z.int().min(1, { error: 'out-of-range' }).max(240, { error: 'out-of-range' }),
  /** Absolute folder for backups; absent means the profile's own `backups` folder. */
  backupFolder: optionalText(1000),
  /** Hours between automatic backups; 0 switches them off. */
  backupEveryHours: z.int().min(0, { error: 'out-of-range' }).max(720, { error: 'out-of-range' }),
  /** How patients are called on the screen in the waiting room: `王*明`, or the end of the number; masked where it is absent. */
  roomBoardNames: z.enum(['masked', 'number']).optional(),
  backupsKept: z.int().min(1, { error: 'out-of-range' }).max(365, { error: 'out-of-range' }),
});
export type WorkstationSettings = z.infer<typeof workstationSettingsSchema>;
export type Setting = Stored<WorkstationSettings>;

export const workstationSettingsId = '00000000-0000-7000-8000-000000000001';

export const defaultWorkstationSettings: WorkstationSettings = {
  lockAfterMinutes: 10,
  backupEveryHours: 24,
  backupsKept: 7,
};

/** What the screen needs before anyone has signed in; kept beside the database, in the clear. */
export const preferencesSchema = z.object({
  language: z.enum(['zh', 'en']),
  theme: z.enum(['light', 'dark', 'auto']),
});
export type Preferences = z.infer<typeof preferencesSchema>;
export type Language = Preferences['language'];
