import { z } from 'zod';
import type { Role } from '../permissions.ts';
import { newPasswordSchema, usernameSchema } from '../schema/user.ts';
import { preferencesSchema, workstationSettingsSchema, type Preferences, type Setting } from '../schema/setting.ts';
import { siteContentSchema, type Site } from '../schema/site.ts';
import { requiredText } from '../schema/document.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing } from './page.ts';

/**
 * Where the workstation's database stands. `closed`: encrypted and shut until someone signs in.
 * `damaged`, `newer` and `key-lost` each have a way out on screen (restore, update, recovery key). `revoked`: taken out of the fleet,
 * its keys are gone and it can only be set up or joined anew.
 */
export type DatabaseState = 'absent' | 'closed' | 'open' | 'damaged' | 'newer' | 'key-lost' | 'revoked';

export interface SessionUser {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  department?: string;
}

export interface AppStatus {
  version: string;
  database: DatabaseState;
  session: { state: 'none' } | { state: 'active' | 'locked'; user: SessionUser };
  preferences: Preferences;
  lockAfterMinutes: number;
  /** Of a demo clinic, whose passwords are no secret. */
  demoAccounts?: DemoAccount[];
  /** Set when this computer's clock reads earlier than the newest save: times shown may be wrong, nothing is lost. */
  clockBehind?: { newestSave: string };
  /** Told to who may make another one: the recovery key was shown here, and nobody has said that it is kept. */
  recoveryKeyUnconfirmed?: true;
  /** When the last automatic or manual backup was verified. */
  lastBackupAt?: string;
  /** The desktop shell or a browser on loopback. */
  host: 'electron' | 'web';
}

/** Where the work is; the footer's one glance. `waiting` counts change sets in the outbox. */
export interface WorkState {
  waiting: number;
  lastSavedAt?: string;
}

/** Shown once; the clinic keeps it on paper. Groups of characters without look-alikes. */
export interface RecoveryKeyShown {
  recoveryKey: string;
}

export interface DemoAccount {
  username: string;
  password: string;
  role: Role;
}

const adminAccount = z.strictObject({
  username: usernameSchema,
  displayName: requiredText(100),
  password: newPasswordSchema,
});

export const appCalls = {
  'app.status': call('public', nothing)<AppStatus>(),
  'app.work': call('session', nothing)<WorkState>(),
  'setup.createClinic': call(
    'public',
    z.strictObject({ site: siteContentSchema, admin: adminAccount }),
  )<RecoveryKeyShown>(),
  'setup.createDemo': call('public', z.strictObject({ language: preferencesSchema.shape.language }))<
    RecoveryKeyShown & { accounts: DemoAccount[]; job: Job }
  >(),
  'sessions.signIn': call('public', z.strictObject({ username: usernameSchema, password: z.string().max(256) }))<SessionUser>(),
  'sessions.signOut': call('public', nothing)<null>(),
  'sessions.lock': call('public', nothing)<null>(),
  'sessions.unlock': call('public', z.strictObject({ password: z.string().max(256) }))<SessionUser>(),
  /** Tells the backend that somebody is there; without it the session locks after the set time. */
  'sessions.touch': call('session', nothing)<null>(),
  /** Sets a new password for a user with the clinic's recovery key. */
  'sessions.recover': call(
    'public',
    z.strictObject({ recoveryKey: z.string().max(200), username: usernameSchema, newPassword: newPasswordSchema }),
  )<SessionUser>(),
  'preferences.update': call('public', preferencesSchema.partial().strict())<Preferences>(),
  'settings.get': call('session', nothing)<Setting>(),
  'settings.update': call('settings.manage', workstationSettingsSchema)<Setting>(),
  'sites.current': call('session', nothing)<Site>(),
  'sites.update': call('settings.manage', z.strictObject({ rev: z.string(), site: siteContentSchema }))<Site>(),
};
