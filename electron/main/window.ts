import { app, BrowserWindow, nativeTheme, type Session } from 'electron';
import { pageAddress } from './app-protocol.ts';

export interface PageOptions {
  session: Session;
  /** Path of the built preload. */
  preload: string;
}

/** Opens the workstation's window where it was closed the last time. */
export function openWindow({ session, preload }: PageOptions): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    title: 'Outpost',
    width: 1366,
    height: 860,
    minWidth: 800,
    minHeight: 560,
    show: false,
    // Shown until the page has painted; white would flash in a dark room.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(pageAddress);
  return window;
}

/** Brings the window to the front. */
export function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}
