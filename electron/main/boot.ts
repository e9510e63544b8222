import { app } from 'electron';
import { openLog } from '../storage/log.ts';
import { setupAppProtocol } from './app-protocol.ts';
import { BackendProcess } from './backend-process.ts';
import { setupCrashHandling } from './crash.ts';
import { askToTryAgain, showError } from './dialogs.ts';
import { setupEvents, setupScreenLock } from './events.ts';
import { setupIpcRouter } from './ipc-router.ts';
import { systemKeychain } from './keychain.ts';
import { setupMenu } from './menu.ts';
import { setupNavigation } from './navigation.ts';
import { setupPageSession } from './page-session.ts';
import { setupPreferences, systemTranslator } from './preferences.ts';
import { setupQuit } from './quit.ts';
import { setupSavePdf } from './save-pdf.ts';
import { openWindow } from './window.ts';

export interface BootOptions {
  profile: string;
  demo: boolean;
  /** Where the built parts lie. */
  paths: { backend: string; preload: string; renderer: string };
}

/** Opens the workstation, once Electron is ready. */
export async function boot({ profile, demo, paths }: BootOptions): Promise<void> {
  const log = openLog(profile, { now: () => new Date() });
  const translator = systemTranslator();
  setupCrashHandling(log, translator);
  setupNavigation();
  const session = setupPageSession();
  setupAppProtocol(session, paths.renderer);
  const backend = new BackendProcess({
    entry: paths.backend,
    profile,
    version: app.getVersion(),
    demo,
    keychain: await systemKeychain(),
    onRefused: (error) => {
      showError(translator, error);
      app.quit();
    },
    onCrash: (exitCode, gaveUp) => {
      log.event('backend-ended', { exitCode });
      if (gaveUp) void askToTryAgain(translator, { code: 'backend-unavailable' }).then((again) => (again ? backend.startAgain() : app.quit()));
    },
  });
  setupEvents(backend);
  setupScreenLock(backend);
  setupPreferences(backend, translator, () => setupMenu(translator));
  setupMenu(translator);
  setupIpcRouter(backend);
  setupSavePdf();
  setupQuit(backend);
  backend.start();
  openWindow({ session, preload: paths.preload });
}
