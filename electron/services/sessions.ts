import type { SessionUser } from '../../shared/contract/app.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import { finishDeferredWork } from '../storage/deferred-work.ts';
import { noteRecoveryKeyKept } from '../storage/recovery-key-confirmation.ts';
import { findUserByUsername } from '../storage/users.ts';
import type { Context, PublicContext } from './context.ts';
import { assertActive, provePassword, recordFailure, setPassword } from './passwords.ts';
import { activeUser, sessionState, toSessionUser } from './session-user.ts';
import type { Workstation } from './workstation.ts';

/**
 * Signs in, opening the database where it is shut. Fails with `wrong-credentials` (a closed account as well),
 * `sign-in-delayed`, `job-running` during a restore, or the code that says why the database cannot be opened.
 */
export async function signIn(context: PublicContext, { username, password }: CallParsed<'sessions.signIn'>): Promise<SessionUser> {
  const { workstation, jobs } = context;
  jobs.assertIdle('restore');
  const { userId, databaseKey } = await provePassword(workstation, username, password);
  // A restore may have begun while the password was being checked.
  jobs.assertIdle('restore');
  const user = activeUser(workstation.open(databaseKey), userId);
  if (user === undefined) {
    recordFailure(workstation, userId);
    workstation.closeWhenUnused();
    return fail({ code: 'wrong-credentials' });
  }
  begin(context, user, 'session.signed-in');
  await workstation.keepKeyInKeychain();
  return user;
}

/** Ends the session, and shuts the database after the last one. Does nothing where nobody is signed in. */
export function signOut({ workstation, sessionId }: PublicContext): null {
  const session = sessionState(workstation, sessionId);
  if (session.state === 'none') return null;
  workstation.sessions.end(sessionId);
  recordOf(workstation, session.user, 'session.signed-out');
  workstation.statusChanged();
  workstation.closeWhenUnused();
  return null;
}

/** Locks the session in place; forms stay as they are until it is unlocked. */
export function lock({ workstation, sessionId }: PublicContext): null {
  const session = sessionState(workstation, sessionId);
  if (session.state !== 'active') return null;
  workstation.sessions.lock(sessionId);
  recordOf(workstation, session.user, 'session.locked');
  workstation.statusChanged();
  return null;
}

/** Fails with `unauthenticated`, `wrong-credentials` or `sign-in-delayed`. */
export async function unlock({ workstation, sessionId }: PublicContext, { password }: CallParsed<'sessions.unlock'>): Promise<SessionUser> {
  const { user } = signedIn(workstation, sessionId);
  const { userId } = await provePassword(workstation, user.username, password);
  // While the password was being checked, the account may have been closed or the session ended.
  const session = signedIn(workstation, sessionId);
  if (session.user.id !== userId) return fail({ code: 'wrong-credentials' });
  if (session.state === 'active') return session.user;
  workstation.sessions.unlock(sessionId);
  recordOf(workstation, session.user, 'session.unlocked');
  workstation.statusChanged();
  return session.user;
}

export function touch({ workstation, sessionId }: Context): null {
  workstation.sessions.touch(sessionId);
  return null;
}

/**
 * Sets a new password with the clinic's recovery key and signs in. Fails with `invalid-input` (mistyped key),
 * `wrong-recovery-key`, `not-found` (no open account of that name), or as {@link signIn} does.
 */
export async function recover(
  context: PublicContext,
  { recoveryKey, username, newPassword }: CallParsed<'sessions.recover'>,
): Promise<SessionUser> {
  const { workstation, jobs } = context;
  workstation.assertPresent();
  jobs.assertIdle('restore');
  const databaseKey = workstation.keyring.unsealWithRecoveryKey(recoveryKey);
  const store = workstation.open(databaseKey);
  // Whoever types it has it.
  noteRecoveryKeyKept(store.connection);
  const user = assertActive(findUserByUsername(store.connection, username));
  await setPassword(workstation, user, newPassword, { actor: { id: user.id, name: user.displayName }, action: 'session.recovered' });
  workstation.sessions.endUser(user.id);
  // The last other session may have ended while the password was being sealed, and shut the database.
  workstation.open(databaseKey);
  begin(context, toSessionUser(user), 'session.signed-in');
  return toSessionUser(user);
}

/** Locks the sessions that were left alone for the time that the settings name. */
export function lockIdleSessions(workstation: Workstation): void {
  if (workstation.databaseState !== 'open' || workstation.sessions.size === 0) return;
  const locked = workstation.sessions.lockIdle(workstation.settings.lockAfterMinutes * 60_000);
  for (const { userId } of locked) {
    const user = activeUser(workstation.store, userId);
    if (user !== undefined) recordOf(workstation, user, 'session.locked');
  }
  if (locked.length > 0) workstation.statusChanged();
}

function begin(context: PublicContext, user: SessionUser, action: AuditAction): void {
  const { workstation, sessionId } = context;
  const previous = sessionState(workstation, sessionId);
  if (previous.state !== 'none') recordOf(workstation, previous.user, 'session.signed-out');
  finishDeferredWork(workstation.store.connection);
  workstation.sessions.begin(sessionId, user.id);
  recordOf(workstation, user, action);
  workstation.statusChanged();
}

function signedIn(workstation: Workstation, sessionId: string) {
  const session = sessionState(workstation, sessionId);
  return session.state === 'none' ? fail({ code: 'unauthenticated' }) : session;
}

function recordOf(workstation: Workstation, user: SessionUser, action: AuditAction): void {
  workstation.audit({ actor: { id: user.id, name: user.displayName }, action });
}
