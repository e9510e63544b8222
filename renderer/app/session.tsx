import { createContext, useContext } from 'react';
import type { SessionUser } from '../../shared/contract/app.ts';
import { can, type Permission } from '../../shared/permissions.ts';

const SessionContext = createContext<SessionUser | undefined>(undefined);

/** Wraps what only a signed-in person sees. */
export const SessionProvider = SessionContext.Provider;

/** Who is signed in. Only inside the workspace; a screen that is shown to nobody is a mistake. */
export function useSessionUser(): SessionUser {
  const user = useContext(SessionContext);
  if (!user) throw new Error('No session: this component belongs inside the workspace');
  return user;
}

/** Asks what the signed-in person may do: `const may = useMay(); may('record.sign')`. */
export function useMay(): (permission: Permission | undefined) => boolean {
  const { role } = useSessionUser();
  return (permission) => permission === undefined || can(role, permission);
}
