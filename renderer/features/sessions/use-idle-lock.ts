import { useEffect } from 'react';
import { call } from '../../api/client.ts';
import { useUi } from '../../app/ui-store.ts';
import { createPresence } from './presence.ts';

const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Hides the screen at once and tells the backend; the session stays hidden even if the backend cannot be told. */
export function lockScreen(): void {
  useUi.setState({ lockedHere: true, helpOpen: false, paletteOpen: false, announcement: '' });
  void call('sessions.lock', {}).catch(() => undefined);
}

/** Locks after so many minutes without a sign of life, and tells the backend now and then that somebody is there. */
export function useIdleLock(minutes: number, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const presence = createPresence({
      minutes,
      now: () => Date.now(),
      onIdle: lockScreen,
      // A touch that fails changes nothing here: the backend then locks by its own clock.
      onPresent: () => void call('sessions.touch', {}).catch(() => undefined),
    });
    const timer = setInterval(presence.check, 1000);
    // A computer that slept must be locked before anything is seen or typed.
    const onWake = () => presence.check();
    document.addEventListener('visibilitychange', onWake);
    for (const sign of signsOfLife) window.addEventListener(sign, presence.sign, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onWake);
      for (const sign of signsOfLife) window.removeEventListener(sign, presence.sign, { capture: true });
    };
  }, [minutes, enabled]);
}
