import { RouterProvider } from 'react-router';
import type { AppStatus } from '../../shared/contract/app.ts';
import { LockScreen } from '../features/sessions/lock-screen.tsx';
import { useIdleLock } from '../features/sessions/use-idle-lock.ts';
import { router } from './router.tsx';
import { SessionProvider } from './session.tsx';
import { useShortcutKeys } from './use-shortcut-keys.ts';
import { useUi } from './ui-store.ts';

type Session = Exclude<AppStatus['session'], { state: 'none' }>;

/**
 * What a signed-in person works in. A lock lies over it and leaves it mounted: whatever was half written is
 * there after unlocking.
 */
export function Workspace({ session, lockAfterMinutes }: { session: Session; lockAfterMinutes: number }) {
  const lockedHere = useUi((state) => state.lockedHere);
  const locked = lockedHere || session.state === 'locked';
  useIdleLock(lockAfterMinutes, !locked);
  useShortcutKeys(!locked);
  return (
    <SessionProvider value={session.user}>
      <RouterProvider router={router} />
      {locked && <LockScreen user={session.user} />}
    </SessionProvider>
  );
}
