import type { AppStatus, WorkState } from '../../shared/contract/app.ts';
import { can } from '../../shared/permissions.ts';
import { countWaiting, lastSavedAt, newestWallTime } from '../storage/change-sets.ts';
import { isRecoveryKeyUnconfirmed } from '../storage/recovery-key-confirmation.ts';
import type { Context, PublicContext } from './context.ts';
import { demoAccounts } from './demo-clinic.ts';
import { sessionState } from './session-user.ts';
import type { Workstation } from './workstation.ts';

/** What a window needs to know to show the right screen; carries no patient data. */
export function status({ workstation, sessionId }: PublicContext): AppStatus {
  const { version, host, preferences, lastBackupAt } = workstation;
  return {
    version,
    host,
    preferences,
    database: workstation.databaseState,
    session: sessionState(workstation, sessionId),
    lockAfterMinutes: workstation.settings.lockAfterMinutes,
    ...(workstation.isDemo && { demoAccounts }),
    ...clockBehind(workstation),
    ...recoveryKeyUnconfirmed(workstation, sessionId),
    ...(lastBackupAt !== undefined && { lastBackupAt }),
  };
}

/** Where the work is: saved here, and so much of it waiting to be sent. */
export function workState({ store }: Context): WorkState {
  const savedAt = lastSavedAt(store.connection);
  return { waiting: countWaiting(store.connection), ...(savedAt !== undefined && { lastSavedAt: savedAt }) };
}

/** Clocks are corrected by seconds all the time; that is nothing to tell. */
const toleranceMilliseconds = 60_000;

function clockBehind(workstation: Workstation): Pick<AppStatus, 'clockBehind'> {
  if (workstation.databaseState !== 'open') return {};
  const { store } = workstation;
  const newestSave = newestWallTime(store.connection);
  if (newestSave === undefined || Date.parse(newestSave) <= store.now().getTime() + toleranceMilliseconds) return {};
  return { clockBehind: { newestSave } };
}

/** Only who could make another one is told. */
function recoveryKeyUnconfirmed(workstation: Workstation, sessionId: string): Pick<AppStatus, 'recoveryKeyUnconfirmed'> {
  const session = sessionState(workstation, sessionId);
  return session.state !== 'none' && can(session.user.role, 'backup.manage') && isRecoveryKeyUnconfirmed(workstation.store.connection) ? { recoveryKeyUnconfirmed: true } : {};
}
