import type { SessionUser } from '../../shared/contract/app.ts';
import type { User } from '../../shared/schema/user.ts';
import type { Store } from '../storage/store.ts';
import type { Workstation } from './workstation.ts';

export type SessionState = { state: 'none' } | { state: 'active' | 'locked'; user: SessionUser };

/**
 * Whose session this is right now. The user is read anew each time, so that a role that was changed or an account
 * that was closed counts from the next call on.
 */
export function sessionState(workstation: Workstation, sessionId: string): SessionState {
  const session = workstation.sessions.get(sessionId);
  if (session === undefined || workstation.databaseState !== 'open') return { state: 'none' };
  const user = activeUser(workstation.store, session.userId);
  if (user !== undefined) return { state: session.locked ? 'locked' : 'active', user };
  workstation.sessions.end(sessionId);
  return { state: 'none' };
}

/** A user who may work here; undefined when there is none with this id or the account is closed. */
export function activeUser(store: Store, userId: string): SessionUser | undefined {
  const user = store.get('users', userId);
  return user?.active === true && !user.deleted ? toSessionUser(user) : undefined;
}

export const toSessionUser = ({ id, username, displayName, role, department }: User): SessionUser => ({
  id,
  username,
  displayName,
  role,
  ...(department !== undefined && { department }),
});
