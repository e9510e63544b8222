import { app } from 'electron';

/** Whether this process may run on the profile. A second one only brings the first one's window to the front. */
export function setupSingleInstance(showWindow: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', showWindow);
  return true;
}
