import { useEffect, useState } from 'react';
import type { AppException } from '../../../shared/errors.ts';

/** Seconds that are left of a sign-in delay, counting down; 0 when there is none. */
export function useDelay(error: AppException | null): number {
  const seconds = error?.error.code === 'sign-in-delayed' ? Math.ceil(error.error.retryAfterSeconds) : 0;
  const [left, setLeft] = useState(0);
  useEffect(() => {
    // Counted against the clock: a timer stands still in a hidden window.
    const end = Date.now() + seconds * 1000;
    const update = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    update();
    if (seconds === 0) return undefined;
    const timer = setInterval(update, 500);
    return () => clearInterval(timer);
  }, [error, seconds]);
  return left;
}
