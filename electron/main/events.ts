import { BrowserWindow, powerMonitor } from 'electron';
import { bridgeChannels } from '../../shared/contract/bridge.ts';
import type { BackendProcess } from './backend-process.ts';

/** Passes the backend's events on to every window. */
export function setupEvents(backend: Pick<BackendProcess, 'subscribe'>): void {
  backend.subscribe((event) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(bridgeChannels.event, event);
  });
}

/** Locks Outpost when the computer is locked or put to sleep: who comes back need not be who left. */
export function setupScreenLock(backend: Pick<BackendProcess, 'call'>): void {
  const lock = (): void => {
    for (const window of BrowserWindow.getAllWindows()) void backend.call(String(window.webContents.id), 'sessions.lock', {});
  };
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('suspend', lock);
}
